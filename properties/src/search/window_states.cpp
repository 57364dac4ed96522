#include "window_states.hpp"

#include <algorithm>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/hash.hpp>
#include <batchproof/fixtures/invocation_context.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <cstddef>
#include <nlohmann/json.hpp>

#include "child_process.hpp"
#include "socket_messages.hpp"

namespace batchproof::properties {
namespace {

using nlohmann::ordered_json;

/// The answer to an event that is another one for the functions' memory.
WindowAnswer answer_to(const WindowFunctions& functions, const std::string& payload) {
  HandlerCalls calls;
  return functions.answer(payload, calls);
}

/// The same as an observation, whatever the functions throw.
Observation observe_window(const WindowFunctions& functions, const std::string& payload) {
  std::string lost_in_json;
  const fixtures::Subject subject = [&](std::string_view, RecordProbe&) {
    WindowAnswer answer = answer_to(functions, payload);
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

/// The records [begin, end) of an event, in one that does not end the window.
ordered_json part_of(const ordered_json& event, std::size_t begin, std::size_t end) {
  ordered_json part = event;
  part["Records"] = ordered_json::array();
  for (std::size_t index = begin; index < end; ++index) part["Records"].push_back(event["Records"][index]);
  part["isFinalInvokeForWindow"] = false;
  part["isWindowTerminatedEarly"] = false;
  return part;
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
  const auto ends = connected_sockets();
  if (!ends) return std::nullopt;
  const OwnSocket here((*ends)[0]);
  const OwnSocket there((*ends)[1]);
  const auto end = run_in_child_process(1, [&](std::size_t, const AllowTime& allow) {
    for (int time = 0; time < 2; ++time) {
      allow(time_limit);
      if (time > 0 && functions.before_each) functions.before_each();
      send_message(there.get(), hash_of_state(observe_window(functions, payload)));
    }
  });
  static_cast<void>(fixtures::new_invocation_context());  // the run gets another request id than the copy
  if (end) return std::nullopt;
  const auto now = std::chrono::steady_clock::now();
  auto first = receive_message(here.get(), now);
  auto second = receive_message(here.get(), now);
  if (!first || !second) return std::nullopt;
  return StatesInCopy{*std::move(first), *std::move(second)};
}

bool is_kept_in_memory(const StatesInCopy& copy, const Observation& run) {
  return copy.first != copy.second && copy.first == hash_of_state(run);
}

std::string wrong_in_parts(const WindowFunctions& functions, const Observation& run, std::size_t records) {
  constexpr std::size_t most_parts = 3;
  const ordered_json event = fixtures::parse_ordered_json_or_discard(run.payload);
  if (!event.is_object() || records == 0) return {};
  std::string state = fixtures::to_text(event["state"]);
  const auto go_on = [&](ordered_json part) {
    part["state"] = fixtures::parse_ordered_json(state);
    return observe_window(functions, fixtures::to_text(part));
  };
  if (functions.before_each) functions.before_each();
  const std::size_t parts = std::min(records, most_parts);
  for (std::size_t number = 0; number < parts; ++number) {
    const std::size_t begin = number * records / parts;
    const std::size_t end = (number + 1) * records / parts;
    const Observation part = go_on(part_of(event, begin, end));
    if (const std::string failure = failure_of(part); !failure.empty())
      return "an invocation with " + records_in_words(begin, end) + " and the state " + beginning_of(state) +
             " " + failure;
    state = state_in(part);
  }
  ordered_json last = part_of(event, 0, 0);
  last["isFinalInvokeForWindow"] = true;
  if (const std::string failure = failure_of(go_on(last)); !failure.empty())
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
