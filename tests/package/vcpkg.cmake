# Stands for vcpkg, which cannot be had here, around the real port: cmake -DPORT_FOLDER=… -DPLACE=… -DCOMPILER=… -P vcpkg.cmake
# Its functions do what their documents say, by CMake itself: https://learn.microsoft.com/vcpkg/maintainers/functions
set(CURRENT_PACKAGES_DIR ${PLACE}/packages)
set(PORT rekognition-jobs)

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endfunction()

function(vcpkg_cmake_configure)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" SOURCE_PATH OPTIONS)
  foreach(type folder IN ZIP_LISTS types folders)
    run(${CMAKE_COMMAND} -S ${arg_SOURCE_PATH} -B ${PLACE}/${type} -G Ninja -DCMAKE_BUILD_TYPE=${type}
      -DCMAKE_CXX_COMPILER=${COMPILER} -DBUILD_SHARED_LIBS=OFF -DCMAKE_INSTALL_PREFIX=${folder} ${arg_OPTIONS})
  endforeach()
endfunction()

function(vcpkg_cmake_install)
  foreach(type IN LISTS types)
    run(${CMAKE_COMMAND} --build ${PLACE}/${type} --target install)
  endforeach()
endfunction()

function(vcpkg_cmake_config_fixup)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "PACKAGE_NAME;CONFIG_PATH" "")
  set(share ${CURRENT_PACKAGES_DIR}/share/${arg_PACKAGE_NAME})
  file(MAKE_DIRECTORY ${CURRENT_PACKAGES_DIR}/share)
  file(RENAME ${CURRENT_PACKAGES_DIR}/${arg_CONFIG_PATH} ${share})
  # The configuration of debug builds goes beside it; both are a level nearer to the root than they were.
  file(GLOB configs ${CURRENT_PACKAGES_DIR}/debug/${arg_CONFIG_PATH}/*-debug.cmake)
  foreach(config IN LISTS configs)
    file(READ ${config} text)
    string(REPLACE "\${_IMPORT_PREFIX}" "\${_IMPORT_PREFIX}/debug" text "${text}")
    cmake_path(GET config FILENAME name)
    file(WRITE ${share}/${name} "${text}")
  endforeach()
  file(GLOB targets ${share}/*.cmake)
  foreach(target IN LISTS targets)
    file(READ ${target} text)
    string(REPLACE
      "get_filename_component(_IMPORT_PREFIX \"\${_IMPORT_PREFIX}\" PATH)\nget_filename_component(_IMPORT_PREFIX \"\${_IMPORT_PREFIX}\" PATH)\nget_filename_component(_IMPORT_PREFIX \"\${_IMPORT_PREFIX}\" PATH)"
      "get_filename_component(_IMPORT_PREFIX \"\${_IMPORT_PREFIX}\" PATH)\nget_filename_component(_IMPORT_PREFIX \"\${_IMPORT_PREFIX}\" PATH)"
      text "${text}")
    file(WRITE ${target} "${text}")
  endforeach()
  file(REMOVE_RECURSE ${CURRENT_PACKAGES_DIR}/lib/cmake ${CURRENT_PACKAGES_DIR}/debug/lib/cmake)
endfunction()

function(vcpkg_fixup_pkgconfig)
  foreach(folder IN LISTS folders)
    if(NOT EXISTS ${folder}/lib/pkgconfig/rekognition_jobs.pc)
      message(FATAL_ERROR "${folder} has no .pc file")
    endif()
  endforeach()
endfunction()

function(vcpkg_install_copyright)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" FILE_LIST)
  foreach(file IN LISTS arg_FILE_LIST)
    file(READ ${file} text)
    file(APPEND ${CURRENT_PACKAGES_DIR}/share/${PORT}/copyright "${text}\n")
  endforeach()
endfunction()

set(types Release Debug)
set(folders ${CURRENT_PACKAGES_DIR} ${CURRENT_PACKAGES_DIR}/debug)
include(${PORT_FOLDER}/portfile.cmake)
