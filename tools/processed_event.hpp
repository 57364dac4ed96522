#pragma once

// The facts about a processed event of any source, for the output:
//
//     const ProcessedEvent event = process_event(payload, options);
//     print(text_of(event, wants_colour(stdout)));

#include <batchproof/fixtures/source.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chosen_handler.hpp"

namespace batchproof::tools {

/// The result of a record within the function.
enum class Outcome { ok, failed, not_handled };

/// "ok", "failed" or "not handled".
std::string_view name(Outcome outcome) noexcept;

struct RecordOutcome {
  std::string id;
  std::string group;  ///< message group, partition key, or the item's keys; empty if there is none
  Outcome outcome = Outcome::failed;
  std::string cause;         ///< empty on success
  std::string what_follows;  ///< the next action of the service: "deleted", "returned to the queue", ...
};

/// The window of an event with a tumbling window.
struct ProcessedWindow {
  std::string state_before{};  ///< JSON, as the event has it; "{}" without one
  std::string state_after{};   ///< JSON, as the response has it
  bool is_last = false;        ///< the last invocation of the window, or of its state
  bool is_finished = false;    ///< the function that finishes a window was called
};

struct ProcessedEvent {
  fixtures::Source source = fixtures::Source::sqs;
  std::string processor{};  ///< its name, with the options that are not the default
  std::string handler{};    ///< the records that it accepts and rejects, in one sentence
  std::vector<RecordOutcome> records{};
  std::optional<std::string> checkpoint{};  ///< streams; nothing when all succeeded or the invocation failed
  std::vector<std::string> checkpoints{};   ///< Kafka: one for each partition that failed
  std::optional<ProcessedWindow> window{};  ///< of an event with one
  std::optional<std::string> response{};    ///< as sent; nothing when the invocation failed
  std::string error{};                      ///< the text of its `BatchProcessingError`, if it failed
};

struct ProcessingOptions {
  FailureOptions failures{};
  bool fifo = false;  ///< treat any SQS event as a FIFO queue's
  bool skip_group_on_error = false;
};

/// Processes the event with the processor of its source; an event without records counts as one of SQS. For
/// the event of a window see `process_window_event`. Throws `EventError` for an event that cannot be
/// processed, and `UsageError` for options that do not fit its source, or that select records which it does
/// not hold.
ProcessedEvent process_event(std::string_view payload, const ProcessingOptions& options);

}  // namespace batchproof::tools
