#include "counterexample_words.hpp"

#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/wording.hpp>
#include <nlohmann/json.hpp>
#include <span>

namespace batchproof::properties {
namespace {

/// True where the JSON of a record is not as the event of a report writes it.
bool is_written_in_its_own_way(const fixtures::BatchCase& batch_case) {
  return std::any_of(batch_case.records.begin(), batch_case.records.end(), [](const auto& record) {
    const auto tree = fixtures::parse_ordered_json_or_discard(record.json);
    return !tree.is_discarded() && fixtures::to_valid_text(tree) != record.json;
  });
}

}  // namespace

std::string shrunk_in_words(const Counterexample& found) {
  if (found.drawn_size <= found.size()) return "";
  return ", shrunk from " + fixtures::counted(found.drawn_size, "record") + " to " +
         std::to_string(found.size());
}

std::string input_in_words(const Counterexample& found, std::string_view between, std::size_t most) {
  const std::span reasons(found.hostile_input);
  if (reasons.empty()) {
    if (found.damaged || !is_written_in_its_own_way(found.batch_case)) return "as AWS sends it";
    return std::string("as AWS sends it; its JSON has white space or escapes")
        .append(between)
        .append("that the event below does not show");
  }
  const std::size_t shown = std::min(reasons.size(), most);
  std::string words = "hostile: " + fixtures::joined(reasons.first(shown), between);
  if (shown < reasons.size())
    words.append(between).append("and ").append(fixtures::counted(reasons.size() - shown, "more reason"));
  return words;
}

}  // namespace batchproof::properties
