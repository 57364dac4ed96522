#include <algorithm>
#include <batchproof/properties/law_matrix.hpp>
#include <iterator>

namespace batchproof::properties {
namespace {

using fixtures::Source;

bool is_about(const NamedReport& named, Source source) {
  return std::find(named.sources.begin(), named.sources.end(), source) != named.sources.end();
}

/// The matrix shows the most alarming state of several modes.
LawState more_alarming(LawState one, LawState other) {
  return *std::find_if(law_states.rbegin(), law_states.rend(),
                       [=](LawState state) { return state == one || state == other; });
}

LawRow& row_for(LawMatrix& matrix, const std::string& subject, const LawResult& law) {
  const auto found = std::find_if(matrix.rows.begin(), matrix.rows.end(), [&](const LawRow& row) {
    return row.subject == subject && row.id == law.id;
  });
  if (found != matrix.rows.end()) return *found;
  return matrix.rows.emplace_back(
      LawRow{subject, law.id, law.sentence, std::vector<LawCell>(matrix.sources.size())});
}

}  // namespace

LawMatrix law_matrix(std::span<const NamedReport> reports) {
  LawMatrix matrix;
  std::copy_if(fixtures::every_source.begin(), fixtures::every_source.end(),
               std::back_inserter(matrix.sources), [&](Source source) {
                 return std::any_of(reports.begin(), reports.end(),
                                    [&](const NamedReport& named) { return is_about(named, source); });
               });
  for (const NamedReport& named : reports) {
    for (const LawResult& law : named.report.laws()) {
      LawRow& row = row_for(matrix, named.subject, law);
      for (std::size_t column = 0; column < matrix.sources.size(); ++column) {
        if (!is_about(named, matrix.sources[column])) continue;
        LawCell& cell = row.cells[column];
        cell.cases += law.cases;
        cell.state = more_alarming(cell.state, law.state);
      }
    }
  }
  return matrix;
}

}  // namespace batchproof::properties
