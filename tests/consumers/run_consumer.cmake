# Configures, builds and runs tests/consumers/project in one of its ways.
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

set(settings -D CMAKE_CXX_COMPILER=${compiler} -D CMAKE_BUILD_TYPE=Debug -D CMAKE_CXX_FLAGS_DEBUG=-O0
  -D HOW=${how})
if(how STREQUAL "find_package")
  list(APPEND settings -D CMAKE_PREFIX_PATH=${prefix})
elseif(how STREQUAL "subdirectory")
  list(APPEND settings -D BANTER_FOLDER=${banter})
else()
  list(APPEND settings -D FETCHCONTENT_SOURCE_DIR_BANTER=${banter})
endif()
run(${CMAKE_COMMAND} --fresh -S ${source} -B ${build} -G ${generator} ${settings})
run(${CMAKE_COMMAND} --build ${build})
run(${build}/checked)

# The bot, chatted with through its console.
if(EXISTS ${build}/bot)
  file(WRITE ${build}/input.txt "Good morning\n")
  execute_process(COMMAND ${build}/bot --console INPUT_FILE ${build}/input.txt
    OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
  if(NOT said MATCHES "Good morning")
    message(FATAL_ERROR "the bot did not repeat the line:\n${said}")
  endif()
elseif(how STREQUAL "find_package")
  message(FATAL_ERROR "the bot was not built")
endif()
