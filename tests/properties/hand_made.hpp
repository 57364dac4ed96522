#pragma once

// Cases and observations written by hand, for the laws' own tests.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/observation.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// A batch of records "m0", "m1", ...; `oxxo` rejects the second and the third.
inline fixtures::BatchCase case_of(std::string_view pattern,
                                   fixtures::Source source = fixtures::Source::sqs) {
  fixtures::BatchCase batch_case;
  batch_case.source = source;
  for (std::size_t index = 0; index < pattern.size(); ++index) {
    auto record = fixtures::to_case_record(fixtures::SqsMessage{.message_id = "m" + std::to_string(index)});
    record.rejected = pattern[index] == 'x';
    batch_case.records.push_back(record);
  }
  return batch_case;
}

/// The same of a stream, with these sequence numbers.
inline fixtures::BatchCase stream_case(std::string_view pattern,
                                       const std::vector<std::string>& sequence_numbers) {
  fixtures::BatchCase batch_case = case_of(pattern, fixtures::Source::kinesis);
  for (std::size_t index = 0; index < pattern.size(); ++index) {
    batch_case.records[index].item_identifier = sequence_numbers[index];
  }
  return batch_case;
}

/// The same of a FIFO queue, a letter of `groups` for each record; `-` is no group.
inline fixtures::BatchCase fifo_case(std::string_view pattern, std::string_view groups = {}) {
  fixtures::BatchCase batch_case = case_of(pattern, fixtures::Source::sqs_fifo);
  for (std::size_t index = 0; index < groups.size(); ++index) {
    if (groups[index] != '-') batch_case.records[index].message_group_id = std::string(1, groups[index]);
  }
  return batch_case;
}

/// The response that reports these.
inline std::string response_with(const std::vector<std::string>& item_identifiers) {
  std::string response = R"({"batchItemFailures":[)";
  for (const std::string& identifier : item_identifiers) {
    if (response.back() == '}') response += ',';
    response += R"({"itemIdentifier":")" + identifier + R"("})";
  }
  return response + "]}";
}

/// A run that handled the records at these positions, in this order, with the outcome that the pattern says.
inline Observation run_of(const fixtures::BatchCase& batch_case, const std::vector<std::size_t>& handled,
                          const std::string& response) {
  Observation observation;
  for (const std::size_t index : handled) {
    auto& call = observation.calls.emplace_back();
    call.item_identifier = batch_case.records[index].item_identifier;
    call.threw = batch_case.records[index].rejected;
  }
  observation.response = response;
  observation.payload = batch_case.payload();
  return observation;
}

inline Observation thrown_run_of(const fixtures::BatchCase& batch_case,
                                 const std::vector<std::size_t>& handled) {
  Observation observation = run_of(batch_case, handled, "");
  observation.response.reset();
  observation.error = "all failed";
  return observation;
}

inline std::vector<Violation> judge_by(const Law& law, const fixtures::BatchCase& batch_case,
                                       const Observation& observation,
                                       const fixtures::ProcessorClaims& claims = {}) {
  return law.violations(Evidence(batch_case, claims, observation));
}

inline bool is_judged_by(const Law& law, const fixtures::BatchCase& batch_case,
                         const Observation& observation) {
  const fixtures::ProcessorClaims claims;
  return law.judges(Evidence(batch_case, claims, observation));
}

}  // namespace batchproof::properties
