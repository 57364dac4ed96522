#include "table.hpp"

#include <algorithm>
#include <utility>

namespace batchproof::tools {
namespace {

/// The width of a column; 0 for a column that is left out.
std::size_t width_of_column(const std::vector<Row>& rows, std::size_t column) {
  std::size_t widest = 0;
  for (std::size_t row = 1; row < rows.size(); ++row)
    widest = std::max(widest, width(rows[row].at(column).text));
  return widest == 0 ? 0 : std::max(widest, width(rows.front()[column].text));
}

}  // namespace

std::string table(std::vector<Row> rows, bool colour) {
  std::string text;
  for (const std::string& line : table_lines(std::move(rows), colour)) text += line + "\n";
  return text;
}

std::vector<std::string> table_lines(std::vector<Row> rows, bool colour) {
  for (Row& row : rows) {
    for (Cell& cell : row) cell.text = printable(cell.text);
  }
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < rows.front().size(); ++column) {
    widths.push_back(width_of_column(rows, column));
  }
  std::vector<std::string> lines;
  for (const Row& row : rows) {
    std::string& line = lines.emplace_back();
    std::size_t spaces = 0;
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (widths[column] == 0) continue;
      const Cell& cell = row[column];
      spaces += 2;
      if (!cell.text.empty()) {
        line += std::string(spaces, ' ') + paint(cell.text, cell.tone, colour);
        spaces = 0;
      }
      spaces += widths[column] - width(cell.text);
    }
  }
  return lines;
}

}  // namespace batchproof::tools
