# Installs the project that it runs in the build folder of: nothing of batchproof's may be among its files.
execute_process(COMMAND ${CMAKE_COMMAND} --install . --prefix prefix COMMAND_ERROR_IS_FATAL ANY)
file(GLOB_RECURSE installed RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}/prefix prefix/*)
if(NOT installed STREQUAL "bin/consumer")
  message(FATAL_ERROR "Installed beside the consumer: ${installed}")
endif()
