# Compiles CASE, or its mended twin when TWIN says so, and compares what the compiler answers with the case's first line.
# Where batchproof itself speaks, by a static_assert, its line must be the only error.
set(command ${COMPILER} -std=c++20 -fsyntax-only -I ${SOURCE_DIRECTORY}/include
            -I ${SOURCE_DIRECTORY}/async/include -I ${SOURCE_DIRECTORY}/fixtures/include -I ${SOURCE_DIRECTORY}/properties/include ${CASE})
if(TWIN)
  execute_process(COMMAND ${command} -DMENDED RESULT_VARIABLE status ERROR_VARIABLE answer)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "the mended twin does not compile:\n${answer}")
  endif()
  return()
endif()

file(STRINGS ${CASE} first_line LIMIT_COUNT 1)
if(NOT first_line MATCHES "^// expect: (.+)$")
  message(FATAL_ERROR "the first line must be \"// expect: <regular expression>\"")
endif()
set(expected "${CMAKE_MATCH_1}")

execute_process(COMMAND ${command} RESULT_VARIABLE status ERROR_VARIABLE answer)
if(status EQUAL 0)
  message(FATAL_ERROR "the mistake compiles")
endif()
string(REGEX REPLACE "[][;]" " " lines "${answer}")  # which CMake would take for its own list syntax
string(REGEX MATCHALL "[^\n]* error: [^\n]*" errors "${lines}")
if(NOT errors MATCHES "${expected}")
  message(FATAL_ERROR "no error matches \"${expected}\":\n${answer}")
endif()
list(LENGTH errors error_count)
if(expected MATCHES "^batchproof: " AND NOT (errors MATCHES "static.assert" AND error_count EQUAL 1))
  message(FATAL_ERROR "${error_count} errors, although one static_assert says it all:\n${answer}")
endif()
