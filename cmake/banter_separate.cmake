# Creates banter::separate: a static library made of the one given file, which includes
# banter/src.hpp. Used by banter's own build and by the installed package, which carries the file
# instead of a binary: so the library is always compiled by the compiler, with the flags and the
# sanitizers, of the project that links it, and nothing is compiled where nobody links it.
function(banter_add_separate source)
  if(TARGET banter::separate)
    return()
  endif()
  add_library(banter_separate STATIC EXCLUDE_FROM_ALL ${source})
  add_library(banter::separate ALIAS banter_separate)
  target_compile_definitions(banter_separate PUBLIC BANTER_SEPARATE_COMPILATION)
  target_compile_features(banter_separate PUBLIC cxx_std_20)
  target_link_libraries(banter_separate PUBLIC banter::banter)
  # One object holds the bodies of all 400 types and 185 methods; a bot keeps those that it uses.
  if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    target_compile_options(banter_separate PRIVATE -ffunction-sections -fdata-sections)
    target_link_options(banter_separate INTERFACE -Wl,--gc-sections)
  endif()
endfunction()
