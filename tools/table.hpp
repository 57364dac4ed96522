#pragma once

#include <string>
#include <vector>

#include "terminal.hpp"

namespace batchproof::tools {

struct Cell {
  std::string text{};
  Tone tone = Tone::plain;
};

using Row = std::vector<Cell>;

/// Lines with aligned columns; the first row is the heading. A column without any text under its heading is
/// left out. Each text is made `printable`.
///
/// `Report` and `ConcurrencyReport` have tables of their own: they are below the command, use no colours, and
/// omit no column.
std::string table(std::vector<Row> rows, bool colour);

/// The same, line by line, without line ends.
std::vector<std::string> table_lines(std::vector<Row> rows, bool colour);

}  // namespace batchproof::tools
