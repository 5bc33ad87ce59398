# The core as a CMake package: find_package(rekognition_jobs) gives rekognition_jobs::rekognition_jobs. Its headers include
# each other by folder ("jobs/reader.h") from a folder of the package's own. Nothing else comes with it.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/rekognition_jobs)
write_basic_package_version_file(rekognition_jobsConfigVersion.cmake COMPATIBILITY SameMinorVersion)

install(TARGETS rekognition_jobs EXPORT rekognition_jobs
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/rekognition_jobs)
install(EXPORT rekognition_jobs NAMESPACE rekognition_jobs:: FILE rekognition_jobsConfig.cmake
  DESTINATION ${package_folder})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/rekognition_jobsConfigVersion.cmake DESTINATION ${package_folder})
