#include "counterexample_words.hpp"

#include <algorithm>
#include <batchproof/fixtures/wording.hpp>
#include <span>

namespace batchproof::properties {

std::string shrunk_in_words(const Counterexample& found) {
  if (found.drawn_size <= found.size()) return "";
  return ", shrunk from " + fixtures::with_commas(found.drawn_size, "record") + " to " +
         std::to_string(found.size());
}

std::string input_in_words(const Counterexample& found, std::string_view between, std::size_t most) {
  const std::span reasons(found.hostile_input);
  if (reasons.empty()) return "as AWS sends it";
  const std::size_t shown = std::min(reasons.size(), most);
  std::string words = "hostile: " + fixtures::joined(reasons.first(shown), between);
  if (shown < reasons.size())
    words.append(between).append("and ").append(fixtures::counted(reasons.size() - shown, "more reason"));
  return words;
}

}  // namespace batchproof::properties
