#include <algorithm>
#include <batchproof/properties/service_view.hpp>
#include <nlohmann/json.hpp>
#include <unordered_set>
#include <utility>

#include "record_finder.hpp"

namespace batchproof::properties {
namespace {

using nlohmann::json;

std::string_view without_leading_zeros(std::string_view number) noexcept {
  number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
  return number;
}

/// What the service reads in a response, whatever the batch.
struct Answer {
  std::vector<std::string> reported;
  std::optional<std::string> whole_batch;
};

/// The identifier that one element names; nothing where the service finds none.
std::optional<std::string> identifier_in(const json& item) {
  if (!item.is_object()) return std::nullopt;
  const auto found = item.find("itemIdentifier");
  if (found == item.end() || !found->is_string() || found->get_ref<const std::string&>().empty())
    return std::nullopt;
  return found->get<std::string>();
}

bool take(std::string_view& text, std::string_view front) {
  if (!text.starts_with(front)) return false;
  text.remove_prefix(front.size());
  return true;
}

/// The usual answer, which needs no reader of JSON: compact, and nothing in its identifiers that stands for
/// something else. Nothing where it is any other.
std::optional<Answer> plain_answer(std::string_view text) {
  constexpr std::string_view before_identifier = R"({"itemIdentifier":")";
  const auto is_plain = [](char character) {
    return character >= 0x20 && character < 0x7F && character != '\\' && character != '"';
  };
  Answer answer;
  if (!take(text, R"({"batchItemFailures":[)")) return std::nullopt;
  if (text == "]}") return answer;
  do {
    if (!take(text, before_identifier)) return std::nullopt;
    const auto end = std::find_if_not(text.begin(), text.end(), is_plain);
    const auto size = static_cast<std::size_t>(end - text.begin());
    if (size == 0) return std::nullopt;
    answer.reported.emplace_back(text.substr(0, size));
    text.remove_prefix(size);
    if (!take(text, "\"}")) return std::nullopt;
  } while (take(text, ","));
  return text == "]}" ? std::optional(std::move(answer)) : std::nullopt;
}

Answer parse_answer(const std::string& text) {
  if (auto plain = plain_answer(text)) return std::move(*plain);
  Answer answer;
  const json response = json::parse(text, nullptr, false);
  if (response.is_null()) return answer;
  if (!response.is_object()) {
    answer.whole_batch =
        response.is_discarded() ? "the response is not JSON" : "the response is not a JSON object";
    return answer;
  }
  const auto failures = response.find("batchItemFailures");
  if (failures == response.end() || failures->is_null()) return answer;
  if (!failures->is_array()) {
    answer.whole_batch = "batchItemFailures is not a list";
    return answer;
  }
  for (const json& item : *failures) {
    if (auto identifier = identifier_in(item)) {
      answer.reported.push_back(std::move(*identifier));
    } else {
      answer.whole_batch = "an element of batchItemFailures names no itemIdentifier";
    }
  }
  return answer;
}

/// Valid until the next call. Several laws ask about one response after the other.
const Answer& read_answer(const std::string& text) {
  thread_local std::optional<std::string> last_text;
  thread_local Answer last_answer;
  if (last_text != text) {
    last_text.reset();
    last_answer = parse_answer(text);
    last_text = text;
  }
  return last_answer;
}

template <class IsInBatch>
ServiceView view_of(const Observation& observation, IsInBatch&& is_in_batch) {
  ServiceView view;
  if (!observation.response) {
    view.whole_batch = "the function failed: " + observation.error;
    return view;
  }
  const Answer& answer = read_answer(*observation.response);
  view.reported = answer.reported;
  view.whole_batch = answer.whole_batch;
  for (const std::string& reported : view.reported) {
    if (!is_in_batch(reported)) view.whole_batch = "\"" + reported + "\" is not in the batch";
  }
  return view;
}

}  // namespace

bool ServiceView::reports(std::string_view item_identifier) const {
  return whole_batch || std::find(reported.begin(), reported.end(), item_identifier) != reported.end();
}

std::optional<std::string> ServiceView::checkpoint() const {
  const auto lowest = std::min_element(reported.begin(), reported.end(), lower_sequence_number);
  return lowest == reported.end() ? std::nullopt : std::optional(*lowest);
}

ServiceView read_as_service(const Observation& observation,
                            const std::vector<std::string>& item_identifiers) {
  const std::unordered_set<std::string_view> in_batch(item_identifiers.begin(), item_identifiers.end());
  return view_of(observation, [&](const std::string& identifier) { return in_batch.contains(identifier); });
}

ServiceView read_as_service(const Observation& observation, const fixtures::BatchCase& batch_case) {
  std::optional<RecordFinder> finder;
  return view_of(observation, [&](const std::string& identifier) {
    if (!finder) finder.emplace(batch_case);
    return finder->first(identifier).has_value();
  });
}

bool lower_sequence_number(std::string_view left, std::string_view right) noexcept {
  left = without_leading_zeros(left);
  right = without_leading_zeros(right);
  return left.size() != right.size() ? left.size() < right.size() : left < right;
}

}  // namespace batchproof::properties
