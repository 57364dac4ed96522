#include <algorithm>
#include <array>
#include <batchproof/lint/rule.hpp>

#include "rules/all_rules.hpp"

namespace batchproof::lint {
namespace {

constexpr std::array all_rules{
    &reporting_not_enabled,
    &response_types_not_a_list,
    &batch_over_10000,
    &setting_out_of_range,
    &setting_of_another_source,
    &arn_needed,
    &source_not_given,
    &key_repeated,
    &visibility_timeout_too_short,
    &visibility_timeout_close,
    &batch_over_10_without_window,
    &fifo_batch_over_10,
    &fifo_window,
    &concurrency_above_reserved,
    &filters_on_one_queue,
    &no_dead_letter_queue,
    &dead_letter_queue_is_the_source,
    &dead_letter_queue_kind,
    &dead_letter_queue_retention,
    &max_receive_count_too_low,
    &retention_too_short,
    &endless_stream_retries,
    &no_on_failure_destination,
    &on_failure_destination_kind,
    &bisect_off,
    &parallelization_out_of_range,
    &starting_position_latest,
    &starting_position_refused,
    &many_readers_of_one_stream,
    &kafka_needs_provisioned_pollers,
    &idempotency_table_never_expires,
    &idempotency_table_key,
    &idempotency_actions_missing,
    &idempotency_actions_too_many,
};

}  // namespace

std::string_view name_of(Severity severity) noexcept {
  return severity == Severity::error ? "error" : "warning";
}

std::string_view name_of(SourceKind kind) noexcept {
  switch (kind) {
    case SourceKind::sqs:
      return "sqs";
    case SourceKind::kinesis:
      return "kinesis";
    case SourceKind::dynamodb:
      return "dynamodb";
    case SourceKind::stream:
      return "stream";
    case SourceKind::kafka:
      return "kafka";
  }
  return "";
}

std::string_view in_words(SourceKind kind) noexcept {
  switch (kind) {
    case SourceKind::sqs:
      return "an SQS queue";
    case SourceKind::kinesis:
      return "a Kinesis stream";
    case SourceKind::dynamodb:
      return "a DynamoDB stream";
    case SourceKind::stream:
      return "a stream";
    case SourceKind::kafka:
      return "a Kafka cluster";
  }
  return "";
}

std::span<const Rule* const> rules() noexcept { return all_rules; }

const Rule* find_rule(std::string_view id) noexcept {
  const auto found =
      std::find_if(all_rules.begin(), all_rules.end(), [=](const Rule* rule) { return rule->id == id; });
  return found == all_rules.end() ? nullptr : *found;
}

}  // namespace batchproof::lint
