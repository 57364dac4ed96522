#include "window_states.hpp"

#include <algorithm>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/hash.hpp>
#include <batchproof/fixtures/invocation_context.hpp>
#include <batchproof/fixtures/part_of_window.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <cstddef>

#include "child_process.hpp"

namespace batchproof::properties {
namespace {

/// Runs an event that is another one for the functions' memory. The note says what its state loses in JSON.
Observation observe_window(const WindowFunctions& functions, const std::string& payload) {
  std::string lost_in_json;
  const fixtures::Subject subject = [&](std::string_view, RecordProbe&) {
    HandlerCalls calls;
    WindowAnswer answer = functions.answer(payload, calls);
    lost_in_json = std::move(answer.lost_in_json);
    return std::move(answer.response);
  };
  Observation run = observe(subject, fixtures::BatchCase(), payload);
  run.note = std::move(lost_in_json);
  return run;
}

/// The state in the answer, empty where there is none.
std::string state_in(const Observation& run) {
  return fixtures::answered_state(run.response.value_or("")).value_or("");
}

std::string hash_of_state(const Observation& run) {
  return std::to_string(fixtures::hash_on(fixtures::empty_hash, fixtures::state_in_order(state_in(run))));
}

/// The records of the part in words: "record 2", "records 2 to 4".
std::string records_in_words(std::size_t begin, std::size_t end) {
  if (end - begin == 1) return "record " + std::to_string(begin);
  return "records " + std::to_string(begin) + " to " + std::to_string(end - 1);
}

/// The beginning of a state.
std::string beginning_of(const std::string& state) {
  constexpr std::size_t most_bytes = 100;
  return detail::excerpt(state, most_bytes) + (state.size() > most_bytes ? "..." : "");
}

/// Why an invocation in which every record must succeed did not go well; else nothing.
std::string failure_of(const Observation& run) {
  if (!run.response) return "fails: " + run.error;
  const auto answer = fixtures::read_service_answer(*run.response, fixtures::Source::kinesis_window);
  if (answer.complete_failure) return "fails: " + *answer.complete_failure;
  return answer.reported.empty() ? "" : "reports " + answer.reported.front();
}

}  // namespace

std::optional<StatesInCopy> states_in_copy(const WindowFunctions& functions, const std::string& payload,
                                           std::chrono::milliseconds time_limit) {
  const auto hashes = text_made_in_child_process([&](const AllowTime& allow) {
    std::string first_and_second;
    for (int time = 0; time < 2; ++time) {
      allow(time_limit);
      if (time > 0 && functions.before_each) functions.before_each();
      first_and_second += hash_of_state(observe_window(functions, payload)) + ' ';
    }
    return first_and_second;
  });
  static_cast<void>(fixtures::new_invocation_context());  // the run gets another request id than the copy
  if (!hashes) return std::nullopt;
  const std::size_t end = hashes->find(' ');
  return StatesInCopy{hashes->substr(0, end), hashes->substr(end + 1, hashes->size() - end - 2)};
}

bool is_kept_in_memory(const StatesInCopy& copy, const Observation& run) {
  return copy.first != copy.second && copy.first == hash_of_state(run);
}

std::string wrong_in_parts(const WindowFunctions& functions, const fixtures::BatchCase& batch_case,
                           const Observation& run, std::size_t records) {
  constexpr std::size_t most_parts = 3;
  if (records == 0) return {};
  std::string state = fixtures::invocation_of_window(batch_case).state;
  const auto go_on = [&](std::size_t begin, std::size_t end, bool is_final) {
    const auto part = fixtures::part_of_window(batch_case, run.payload, begin, end, state, is_final);
    return part ? observe_window(functions, part->payload()) : run;
  };
  if (functions.before_each) functions.before_each();
  const std::size_t parts = std::min(records, most_parts);
  for (std::size_t number = 0; number < parts; ++number) {
    const std::size_t begin = number * records / parts;
    const std::size_t end = (number + 1) * records / parts;
    const Observation part = go_on(begin, end, false);
    if (const std::string failure = failure_of(part); !failure.empty())
      return "an invocation with " + records_in_words(begin, end) + " and the state " + beginning_of(state) +
             " " + failure;
    state = state_in(part);
  }
  if (const std::string failure = failure_of(go_on(0, 0, true)); !failure.empty())
    return "the last invocation of the window, with the state " + beginning_of(state) + ", " + failure;
  if (functions.before_each) functions.before_each();
  const Observation again = observe_window(functions, run.payload);
  if (!again.note.empty()) return again.note;
  const std::string whole = state_in(run);
  if (fixtures::is_same_state(state, whole) || !fixtures::is_same_state(state_in(again), whole)) return {};
  return "the state is " + beginning_of(whole) + ", and the same records in " + std::to_string(parts) +
         " invocations give " + beginning_of(state) +
         ": the fold must need nothing that is not in the JSON of the state";
}

}  // namespace batchproof::properties
