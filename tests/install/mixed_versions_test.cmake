# cmake -D COMPILER=... -D FLAGS=... -D NM=... -D SOURCE=... -D LIBRARY=... -D FOLDER=... -P mixed_versions_test.cmake
# Headers of the next minor version are not linked with the library of this one; its own headers are. All names that the
# library and its headers define bear the version, so that one program may hold two.
get_filename_component(root ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)
separate_arguments(flags UNIX_COMMAND "${FLAGS}")

file(READ ${root}/include/batchproof/version.hpp header)
string(REGEX MATCH "VERSION_MAJOR ([0-9]+)" major "${header}")
set(major ${CMAKE_MATCH_1})
string(REGEX MATCH "VERSION_MINOR ([0-9]+)" minor "${header}")
set(minor ${CMAKE_MATCH_1})
math(EXPR next "${minor} + 1")
set(own_version v${major}_${minor})
set(next_version v${major}_${next})

# As the release of a minor version changes all headers; see docs/versioning.md.
file(REMOVE_RECURSE ${FOLDER})
file(GLOB_RECURSE headers RELATIVE ${root}/include ${root}/include/*.hpp)
foreach(header IN LISTS headers)
  file(READ ${root}/include/${header} text)
  file(WRITE ${FOLDER}/own/${header} "${text}")
  string(REPLACE ${own_version} ${next_version} text "${text}")
  file(WRITE ${FOLDER}/next/${header} "${text}")
endforeach()

foreach(folder IN ITEMS next own)
  execute_process(COMMAND ${COMPILER} -std=c++20 ${flags} -I ${FOLDER}/${folder} -c ${SOURCE} -o ${FOLDER}/${folder}.o
                  COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${COMPILER} ${flags} ${FOLDER}/${folder}.o ${LIBRARY} -lsimdjson -pthread -o ${FOLDER}/${folder}_program
                  RESULT_VARIABLE status ERROR_VARIABLE answer)
  if(folder STREQUAL own AND NOT status EQUAL 0)
    message(FATAL_ERROR "headers and library of one version are not linked:\n${answer}")
  elseif(folder STREQUAL next AND (status EQUAL 0 OR NOT answer MATCHES "batchproof::${next_version}::"))
    message(FATAL_ERROR "headers of the next version are linked, or refused for another reason:\n${answer}")
  endif()
endforeach()

string(LENGTH ${own_version} length)
execute_process(COMMAND ${NM} --defined-only ${LIBRARY} ${FOLDER}/own.o OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE 10batchproof${length}${own_version} versioned symbols "${symbols}")
if(NOT symbols MATCHES "versioned")
  message(FATAL_ERROR "no name of batchproof is defined")
elseif(symbols MATCHES "[^ \n]*10batchproof[^ \n]*")
  message(FATAL_ERROR "a name that every version defines: ${CMAKE_MATCH_0}")
endif()
