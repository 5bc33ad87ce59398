# What an installation has: the library, its headers, a CMake package, a pkg-config file and the licences. All of it finds
# the rest by where it lies itself, so that the folder can be moved. Nothing else comes with it.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set_target_properties(rekognition_jobs PROPERTIES
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
install(TARGETS rekognition_jobs EXPORT rekognition_jobs INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY src/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/rekognition_jobs
  FILES_MATCHING PATTERN *.h PATTERN json/library.h EXCLUDE)

# find_package(rekognition_jobs) gives rekognition_jobs::rekognition_jobs. Before 1.0 each minor version may change it.
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/rekognition_jobs)
write_basic_package_version_file(rekognition_jobsConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT rekognition_jobs NAMESPACE rekognition_jobs:: FILE rekognition_jobsConfig.cmake
  DESTINATION ${package_folder})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/rekognition_jobsConfigVersion.cmake DESTINATION ${package_folder})

# The same for pkg-config, by the way from its file to the folder that all is installed in.
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
  set(pc_prefix ${CMAKE_INSTALL_PREFIX})
else()
  cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig OUTPUT_VARIABLE way)
  cmake_path(APPEND pc_prefix "\${pcfiledir}" ${way})
endif()
set(pc_libdir "\${prefix}")
cmake_path(APPEND pc_libdir ${CMAKE_INSTALL_LIBDIR})
set(pc_includedir "\${prefix}")
cmake_path(APPEND pc_includedir ${CMAKE_INSTALL_INCLUDEDIR})
configure_file(cmake/rekognition_jobs.pc.in rekognition_jobs.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/rekognition_jobs.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# nlohmann/json is compiled into the library.
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES licenses/nlohmann-json.txt DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME THIRD_PARTY_LICENSES.txt)
