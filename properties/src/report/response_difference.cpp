#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/properties/response_difference.hpp>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>
#include <unordered_set>

namespace batchproof::properties {
namespace {

std::string list_of(const std::vector<std::string>& identifiers) {
  return fixtures::to_text(nlohmann::json(identifiers));
}

/// The elements of the one list that the other does not have.
std::vector<std::string> without(const std::vector<std::string>& ones,
                                 const std::vector<std::string>& others) {
  const std::unordered_set<std::string_view> known(others.begin(), others.end());
  std::vector<std::string> left;
  std::copy_if(ones.begin(), ones.end(), std::back_inserter(left),
               [&](const std::string& one) { return !known.contains(one); });
  return left;
}

/// A source whose identifiers are of this kind: those of Kafka are objects.
fixtures::Source source_of_response(std::string_view response) {
  const auto json = fixtures::parse_json_or_discard(response);
  const nlohmann::json::json_pointer first("/batchItemFailures/0/itemIdentifier");
  const bool is_object = json.is_object() && json.contains(first) && json.at(first).is_object();
  return is_object ? fixtures::Source::kafka : fixtures::Source::sqs;
}

}  // namespace

std::optional<std::string> response_difference(std::string_view response,
                                               const std::vector<std::string>& item_identifiers) {
  const auto [reported, complete_failure] =
      fixtures::read_service_answer(std::string(response), source_of_response(response));
  if (complete_failure) return "which fails the whole batch: " + *complete_failure;
  if (reported == item_identifiers) return std::nullopt;
  const auto missing = without(item_identifiers, reported);
  const auto extra = without(reported, item_identifiers);
  if (missing.empty() && extra.empty())
    return "which reports " + list_of(reported) + ", in another order or number";
  std::string difference = "which";
  if (!missing.empty()) difference += " does not report " + list_of(missing);
  if (!missing.empty() && !extra.empty()) difference += " and";
  if (!extra.empty()) difference += " reports " + list_of(extra) + " too";
  return difference;
}

}  // namespace batchproof::properties
