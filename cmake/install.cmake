# What `cmake --install` puts into a prefix: the headers, the one source file of banter::separate,
# and the config package. Nothing depends on the architecture.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(BANTER_INSTALL_CMAKEDIR ${CMAKE_INSTALL_DATADIR}/cmake/banter CACHE STRING
  "Folder of the config package inside the prefix")
set(banter_install_sourcedir ${CMAKE_INSTALL_DATADIR}/banter/src)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/banter DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.hpp" PATTERN "*.ipp")
install(FILES ${PROJECT_SOURCE_DIR}/src/banter.cpp DESTINATION ${banter_install_sourcedir})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/banter)

install(TARGETS banter_flow banter EXPORT banter_targets)
install(EXPORT banter_targets NAMESPACE banter:: FILE banter_targets.cmake
  DESTINATION ${BANTER_INSTALL_CMAKEDIR})

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/banter-config.cmake.in
  ${PROJECT_BINARY_DIR}/package/banter-config.cmake
  INSTALL_DESTINATION ${BANTER_INSTALL_CMAKEDIR}
  PATH_VARS banter_install_sourcedir
  NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/package/banter-config-version.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES
  ${PROJECT_BINARY_DIR}/package/banter-config.cmake
  ${PROJECT_BINARY_DIR}/package/banter-config-version.cmake
  ${PROJECT_SOURCE_DIR}/cmake/banter_separate.cmake
  DESTINATION ${BANTER_INSTALL_CMAKEDIR})
