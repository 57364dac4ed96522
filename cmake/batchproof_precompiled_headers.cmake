# batchproof_share_precompiled_headers(component | program | test <target>...) gives the targets the headers of other people
# that most of our sources include, compiled once for all targets of a kind, since those share their compiler's options.
# Only where BATCHPROOF_PRECOMPILE_HEADERS is on, as in contributors' presets: elsewhere it shows that each source includes
# what it uses. Our own headers are not among them: a change of one would compile everything anew.
function(batchproof_share_precompiled_headers kind)
  if(NOT BATCHPROOF_PRECOMPILE_HEADERS)
    return()
  endif()
  set(owner batchproof_headers_of_${kind}s)
  if(NOT TARGET ${owner})
    file(WRITE ${PROJECT_BINARY_DIR}/${owner}.cpp "")
    add_library(${owner} OBJECT ${PROJECT_BINARY_DIR}/${owner}.cpp)
    target_compile_features(${owner} PRIVATE cxx_std_20)
    target_link_libraries(${owner} PRIVATE nlohmann_json::nlohmann_json)
    target_precompile_headers(${owner} PRIVATE <algorithm> <chrono> <functional> <memory> <mutex> <string>
                                               <unordered_map> <nlohmann/json.hpp>)
    if(kind STREQUAL component)
      set_target_properties(${owner} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    elseif(kind STREQUAL test)
      target_link_libraries(${owner} PRIVATE GTest::gmock)
      target_precompile_headers(${owner} PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
    endif()
  endif()
  foreach(target IN LISTS ARGN)
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endforeach()
endfunction()
