#include <algorithm>
#include <batchproof/properties/service_view.hpp>
#include <utility>

#include "record_finder.hpp"

namespace batchproof::properties {
bool ServiceView::reports(std::string_view item_identifier) const {
  return complete_failure || std::find(reported.begin(), reported.end(), item_identifier) != reported.end();
}

std::optional<std::string> ServiceView::checkpoint() const {
  const auto lowest = std::min_element(reported.begin(), reported.end(), lower_sequence_number);
  return lowest == reported.end() ? std::nullopt : std::optional(*lowest);
}

ServiceView read_as_service(const Observation& observation, const fixtures::BatchCase& batch_case) {
  if (!observation.response) return {{.complete_failure = "the function failed: " + observation.error}};
  ServiceView view{fixtures::read_service_answer(*observation.response, batch_case.source)};
  if (view.reported.empty()) return view;
  const RecordFinder finder(batch_case);
  for (const std::string& identifier : view.reported) {
    if (!finder.first(identifier)) view.complete_failure = fixtures::not_in_the_batch(identifier);
  }
  return view;
}

}  // namespace batchproof::properties
