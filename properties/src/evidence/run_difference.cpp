#include "run_difference.hpp"

#include <algorithm>

namespace batchproof::properties {
namespace {

std::string calls_as_text(const Observation& observation) {
  std::string text;
  for (const RecordProbe::Call& call : observation.calls) {
    text += (text.empty() ? "\"" : ", \"") + call.item_identifier + (call.threw ? "\" (threw)" : "\"");
  }
  return text.empty() ? "nothing" : text;
}

bool same_calls(const Observation& first, const Observation& second) {
  return std::equal(first.calls.begin(), first.calls.end(), second.calls.begin(), second.calls.end(),
                    [](const RecordProbe::Call& left, const RecordProbe::Call& right) {
                      return left.threw == right.threw && left.item_identifier == right.item_identifier;
                    });
}

std::string answer_as_text(const Observation& observation) {
  return observation.response ? "answered " + *observation.response : "refused: " + observation.error;
}

}  // namespace

std::optional<std::string> run_difference(const Observation& first, const Observation& second) {
  if (!same_calls(first, second)) {
    return "is handled otherwise: " + calls_as_text(second) + " where it was " + calls_as_text(first);
  }
  if (first.response != second.response) {
    return "is " + answer_as_text(second) + ", where it was " + answer_as_text(first);
  }
  return std::nullopt;
}

}  // namespace batchproof::properties
