#include "counterexample_words.hpp"

#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/wording.hpp>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

namespace batchproof::properties {
namespace {

/// The escapes of a JSON text, and the white space between its tokens.
std::string what_is_optional(std::string_view written) {
  std::string found;
  bool is_in_text = false;
  for (std::size_t at = 0; at < written.size(); ++at) {
    if (is_in_text && written[at] == '\\') {
      found.append(written.substr(at, 2));
      ++at;
    } else if (written[at] == '"') {
      is_in_text = !is_in_text;
    } else if (!is_in_text && std::string_view(" \t\r\n").find(written[at]) != std::string_view::npos) {
      found += written[at];
    }
  }
  return found;
}

/// True where the JSON of a record has white space or escapes that the event of a report does not show.
bool is_written_in_its_own_way(const fixtures::BatchCase& batch_case) {
  return std::any_of(batch_case.records.begin(), batch_case.records.end(), [](const auto& record) {
    const auto tree = fixtures::parse_ordered_json_or_discard(record.json);
    return !tree.is_discarded() &&
           what_is_optional(fixtures::to_valid_text(tree)) != what_is_optional(record.json);
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
    if (found.batch_case.records.empty() && !found.damaged && !fixtures::has_windows(found.batch_case.source))
      return "an event without records, which AWS does not send";
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
