#include "window_subject.hpp"

#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/windows.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::tools {
namespace {

/// The state that `fixtures::list_in_window` describes.
struct FoldedIdentifiers {
  std::vector<std::string> folded{};
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(FoldedIdentifiers, folded)

template <class Record>
std::string fold_identifiers(std::string_view payload, RecordProbe& probe) {
  probe.expect_promised_errors();
  bool is_finished = false;
  const auto fold = [&](FoldedIdentifiers& state, const Record& record) {
    state.folded.emplace_back(record.sequence_number());  // before it fails: the library undoes it
    probe(record);
  };
  const auto finish = [&](const FoldedIdentifiers&, const Window&) { is_finished = true; };
  std::string response = process_window<FoldedIdentifiers>(payload, fold, finish, BatchProcessor<Record>());
  if (!is_finished) return response;
  auto answer = fixtures::parse_json(response);
  answer["state"]["finished"] = true;
  return fixtures::to_text(answer);
}

}  // namespace

fixtures::Subject window_subject(fixtures::Source source) {
  return fixtures::with_record_type(source, []<class Record>() -> fixtures::Subject {
    if constexpr (is_stream_record_v<Record>) return fold_identifiers<Record>;
    return {};
  });
}

}  // namespace batchproof::tools
