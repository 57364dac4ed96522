#include <algorithm>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/properties/response_difference.hpp>
#include <batchproof/properties/service_view.hpp>
#include <nlohmann/json.hpp>

namespace batchproof::properties {
namespace {

std::string list_of(const std::vector<std::string>& identifiers) {
  return nlohmann::json(identifiers).dump();
}

/// Those of the one that the other has not.
std::vector<std::string> without(const std::vector<std::string>& ones,
                                 const std::vector<std::string>& others) {
  std::vector<std::string> left;
  std::copy_if(ones.begin(), ones.end(), std::back_inserter(left), [&](const std::string& one) {
    return std::find(others.begin(), others.end(), one) == others.end();
  });
  return left;
}

}  // namespace

std::optional<std::string> response_difference(std::string_view response,
                                               const std::vector<std::string>& item_identifiers) {
  if (const auto flaw = flaw_in_response(response))
    return "which is no response that the service reads: " + *flaw;
  // Well formed as it is, the text means the same to each source.
  const auto reported = fixtures::read_service_answer(std::string(response), fixtures::Source::sqs).reported;
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
