// Functions of tumbling windows that return a wrong state (window).

#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <memory>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

using nlohmann::json;

/// One invocation of a window, in steps that the faults replace.
struct WindowRun {
  json event;
  json folded = json::array();         ///< the identifiers that the state includes
  std::vector<std::string> records{};  ///< the identifiers of the batch
  std::size_t first_failure = 0;       ///< the size of the batch when none failed
};

WindowRun read_window(std::string_view payload) {
  WindowRun run{.event = fixtures::parse_json(payload)};
  if (!run.event.contains("window")) throw std::runtime_error("an event without a window");
  const json& state = run.event.value("state", json::object());
  if (state.is_object()) run.folded = state.value("folded", json::array());
  for (const json& record : run.event.at("Records")) {
    refuse_other_source(record, kinesis);
    run.records.push_back(read_message(record, kinesis).identifier);
  }
  run.first_failure = run.records.size();
  return run;
}

bool is_accepted(const std::string& identifier, RecordProbe& probe) {
  try {
    probe(identifier);
    return true;
  } catch (...) {
    return false;
  }
}

/// Folds the records up to the first that fails.
void fold(WindowRun& run, RecordProbe& probe) {
  for (std::size_t index = 0; index < run.records.size(); ++index) {
    if (!is_accepted(run.records[index], probe)) {
      run.first_failure = index;
      return;
    }
    run.folded.push_back(run.records[index]);
  }
}

bool must_finish(const WindowRun& run) {
  const bool ends =
      run.event.value("isFinalInvokeForWindow", false) || run.event.value("isWindowTerminatedEarly", false);
  return ends && run.first_failure == run.records.size();
}

json answer(const WindowRun& run, bool is_finished) {
  json failures = json::array();
  for (std::size_t index = run.first_failure; index < run.records.size(); ++index)
    failures.push_back({{"itemIdentifier", run.records[index]}});
  json state{{"folded", run.folded}};
  if (is_finished) state["finished"] = true;
  return {{"state", std::move(state)}, {"batchItemFailures", std::move(failures)}};
}

std::string fold_before_handling(std::string_view payload, RecordProbe& probe) {
  WindowRun run = read_window(payload);
  fold(run, probe);
  if (run.first_failure < run.records.size()) run.folded.push_back(run.records[run.first_failure]);
  return fixtures::to_text(answer(run, must_finish(run)));
}

std::string drop_state_on_failure(std::string_view payload, RecordProbe& probe) {
  WindowRun run = read_window(payload);
  fold(run, probe);
  json response = answer(run, must_finish(run));
  if (run.first_failure < run.records.size()) response.erase("state");
  return fixtures::to_text(response);
}

/// Is right only in the first invocation of a process.
Subject keep_state_in_memory() {
  const auto kept = std::make_shared<json>();
  return [kept](std::string_view payload, RecordProbe& probe) {
    WindowRun run = read_window(payload);
    if (kept->is_array()) run.folded = *kept;
    fold(run, probe);
    *kept = run.folded;
    return fixtures::to_text(answer(run, must_finish(run)));
  };
}

std::string ignore_last_invocation(std::string_view payload, RecordProbe& probe) {
  WindowRun run = read_window(payload);
  fold(run, probe);
  return fixtures::to_text(answer(run, false));
}

/// Continues after a failure, like a processor without order. The records that it folds then come again.
std::string fold_behind_failure(std::string_view payload, RecordProbe& probe) {
  WindowRun run = read_window(payload);
  for (std::size_t index = 0; index < run.records.size(); ++index) {
    if (is_accepted(run.records[index], probe)) {
      run.folded.push_back(run.records[index]);
    } else {
      run.first_failure = std::min(run.first_failure, index);
    }
  }
  return fixtures::to_text(answer(run, must_finish(run)));
}

BrokenProcessor of_window(std::string name, std::string fault, Subject subject, bool stops = true) {
  return broken_processor(std::move(name), std::move(fault), "window", kinesis_window, std::move(subject),
                          {.raise_on_entire_batch_failure = false, .stop_on_first_failure = stops});
}

}  // namespace

std::vector<BrokenProcessor> faulty_windows() {
  return {
      of_window("folds_the_failed_record", "The state counts the record that failed too.",
                fold_before_handling),
      of_window("drops_the_state_on_failure", "The response holds no state when a record failed.",
                drop_state_on_failure),
      of_window("keeps_the_state_in_memory", "The state of the event is ignored for one that was kept.",
                keep_state_in_memory()),
      of_window("ignores_the_last_invocation", "A window is never finished.", ignore_last_invocation),
      of_window("counts_again_after_a_retry",
                "Records after a failure are folded, and again when they are delivered again.",
                fold_behind_failure, false),
  };
}

}  // namespace batchproof::zoo::broken
