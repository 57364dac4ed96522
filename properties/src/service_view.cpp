#include <algorithm>
#include <batchproof/properties/service_view.hpp>
#include <nlohmann/json.hpp>
#include <unordered_set>

namespace batchproof::properties {
namespace {

using nlohmann::json;

std::string_view without_leading_zeros(std::string_view number) noexcept {
  number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
  return number;
}

/// The identifier that one element names; nothing where the service finds none.
std::optional<std::string> identifier_in(const json& item) {
  if (!item.is_object()) return std::nullopt;
  const auto found = item.find("itemIdentifier");
  if (found == item.end() || !found->is_string() || found->get_ref<const std::string&>().empty())
    return std::nullopt;
  return found->get<std::string>();
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
  ServiceView view;
  if (!observation.response) {
    view.whole_batch = "the function failed: " + observation.error;
    return view;
  }
  const json response = json::parse(*observation.response, nullptr, false);
  if (response.is_null()) return view;
  if (!response.is_object()) {
    view.whole_batch =
        response.is_discarded() ? "the response is not JSON" : "the response is not a JSON object";
    return view;
  }
  const auto failures = response.find("batchItemFailures");
  if (failures == response.end() || failures->is_null()) return view;
  if (!failures->is_array()) {
    view.whole_batch = "batchItemFailures is not a list";
    return view;
  }
  const std::unordered_set<std::string> in_batch(item_identifiers.begin(), item_identifiers.end());
  for (const json& item : *failures) {
    const auto identifier = identifier_in(item);
    if (!identifier) {
      view.whole_batch = "an element of batchItemFailures names no itemIdentifier";
      continue;
    }
    if (!in_batch.contains(*identifier)) view.whole_batch = "\"" + *identifier + "\" is not in the batch";
    view.reported.push_back(*identifier);
  }
  return view;
}

ServiceView read_as_service(const Observation& observation, const fixtures::BatchCase& batch_case) {
  std::vector<std::string> item_identifiers;
  for (const auto& record : batch_case.records) item_identifiers.push_back(record.item_identifier);
  return read_as_service(observation, item_identifiers);
}

bool lower_sequence_number(std::string_view left, std::string_view right) noexcept {
  left = without_leading_zeros(left);
  right = without_leading_zeros(right);
  return left.size() != right.size() ? left.size() < right.size() : left < right;
}

}  // namespace batchproof::properties
