#include "sections.hpp"

#include <algorithm>

namespace batchproof::properties {
namespace {

using Bar = Histogram::Bar;

bool counts_something(const Bar& bar) { return bar.count > 0; }

std::string share_of(const Bar& bar, std::size_t largest) {
  std::string style = "width:calc(100% * ";
  style += std::to_string(bar.count);
  style += " / ";
  style += std::to_string(largest);
  return style + ")";
}

void add_chart(Html& page, const Histogram& histogram) {
  const auto& bars = histogram.bars;
  const auto last = std::find_if(bars.rbegin(), bars.rend(), counts_something);
  if (last == bars.rend()) return;
  const std::size_t largest =
      std::max_element(bars.begin(), bars.end(), [](const Bar& left, const Bar& right) {
        return left.count < right.count;
      })->count;
  page.markup("<table class=\"chart\">").element("caption", histogram.title).markup("<tbody>\n");
  for (auto bar = std::find_if(bars.begin(), bars.end(), counts_something); bar != last.base(); ++bar) {
    page.markup("<tr>").element("th scope=\"row\"", bar->label).markup("<td><span class=\"bar\" style=\"");
    page.markup(share_of(*bar, largest)).markup("\"></span></td><td class=\"n\">");
    page.number(bar->count).markup("</td></tr>\n");
  }
  page.markup("</tbody></table>\n");
}

}  // namespace

void add_histograms(Html& page, const Distribution& distribution) {
  page.markup("<div class=\"charts\">\n");
  for (const Histogram& histogram : distribution.histograms()) add_chart(page, histogram);
  page.markup("</div>\n");
}

}  // namespace batchproof::properties
