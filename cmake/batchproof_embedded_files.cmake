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
