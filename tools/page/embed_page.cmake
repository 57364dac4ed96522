# batchproof_embed_page(<output>) writes the source of page_template(): simulation.html with its style, which begins with
# the rules of all pages, its script and the charting library in it, so that its pages open without a network. Without the
# library it is empty.
function(batchproof_embed_page output)
  find_file(BATCHPROOF_CHART_JS chart.min.js
            PATHS /usr/share/javascript/chart.js /usr/share/nodejs/chart.js/dist
            DOC "Chart.js, for the pages of batchproof simulate --html")
  set(page "")
  if(BATCHPROOF_CHART_JS)
    set(folder ${CMAKE_CURRENT_SOURCE_DIR}/page)
    foreach(part html css js)
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/simulation.${part})
      file(READ ${folder}/simulation.${part} ${part})
    endforeach()
    file(READ ${PROJECT_SOURCE_DIR}/properties/src/report/html/base.css base_css)
    string(PREPEND css "${base_css}")
    file(READ ${folder}/chart_js_licence.txt licence)
    file(READ ${BATCHPROOF_CHART_JS} chart_js)
    string(CONFIGURE "${html}" page @ONLY)
  else()
    message(STATUS "Chart.js (Debian: libjs-chart.js) is not found: batchproof simulate --html will say so")
  endif()
  batchproof_embedded_text(${output} "${page}" batchproof::tools::page_template page_template.hpp)
endfunction()
