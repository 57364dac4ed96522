# batchproof_embedded_files(<output>) writes the source of fixtures' embedded_files(): each file below fixtures/events as a
# string. A changed or new file makes CMake run again.
function(batchproof_embedded_files output)
  set(folder ${PROJECT_SOURCE_DIR}/fixtures/events)
  file(GLOB_RECURSE paths CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*.json)
  list(SORT paths)
  set(entries "")
  foreach(path IN LISTS paths)
    set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/${path})
    file(READ ${folder}/${path} text)
    string(APPEND entries "    {\"${path}\", R\"event(${text})event\"},\n")
  endforeach()
  file(WRITE ${output}.new "// Made by CMake from the files in fixtures/events.
#include <array>

#include \"embedded_files.hpp\"

namespace batchproof::fixtures {

std::span<const EmbeddedFile> embedded_files() noexcept {
  static constexpr auto texts = std::to_array<EmbeddedFile>({
${entries}  });
  return texts;
}

}  // namespace batchproof::fixtures
")
  file(COPY_FILE ${output}.new ${output} ONLY_IF_DIFFERENT)
endfunction()

# batchproof_embedded_text(<output> <text> <function> <header>) writes the source of `std::string <function>()`, which returns
# the text; <function> is qualified, and <header> declares it.
function(batchproof_embedded_text output text function header)
  set(pieces "")
  string(LENGTH "${text}" length)
  set(begin 0)
  while(begin LESS length)  # compilers promise no more than 65,536 characters of a literal
    string(SUBSTRING "${text}" ${begin} 16000 piece)
    string(APPEND pieces "    R\"text(${piece})text\",\n")
    math(EXPR begin "${begin} + 16000")
  endwhile()
  file(WRITE ${output}.new "// Made by CMake; see cmake/batchproof_embedded_files.cmake.
#include \"${header}\"

#include <initializer_list>

std::string ${function}() {
  std::string text;
  for (const char* const piece : std::initializer_list<const char*>{
${pieces}       })
    text += piece;
  return text;
}
")
  file(COPY_FILE ${output}.new ${output} ONLY_IF_DIFFERENT)
endfunction()
