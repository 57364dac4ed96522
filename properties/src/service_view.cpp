#include <algorithm>
#include <batchproof/properties/service_view.hpp>
#include <unordered_set>

#include "record_finder.hpp"

namespace batchproof::properties {
namespace {

using fixtures::ServiceAnswer;

/// Valid until the next call. Several laws ask about one response after the other.
const ServiceAnswer& read_answer(const std::string& text) {
  thread_local std::optional<std::string> last_text;
  thread_local ServiceAnswer last_answer;
  if (last_text != text) {
    last_text.reset();
    last_answer = fixtures::read_service_answer(text);
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
  const ServiceAnswer& answer = read_answer(*observation.response);
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

}  // namespace batchproof::properties
