# cmake -D PROGRAM=<command> [-D ARGUMENTS=<list>] -D EXPECTED=<file> -P compare_output.cmake
# Fails, and shows both, when the program fails or what it prints is not what the file holds. With the environment
# variable BATCHPROOF_ACCEPT_OUTPUT set it writes the file instead.
execute_process(COMMAND ${PROGRAM} ${ARGUMENTS} OUTPUT_VARIABLE actual RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} failed: ${result}")
endif()
if(DEFINED ENV{BATCHPROOF_ACCEPT_OUTPUT})
  file(WRITE ${EXPECTED} "${actual}")
  return()
endif()
if(NOT EXISTS ${EXPECTED})
  message(FATAL_ERROR "${EXPECTED} is missing; ${PROGRAM} printed\n${actual}")
endif()
file(READ ${EXPECTED} expected)
if(NOT actual STREQUAL expected)
  message(FATAL_ERROR "${PROGRAM} printed\n${actual}\nbut ${EXPECTED} holds\n${expected}")
endif()
