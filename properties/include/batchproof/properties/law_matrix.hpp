#pragma once

// The table of laws by sources in the output of `batchproof verify` and in the HTML page:
//
//     const LawMatrix matrix = law_matrix(reports);
//     for (const LawRow& row : matrix.rows) add_law_row(page, row, matrix);

#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/named_report.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace batchproof::properties {

/// One law for one source, over all modes of a subject: the worst state, and the sum of the cases.
struct LawCell {
  LawState state = LawState::not_applicable;
  std::int64_t cases = 0;
};

struct LawRow {
  std::string subject;
  std::string id;
  std::string sentence;        ///< empty for a law that has only a name
  std::vector<LawCell> cells;  ///< one for each source of the matrix
};

/// Laws by sources.
struct LawMatrix {
  std::vector<fixtures::Source> sources;  ///< those that a report is about
  std::vector<LawRow> rows;               ///< each law of each subject, in the order of the reports
};

LawMatrix law_matrix(std::span<const NamedReport> reports);

}  // namespace batchproof::properties
