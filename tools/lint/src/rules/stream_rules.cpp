// Rules for Kinesis and DynamoDB streams, and for Kafka.

#include <fmt/core.h>

#include <string>

#include "rules/all_rules.hpp"

namespace batchproof::lint {
namespace {

constexpr std::int64_t most_parallel = 10;

bool is_kafka(const EventSource& source) { return source.kind == SourceKind::kafka; }

std::string_view page_on_retries(SourceKind kind) {
  if (kind == SourceKind::dynamodb) return "Lambda parameters for Amazon DynamoDB event source mappings";
  if (kind == SourceKind::kafka) return "Configuring error handling controls for Kafka event sources";
  return {};
}

std::string_view page_on_discarded_records(SourceKind kind) {
  if (kind == SourceKind::dynamodb) return "Retain discarded records for a DynamoDB event source in Lambda";
  if (kind == SourceKind::kafka)
    return "Capturing discarded batches for Amazon MSK and self-managed Apache Kafka event sources";
  return {};
}

/// An age above the retention has no effect, since records expire before.
bool is_limited_by_age(const EventSource& source) {
  if (source.record_age.value == defaults::endless) return false;
  return is_kafka(source) || !source.stream_retention.is_known() ||
         source.record_age.value <= source.stream_retention.value;
}

/// With an on-failure destination the service tries a batch of Kafka at most 10 times.
bool ends_at_destination(const EventSource& source) {
  return is_kafka(source) && (source.has_destination.value || !source.has_destination.is_known());
}

Violations retried_endlessly(const EventSource& source) {
  const bool is_judged =
      source.has_shards() && source.retry_attempts.is_known() && source.record_age.is_known();
  if (!is_judged || source.retry_attempts.value != defaults::endless || is_limited_by_age(source) ||
      ends_at_destination(source)) {
    return {};
  }
  const bool is_given = source.retry_attempts.is_given();
  const std::string attempts = fmt::format("MaximumRetryAttempts is -1{}", is_given ? "" : ", the default");
  const std::string age =
      source.record_age.value == defaults::endless
          ? std::string("and so is MaximumRecordAgeInSeconds")
          : fmt::format("and MaximumRecordAgeInSeconds is {}, above the {} s that the stream keeps records",
                        source.record_age.value, source.stream_retention.value);
  const bool needs_pollers = is_kafka(source) && !source.provisioned_pollers.value;
  return {Violation{.place = source.retry_attempts.place_or(source.record_age.place_or(source.place)),
                    .what = fmt::format("{} sets no limit to retries: {}, {}", source.name, attempts, age),
                    .instead = fmt::format("MaximumRetryAttempts: 5, or another number from 0 to 10000{}",
                                           needs_pollers ? ", with a ProvisionedPollerConfig" : ""),
                    .aws_page = page_on_retries(source.kind)}};
}

Violations discards(const EventSource& source) {
  if (!source.has_shards() || !source.has_destination.is(false)) return {};
  const std::string own =
      source.has_unused_dead_letter_queue()
          ? fmt::format("; the dead-letter queue of {} gets no records of an event source",
                        source.function.name)
          : "";
  return {Violation{
      .place = source.place,
      .what = fmt::format("{} has no {}{}", source.name,
                          source.is_pipe ? "DeadLetterConfig" : "on-failure destination", own),
      .instead = source.is_pipe ? "DeadLetterConfig: {Arn: !GetAtt FailedBatches.Arn}"
                                : "DestinationConfig: {OnFailure: {Destination: !GetAtt FailedBatches.Arn}}",
      .aws_page = page_on_discarded_records(source.kind)}};
}

/// Only for DynamoDB: the page on Kinesis does not say so.
Violations destination_is_fifo(const EventSource& source) {
  if (source.kind != SourceKind::dynamodb || !source.destination_is_fifo.is(true)) return {};
  return {Violation{.place = source.has_destination.place,
                    .what = fmt::format("the on-failure destination of {} is a FIFO queue", source.name),
                    .instead = "Destination: the ARN of a standard queue or topic"}};
}

/// A batch of one record cannot be halved; a batch of Kafka can only with provisioned pollers.
Violations does_not_bisect(const EventSource& source) {
  const bool is_judged = source.has_shards() && (!is_kafka(source) || source.provisioned_pollers.value);
  if (!is_judged || !source.bisects.is(false) || !source.batch_size.is_known() ||
      source.batch_size.value == 1)
    return {};
  const Place place = source.bisects.place_or(source.place);
  if (source.is_pipe) {
    return {
        Violation{.place = place,
                  .what = fmt::format("OnPartialBatchItemFailure of {} is not AUTOMATIC_BISECT", source.name),
                  .instead = "OnPartialBatchItemFailure: AUTOMATIC_BISECT"}};
  }
  return {Violation{.place = place,
                    .what = fmt::format("BisectBatchOnFunctionError of {} is false{}", source.name,
                                        source.bisects.is_given() ? "" : ", the default"),
                    .instead = "BisectBatchOnFunctionError: true"}};
}

Violations too_parallel(const EventSource& source) {
  const std::int64_t factor = source.parallelization.value;
  const bool is_judged = source.has_shards() && source.parallelization.is_known();
  if (!is_judged || (factor >= 1 && factor <= most_parallel)) return {};
  return {Violation{.place = source.parallelization.place,
                    .what = fmt::format("ParallelizationFactor of {} is {}", source.name, factor),
                    .instead = "ParallelizationFactor: 1 to 10"}};
}

}  // namespace

constinit const Rule endless_stream_retries{
    .id = "endless-stream-retries",
    .severity = Severity::error,
    .sentence = "Retries of a stream's batch have a limit, in number or by the age of the records.",
    .why =
        "one record that always fails blocks its shard or partition until it expires; later records wait, "
        "are "
        "handled again and again, and expire too",
    .aws_page = "Lambda parameters for Amazon Kinesis Data Streams event source mappings",
    .violations_of_source = retried_endlessly,
};

constinit const Rule no_on_failure_destination{
    .id = "no-on-failure-destination",
    .severity = Severity::error,
    .sentence = "A stream's event source has an on-failure destination.",
    .why = "records whose retries are used up, or that grow too old, are discarded without a trace",
    .aws_page = "Retain discarded batch records for a Kinesis Data Streams event source in Lambda",
    .violations_of_source = discards,
};

constinit const Rule on_failure_destination_kind{
    .id = "on-failure-destination-kind",
    .severity = Severity::error,
    .sentence = "The on-failure destination of a DynamoDB stream is a standard queue or topic.",
    .why = "nothing can be sent to a FIFO queue: discarded records are lost",
    .aws_page = "Lambda parameters for Amazon DynamoDB event source mappings",
    .violations_of_source = destination_is_fifo,
};

constinit const Rule bisect_off{
    .id = "bisect-off",
    .severity = Severity::warning,
    .sentence = "A stream's batch is halved when the function fails.",
    .why =
        "after a crash or a timeout, which report nothing, one bad record brings back its whole batch each "
        "time, and takes it along when the retries are used up",
    .aws_page = "Configuring partial batch response with Kinesis Data Streams and Lambda",
    .violations_of_source = does_not_bisect,
};

constinit const Rule parallelization_out_of_range{
    .id = "parallelization-out-of-range",
    .severity = Severity::error,
    .sentence = "A shard is handled by 1 to 10 functions at once.",
    .why = mapping_is_refused,
    .aws_page = "Lambda parameters for Amazon Kinesis Data Streams event source mappings",
    .violations_of_source = too_parallel,
};

}  // namespace batchproof::lint
