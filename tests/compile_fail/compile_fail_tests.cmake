# Every *.cpp here is a mistake that must not compile, and says in its first line what the compiler must answer. With
# MENDED defined it is the same program without the mistake, and must compile: so it is refused for that reason alone.
set(compile ${CMAKE_CXX_COMPILER} -std=c++20)
foreach(root . extras/async extras/concurrency extras/envelopes extras/idempotency extras/json extras/windows fixtures
             properties)
  list(APPEND compile -I ${PROJECT_SOURCE_DIR}/${root}/include)
endforeach()

# g++ reads FOLDER/X.gch in the place of a header X that it would find in a later folder.
set(precompiled ${CMAKE_CURRENT_BINARY_DIR}/compile_fail)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  file(MAKE_DIRECTORY ${precompiled}/batchproof)
  foreach(header include/batchproof/batch.hpp extras/async/include/batchproof/async.hpp)
    cmake_path(GET header FILENAME file_name)
    add_test(NAME compile_fail.${file_name}
             COMMAND ${compile} -w -x c++-header ${PROJECT_SOURCE_DIR}/${header}
                     -o ${precompiled}/batchproof/${file_name}.gch)
    set_tests_properties(compile_fail.${file_name} PROPERTIES LABELS compile_fail FIXTURES_SETUP precompiled_headers)
  endforeach()
endif()

list(INSERT compile 1 -I ${precompiled})
list(JOIN compile " " compile)
file(GLOB compile_fail_cases CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.cpp)
foreach(case IN LISTS compile_fail_cases)
  cmake_path(GET case STEM name)
  foreach(twin IN ITEMS "" .mended)
    add_test(NAME compile_fail.${name}${twin}
             COMMAND ${CMAKE_COMMAND} -D "COMPILE=${compile}" -DCASE=${case} -DTWIN=${twin}
                     -P ${CMAKE_CURRENT_LIST_DIR}/check_case.cmake)
    set_tests_properties(compile_fail.${name}${twin} PROPERTIES LABELS compile_fail
                                                                FIXTURES_REQUIRED precompiled_headers)
  endforeach()
endforeach()
