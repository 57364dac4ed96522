# cmake -D COMPILER=... -D FLAGS=... -D SOURCE=... -D LIBRARY=... -D FOLDER=... -P mixed_versions_test.cmake
# Headers of the next minor version are not linked with the library of this one; its own headers are.
get_filename_component(root ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)
separate_arguments(flags UNIX_COMMAND "${FLAGS}")

file(READ ${root}/include/batchproof/version.hpp header)
string(REGEX MATCH "VERSION_MINOR ([0-9]+)" minor "${header}")
math(EXPR next "${CMAKE_MATCH_1} + 1")
string(REPLACE "${minor}" "VERSION_MINOR ${next}" header "${header}")
file(WRITE ${FOLDER}/next/batchproof/version.hpp "${header}")

foreach(folder IN ITEMS next own)
  execute_process(COMMAND ${COMPILER} -std=c++20 ${flags} -I ${FOLDER}/${folder} -I ${root}/include ${SOURCE} ${LIBRARY} -lsimdjson
                          -pthread -o ${FOLDER}/${folder}_headers
                  RESULT_VARIABLE status ERROR_VARIABLE answer)
  if(folder STREQUAL own AND NOT status EQUAL 0)
    message(FATAL_ERROR "headers and library of one version are not linked:\n${answer}")
  elseif(folder STREQUAL next AND (status EQUAL 0 OR NOT answer MATCHES "LibraryOfVersion<[0-9]+, ${next}>"))
    message(FATAL_ERROR "headers of the next version are linked, or refused for another reason:\n${answer}")
  endif()
endforeach()
