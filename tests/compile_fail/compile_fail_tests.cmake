# Every *.cpp here is a mistake that must not compile, and says in its first line what the compiler must answer. With
# MENDED defined it is the same program without the mistake, and must compile: so it is refused for that reason alone.
file(GLOB compile_fail_cases CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.cpp)

foreach(case IN LISTS compile_fail_cases)
  cmake_path(GET case STEM name)
  foreach(twin IN ITEMS "" .mended)
    add_test(NAME compile_fail.${name}${twin}
             COMMAND ${CMAKE_COMMAND} -DCOMPILER=${CMAKE_CXX_COMPILER} -DSOURCE_DIRECTORY=${PROJECT_SOURCE_DIR}
                     -DCASE=${case} -DTWIN=${twin} -P ${CMAKE_CURRENT_LIST_DIR}/check_case.cmake)
    set_tests_properties(compile_fail.${name}${twin} PROPERTIES LABELS compile_fail)
  endforeach()
endforeach()
