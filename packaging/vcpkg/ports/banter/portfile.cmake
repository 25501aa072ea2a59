# An overlay port that lies in the tree it installs: `--overlay-ports=<banter>/packaging/vcpkg/ports`.
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../../.." ABSOLUTE)
set(VCPKG_BUILD_TYPE release)  # nothing is compiled: headers, one source file, the config package

vcpkg_cmake_configure(
  SOURCE_PATH "${SOURCE_PATH}"
  OPTIONS
    -DBANTER_BUILD_TESTS=OFF
    -DBANTER_BUILD_EXAMPLES=OFF
    -DBANTER_BUILD_BENCHMARKS=OFF
    -DBANTER_INSTALL=ON
    -DBANTER_INSTALL_CMAKEDIR=share/banter)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup()

file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/share/doc")
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
