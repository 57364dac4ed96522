# Tests script/track and the charts of script/bench by Node's own test runner; the tests that count skip themselves where callgrind does not run.
find_program(BATCHPROOF_NODE node)
if(BATCHPROOF_BUILD_TRACK AND BATCHPROOF_NODE)
  foreach(name charts compare lines callgrind)
    add_test(NAME tracking.${name} COMMAND ${BATCHPROOF_NODE} --test ${CMAKE_CURRENT_LIST_DIR}/${name}.test.mjs)
  endforeach()
  set_tests_properties(tracking.callgrind PROPERTIES
    ENVIRONMENT BATCHPROOF_TRACK_LIBRARY=${PROJECT_BINARY_DIR}/bench/tracking/track_library)
endif()
