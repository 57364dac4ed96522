#include <batchproof/properties/laws.hpp>

#include "../remains.hpp"

namespace batchproof::properties {
namespace {

constexpr std::string_view empty_event = R"({"Records":[]})";
constexpr std::string_view empty_response = R"({"batchItemFailures":[]})";

bool has_records(const fixtures::BatchCase& batch_case, const Observation& observation) {
  const auto& remains = read_remains(observation.payload, batch_case.source);
  return remains && (remains->unidentified > 0 || !remains->identified.records.empty());
}

bool empty_is_empty_judges(const fixtures::BatchCase& batch_case, const Observation& observation) {
  return !has_records(batch_case, observation);
}

std::vector<Violation> empty_is_empty_violations(const fixtures::BatchCase& batch_case,
                                                 const fixtures::ProcessorClaims&,
                                                 const Observation& observation) {
  std::vector<Violation> violations;
  if (!observation.calls.empty()) violations.push_back("a record was handled, and there is none");
  if (observation.payload == empty_event && !observation.response)
    violations.push_back("an empty list of records is not answered: " + observation.error);
  if (!observation.response) return violations;
  if (!read_remains(observation.payload, batch_case.source))
    violations.push_back("there is no list of records, and yet it is answered: " + *observation.response);
  else if (*observation.response != empty_response)
    violations.push_back("an empty list of records is answered " + *observation.response);
  return violations;
}

}  // namespace

constinit const Law empty_is_empty{
    .id = "empty-is-empty",
    .sentence =
        "An empty list of records gives an empty list of failures; anything that is not a list is an error.",
    .aws_page = "Implementing partial batch responses",
    .input = LawInput::damaged_payload,
    .applies = applies_always,
    .judges = empty_is_empty_judges,
    .violations = empty_is_empty_violations,
};

}  // namespace batchproof::properties
