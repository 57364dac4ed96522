// Rules of Kinesis and DynamoDB streams.

#include <fmt/core.h>

#include "all_rules.hpp"

namespace batchproof::lint {
namespace {

constexpr std::int64_t most_parallel = 10;

std::optional<Flaw> retried_endlessly(const EventSource& source) {
  const bool breaks = source.is_stream() && source.retry_attempts.is_known() &&
                      source.record_age.is_known() && source.retry_attempts.value == defaults::endless &&
                      source.record_age.value == defaults::endless;
  if (!breaks) return std::nullopt;
  return Flaw{.place = source.retry_attempts.is_given() ? source.retry_attempts.place : source.place,
              .what = fmt::format("{} sets no limit to retries: MaximumRetryAttempts is -1{}, and so is "
                                  "MaximumRecordAgeInSeconds",
                                  source.name, source.retry_attempts.is_given() ? "" : ", the default"),
              .instead = "MaximumRetryAttempts: 5, or another number from 0 to 10000"};
}

std::optional<Flaw> discards(const EventSource& source) {
  if (!source.is_stream() || !source.has_destination.is_known() || source.has_destination.value)
    return std::nullopt;
  const std::string own =
      source.function.has_own_dead_letter_queue
          ? fmt::format("; the dead-letter queue of {} gets nothing of an event source", source.function.name)
          : "";
  return Flaw{.place = source.place,
              .what = fmt::format("{} has no on-failure destination{}", source.name, own),
              .instead = "DestinationConfig: {OnFailure: {Destination: !GetAtt FailedBatches.Arn}}"};
}

/// The page on Kinesis does not say the same.
std::optional<Flaw> destination_is_fifo(const EventSource& source) {
  const bool breaks = source.kind == SourceKind::dynamodb && source.destination_is_fifo.is_known() &&
                      source.destination_is_fifo.value;
  if (!breaks) return std::nullopt;
  return Flaw{.place = source.has_destination.place,
              .what = fmt::format("the on-failure destination of {} is a FIFO queue", source.name),
              .instead = "Destination: the ARN of a standard queue or topic"};
}

std::optional<Flaw> does_not_bisect(const EventSource& source) {
  if (!source.is_stream() || !source.bisects.is_known() || source.bisects.value) return std::nullopt;
  return Flaw{.place = source.bisects.is_given() ? source.bisects.place : source.place,
              .what = fmt::format("BisectBatchOnFunctionError of {} is false{}", source.name,
                                  source.bisects.is_given() ? "" : ", the default"),
              .instead = "BisectBatchOnFunctionError: true"};
}

std::optional<Flaw> too_parallel(const EventSource& source) {
  const std::int64_t factor = source.parallelization.value;
  const bool is_judged = source.is_stream() && source.parallelization.is_known();
  if (!is_judged || (factor >= 1 && factor <= most_parallel)) return std::nullopt;
  return Flaw{.place = source.parallelization.place,
              .what = fmt::format("ParallelizationFactor of {} is {}", source.name, factor),
              .instead = "ParallelizationFactor: 1 to 10"};
}

std::optional<Flaw> has_tumbling_window(const EventSource& source) {
  const bool breaks =
      source.is_stream() && source.tumbling_window.is_known() && source.tumbling_window.value != 0;
  if (!breaks) return std::nullopt;
  return Flaw{
      .place = source.tumbling_window.place,
      .what = fmt::format("TumblingWindowInSeconds of {} is {}", source.name, source.tumbling_window.value),
      .instead = "nothing: leave TumblingWindowInSeconds out"};
}

std::optional<Flaw> starts_late(const EventSource& source) {
  if (!source.is_stream() || !source.starts_at_latest.value) return std::nullopt;
  return Flaw{.place = source.starts_at_latest.place,
              .what = fmt::format("StartingPosition of {} is LATEST", source.name),
              .instead = source.kind == SourceKind::kinesis
                             ? "StartingPosition: TRIM_HORIZON, or AT_TIMESTAMP"
                             : "StartingPosition: TRIM_HORIZON"};
}

}  // namespace

constinit const Rule endless_stream_retries{
    .id = "endless-stream-retries",
    .severity = Severity::error,
    .sentence = "Retries of a stream's batch have a limit, in number or by the age of the records.",
    .why =
        "one record that always fails blocks its shard until it expires; what comes behind it waits, is "
        "handled again and again, and expires too",
    .aws_page = "Lambda parameters for Amazon Kinesis Data Streams event source mappings",
    .flaw = retried_endlessly,
};

constinit const Rule no_on_failure_destination{
    .id = "no-on-failure-destination",
    .severity = Severity::error,
    .sentence = "A stream's event source has an on-failure destination.",
    .why = "records whose retries are used up, or that grow too old, are discarded without a trace",
    .aws_page = "Retain discarded batch records for a Kinesis Data Streams event source in Lambda",
    .flaw = discards,
};

constinit const Rule on_failure_destination_kind{
    .id = "on-failure-destination-kind",
    .severity = Severity::error,
    .sentence = "The on-failure destination of a DynamoDB stream is a standard queue or topic.",
    .why = "nothing can be sent to a FIFO queue: discarded records are lost",
    .aws_page = "Lambda parameters for Amazon DynamoDB event source mappings",
    .flaw = destination_is_fifo,
};

constinit const Rule bisect_off{
    .id = "bisect-off",
    .severity = Severity::warning,
    .sentence = "A stream's batch is halved when the function fails.",
    .why =
        "after a crash or a timeout, which report nothing, one bad record brings back its whole batch each "
        "time, and takes it along when the retries are used up",
    .aws_page = "Configuring partial batch response with Kinesis Data Streams and Lambda",
    .flaw = does_not_bisect,
};

constinit const Rule parallelization_out_of_range{
    .id = "parallelization-out-of-range",
    .severity = Severity::error,
    .sentence = "A shard is handled by 1 to 10 functions at once.",
    .why = "the service refuses the event source mapping, and what was deployed before stays",
    .aws_page = "Lambda parameters for Amazon Kinesis Data Streams event source mappings",
    .flaw = too_parallel,
};

constinit const Rule tumbling_window{
    .id = "tumbling-window",
    .severity = Severity::error,
    .sentence = "A stream's event source has no tumbling window.",
    .why =
        "the response to a window must hold its state, which batchproof does not give yet: it refuses the "
        "event, and the batch fails each time",
    .aws_page = "Implementing stateful Kinesis Data Streams processing in Lambda",
    .flaw = has_tumbling_window,
};

constinit const Rule starting_position_latest{
    .id = "starting-position-latest",
    .severity = Severity::warning,
    .sentence = "A stream is read from TRIM_HORIZON or a time on.",
    .why =
        "polling begins minutes after the mapping was created or changed, and what was written in between "
        "may be missed",
    .aws_page = "Process Amazon Kinesis Data Streams records with Lambda",
    .flaw = starts_late,
};

}  // namespace batchproof::lint
