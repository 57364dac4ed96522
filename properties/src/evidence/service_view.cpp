#include <algorithm>
#include <batchproof/properties/service_view.hpp>
#include <numeric>
#include <utility>

#include "record_finder.hpp"

namespace batchproof::properties {
ServiceView::ServiceView(fixtures::ServiceAnswer answer)
    : fixtures::ServiceAnswer(std::move(answer)), in_order_(reported.size()) {
  std::iota(in_order_.begin(), in_order_.end(), std::size_t{0});
  std::sort(in_order_.begin(), in_order_.end(),
            [this](std::size_t left, std::size_t right) { return reported[left] < reported[right]; });
}

bool ServiceView::lists(std::string_view item_identifier) const {
  const auto place =
      std::lower_bound(in_order_.begin(), in_order_.end(), item_identifier,
                       [this](std::size_t left, std::string_view text) { return reported[left] < text; });
  return place != in_order_.end() && reported[*place] == item_identifier;
}

bool ServiceView::reports(std::string_view item_identifier) const {
  return complete_failure || lists(item_identifier);
}

std::optional<std::string> ServiceView::checkpoint() const {
  const auto lowest = std::min_element(reported.begin(), reported.end(), lower_sequence_number);
  return lowest == reported.end() ? std::nullopt : std::optional(*lowest);
}

ServiceView read_as_service(const Observation& observation, const fixtures::BatchCase& batch_case) {
  if (!observation.response)
    return ServiceView({.complete_failure = "the function failed: " + observation.error});
  ServiceView view(fixtures::read_service_answer(*observation.response, batch_case.source));
  if (view.reported.empty()) return view;
  const RecordFinder finder(batch_case);
  for (const std::string& identifier : view.reported) {
    if (!finder.first(identifier)) view.complete_failure = fixtures::not_in_the_batch(identifier);
  }
  return view;
}

}  // namespace batchproof::properties
