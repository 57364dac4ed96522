# Not batchproof_embedded_files, which makes a table of many short files: this puts one page together, longer than a
# literal may be.
#
# batchproof_embed_page(<output>) writes the source of page_template(): simulation.html with its style, its script and
# the charting library in it, so that what the tool writes opens without a network. Without the library it is empty.
function(batchproof_embed_page output)
  find_file(BATCHPROOF_CHART_JS chart.min.js
            PATHS /usr/share/javascript/chart.js /usr/share/nodejs/chart.js/dist
            DOC "Chart.js, for the pages of batchproof simulate --html")
  set(pieces "")
  if(BATCHPROOF_CHART_JS)
    set(folder ${CMAKE_CURRENT_SOURCE_DIR}/page)
    foreach(part html css js)
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/simulation.${part})
      file(READ ${folder}/simulation.${part} ${part})
    endforeach()
    file(READ ${folder}/chart_js_licence.txt licence)
    file(READ ${BATCHPROOF_CHART_JS} chart_js)
    string(CONFIGURE "${html}" page @ONLY)
    # Compilers promise no more than 65,536 characters of a literal.
    string(LENGTH "${page}" length)
    set(begin 0)
    while(begin LESS length)
      string(SUBSTRING "${page}" ${begin} 16000 piece)
      string(APPEND pieces "    R\"page(${piece})page\",\n")
      math(EXPR begin "${begin} + 16000")
    endwhile()
  else()
    message(STATUS "Chart.js (Debian: libjs-chart.js) is not found: batchproof simulate --html will say so")
  endif()
  file(WRITE ${output}.new "// Made by CMake from the files in tools/page.
#include \"page_template.hpp\"

namespace batchproof::tools {

std::string page_template() {
  std::string page;
  for (const char* const piece : std::initializer_list<const char*>{
${pieces}       })
    page += piece;
  return page;
}

}  // namespace batchproof::tools
")
  file(COPY_FILE ${output}.new ${output} ONLY_IF_DIFFERENT)
endfunction()
