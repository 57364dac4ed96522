# batchproof_add_function_test(<name> SOURCE <source> COMMAND <command>...
#                              [ACCEPTED <path>] [REJECTED <path>] [ENVIRONMENT <NAME=VALUE>...]
#                              [WORKING_DIRECTORY <folder>] [OPTIONS <option>...] [TIMEOUT <seconds>])
#
# Adds a test that verifies a Lambda function, in any language, on random batches of a source, such as sqs, sqs_fifo, kinesis,
# dynamodb or kafka: COMMAND is what Lambda would start. The test fails with the report when a law is violated. ACCEPTED and REJECTED
# are payloads that the function must accept and reject: a file with one a line, or a folder with one a file; one of the two
# is needed. Relative paths begin at the current source folder, where the function runs too unless WORKING_DIRECTORY says
# otherwise. OPTIONS go to `batchproof verify`, such as --cases 500. TIMEOUT is 120 unless given.
#
# The command batchproof is that of this build, or else that of this installation or of PATH; BATCHPROOF_COMMAND names another.
function(batchproof_add_function_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "SOURCE;ACCEPTED;REJECTED;WORKING_DIRECTORY;TIMEOUT" "COMMAND;ENVIRONMENT;OPTIONS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "batchproof_add_function_test: there is no ${arg_UNPARSED_ARGUMENTS}")
  endif()
  foreach(needed SOURCE COMMAND)
    if(NOT arg_${needed})
      message(FATAL_ERROR "batchproof_add_function_test(${name}) needs ${needed}")
    endif()
  endforeach()
  if(NOT arg_ACCEPTED AND NOT arg_REJECTED)
    message(FATAL_ERROR "batchproof_add_function_test(${name}) needs payloads: ACCEPTED, REJECTED or both")
  endif()
  if(NOT DEFINED arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()

  if(TARGET batchproof_tool)
    set(command $<TARGET_FILE:batchproof_tool>)
  else()
    find_program(BATCHPROOF_COMMAND batchproof HINTS ${batchproof_DIR}/../../../bin ${batchproof_DIR}/../../../../bin)
    if(NOT BATCHPROOF_COMMAND)
      message(FATAL_ERROR "batchproof_add_function_test needs the command batchproof; BATCHPROOF_COMMAND names it")
    endif()
    set(command ${BATCHPROOF_COMMAND})
  endif()

  if(NOT arg_WORKING_DIRECTORY)
    set(arg_WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  endif()
  cmake_path(ABSOLUTE_PATH arg_WORKING_DIRECTORY BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  set(options --source ${arg_SOURCE} --working-directory ${arg_WORKING_DIRECTORY})
  foreach(payloads ACCEPTED REJECTED)
    if(arg_${payloads})
      cmake_path(ABSOLUTE_PATH arg_${payloads} BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
      string(TOLOWER ${payloads} option)
      list(APPEND options --${option} ${arg_${payloads}})
    endif()
  endforeach()
  foreach(variable IN LISTS arg_ENVIRONMENT)
    string(REPLACE ";" "\\;" variable "${variable}")
    list(APPEND options --env "${variable}")
  endforeach()
  add_test(NAME ${name} COMMAND ${command} verify --function ${options} ${arg_OPTIONS} -- ${arg_COMMAND})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT})
endfunction()
