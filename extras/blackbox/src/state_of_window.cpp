#include "state_of_window.hpp"

#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/part_of_window.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/evidence.hpp>
#include <cstddef>
#include <nlohmann/json.hpp>

namespace batchproof::blackbox {
namespace {

std::optional<std::string> state_in(const properties::Observation& run) {
  return fixtures::answered_state(run.response.value_or(""));
}

bool ends_window(const nlohmann::ordered_json& event) {
  const nlohmann::ordered_json nothing;
  return event.value("isFinalInvokeForWindow", nothing) != false ||
         event.value("isWindowTerminatedEarly", nothing) != false;
}

}  // namespace

std::optional<SentBatch> records_of_state(const fixtures::BatchCase& batch_case, std::string_view payload,
                                          const fixtures::ProcessorClaims& claims,
                                          const properties::Observation& run) {
  if (!fixtures::has_windows(batch_case.source)) return std::nullopt;
  const properties::Evidence evidence(batch_case, claims, run);
  const auto checkpoint = evidence.view().checkpoint();
  if (!checkpoint || evidence.view().complete_failure) return std::nullopt;
  const auto& records = batch_case.records;
  const auto first_again = std::find_if(records.begin(), records.end(), [&](const auto& record) {
    return !properties::lower_sequence_number(record.item_identifier, *checkpoint);
  });
  const auto count = std::max<std::ptrdiff_t>(first_again - records.begin(), 1);
  if (count == std::ssize(records)) return std::nullopt;
  const auto event = fixtures::parse_ordered_json_or_discard(payload);
  if (!event.is_object() || ends_window(event)) return std::nullopt;
  return sent_part_of_window(batch_case, payload, 0, static_cast<std::size_t>(count));
}

std::optional<SentBatch> sent_part_of_window(const fixtures::BatchCase& batch_case, std::string_view payload,
                                             std::size_t begin, std::size_t end,
                                             const std::optional<std::string>& state, bool is_final) {
  auto part = fixtures::part_of_window(batch_case, payload, begin, end, state, is_final);
  if (!part) return std::nullopt;
  std::string sent = part->payload();
  return SentBatch{.batch_case = *std::move(part), .payload = std::move(sent)};
}

std::optional<std::string> state_without_failures(const std::string& response) {
  const auto answer = fixtures::read_service_answer(response, fixtures::Source::kinesis_window);
  if (answer.complete_failure || !answer.reported.empty()) return std::nullopt;
  return fixtures::answered_state(response);
}

UseOfState use_of_state(std::size_t count, const StateOfRecords& state_of) {
  const std::string empty = "{}";
  const std::size_t last = count - 1;
  const auto whole = state_of(0, count, empty);
  const auto before = whole ? state_of(0, last, empty) : std::nullopt;
  if (!before || before == empty) return UseOfState::goes_on;
  const auto after = state_of(last, count, *before);
  if (!after) return state_of(last, count, empty) ? UseOfState::fails : UseOfState::goes_on;
  if (after == whole || after == before || after == empty) return UseOfState::goes_on;
  // A function that writes out what it collected, and begins anew, goes on with the state.
  const bool is_ignored = state_of(last, count, *after) == after && state_of(last, count, empty) == after &&
                          state_of(0, last, *after) == before && state_of(0, count, empty) == whole;
  return is_ignored ? UseOfState::ignored : UseOfState::goes_on;
}

bool may_be_compared(const properties::Observation& run) { return state_in(run).has_value(); }

bool have_same_state(const properties::Observation& one, const properties::Observation& other) {
  const auto left = state_in(one);
  const auto right = state_in(other);
  return left && right ? fixtures::is_same_state(*left, *right) : left == right;
}

}  // namespace batchproof::blackbox
