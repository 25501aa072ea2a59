# Read by the config package that Conan writes: the source file lies beside this folder.
include(${CMAKE_CURRENT_LIST_DIR}/banter_separate.cmake)
banter_add_separate(${CMAKE_CURRENT_LIST_DIR}/../src/banter.cpp)
