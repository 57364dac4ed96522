# Asks pkg-config for each component, and compiles a program with its answer for one.
set(ENV{PKG_CONFIG_PATH} ${FOLDER})
file(GLOB files RELATIVE ${FOLDER} ${FOLDER}/*.pc)
foreach(file IN LISTS files)
  cmake_path(GET file STEM name)
  execute_process(COMMAND ${PKG_CONFIG} --print-errors --cflags --libs ${name}
                  OUTPUT_VARIABLE options COMMAND_ERROR_IS_FATAL ANY)
  if(NOT options MATCHES "-lbatchproof_batch")
    message(FATAL_ERROR "${name} does not bring batchproof-batch: ${options}")
  endif()
endforeach()

execute_process(COMMAND ${PKG_CONFIG} --cflags --libs batchproof-batch
                OUTPUT_VARIABLE options OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(command UNIX_COMMAND "${COMPILER} -std=c++20 ${FLAGS} ${SOURCE} -o ${OUTPUT} ${options}")
execute_process(COMMAND ${command} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${OUTPUT} COMMAND_ERROR_IS_FATAL ANY)
