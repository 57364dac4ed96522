#include "sections.hpp"

#include <batchproof/properties/law_matrix.hpp>

namespace batchproof::properties {
namespace {

void add_law_cell(Html& page, const LawCell& cell, fixtures::Source source) {
  page.markup("<td data-label=\"").words(name(source)).markup("\">");
  if (cell.state == LawState::not_applicable) {
    page.markup("<span class=\"state none\">–<span class=\"said\"> not applicable</span></span></td>");
    return;
  }
  if (cell.state == LawState::no_cases || cell.state == LawState::skipped ||
      cell.state == LawState::not_judged) {
    page.markup("<span class=\"state unsure\">? ").words(name(cell.state)).markup("</span></td>");
    return;
  }
  const bool held = cell.state == LawState::held;
  page.markup(held ? "<span class=\"state good\">✓ " : "<span class=\"state bad\">✗ ");
  page.words(name(cell.state)).markup("</span> <span class=\"n\">");
  page.number(static_cast<std::size_t>(cell.cases)).markup("</span></td>");
}

void add_law_row(Html& page, const LawRow& row, const LawMatrix& matrix) {
  page.markup("<tr><th scope=\"row\">").element("code", row.id);
  page.element("span class=\"sentence\"",
               row.sentence.empty() ? "Cannot be judged from outside." : row.sentence);
  page.markup("</th>");
  for (std::size_t column = 0; column < matrix.sources.size(); ++column) {
    add_law_cell(page, row.cells[column], matrix.sources[column]);
  }
  page.markup("</tr>\n");
}

}  // namespace

void add_law_table(Html& page, std::span<const NamedReport> reports) {
  const LawMatrix matrix = law_matrix(reports);
  page.markup("<table class=\"laws cards\"><thead><tr><th scope=\"col\">law</th>");
  for (const fixtures::Source source : matrix.sources) page.element("th scope=\"col\"", name(source));
  page.markup("</tr></thead>\n");
  const std::string* subject = nullptr;
  for (const LawRow& row : matrix.rows) {
    if (subject == nullptr || *subject != row.subject) {
      page.markup(subject == nullptr ? "<tbody>" : "</tbody><tbody>");
      page.markup("<tr class=\"subject\"><th scope=\"rowgroup\" colspan=\"");
      page.number(matrix.sources.size() + 1).markup("\">").words(row.subject).markup("</th></tr>\n");
      subject = &row.subject;
    }
    add_law_row(page, row, matrix);
  }
  page.markup(subject == nullptr ? "</table>\n" : "</tbody></table>\n");
}

}  // namespace batchproof::properties
