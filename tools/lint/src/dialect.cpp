#include "dialect.hpp"

#include <array>
#include <span>
#include <string_view>

namespace batchproof::lint {
namespace {

struct Words {
  std::string_view cloudformation;
  std::string_view other;
};

/// Whole phrases come before the words in them.
constexpr std::array words_of_terraform{
    Words{"FunctionResponseTypes: [ReportBatchItemFailures]",
          "function_response_types = [\"ReportBatchItemFailures\"]"},
    Words{"RedrivePolicy: {deadLetterTargetArn: !GetAtt DeadLetterQueue.Arn, maxReceiveCount: 5}",
          "redrive_policy = jsonencode({deadLetterTargetArn = aws_sqs_queue.dead_letters.arn, "
          "maxReceiveCount = "
          "5})"},
    Words{"DestinationConfig: {OnFailure: {Destination: !GetAtt FailedBatches.Arn}}",
          "destination_config { on_failure { destination_arn = aws_sqs_queue.failed_batches.arn } }"},
    Words{"DeadLetterConfig: {Arn: !GetAtt FailedBatches.Arn}",
          "dead_letter_config { arn = aws_sqs_queue.failed_batches.arn }"},
    Words{"ProvisionedPollerConfig: {MinimumPollers: 1}",
          "provisioned_poller_config { minimum_pollers = 1 }"},
    Words{"!GetAtt ", ""},
    Words{".StreamArn", ".stream_arn"},
    Words{".TopicArn", ".arn"},
    Words{".Arn", ".arn"},
    Words{"VisibilityTimeout", "visibility_timeout_seconds"},
    Words{"MessageRetentionPeriod", "message_retention_seconds"},
    Words{"RedrivePolicy", "redrive_policy"},
    Words{"BatchSize", "batch_size"},
    Words{"MaximumBatchingWindowInSeconds", "maximum_batching_window_in_seconds"},
    Words{"MaximumConcurrency", "maximum_concurrency"},
    Words{"ReservedConcurrentExecutions", "reserved_concurrent_executions"},
    Words{"FunctionResponseTypes", "function_response_types"},
    Words{"MaximumRetryAttempts", "maximum_retry_attempts"},
    Words{"MaximumRecordAgeInSeconds", "maximum_record_age_in_seconds"},
    Words{"BisectBatchOnFunctionError", "bisect_batch_on_function_error"},
    Words{"ParallelizationFactor", "parallelization_factor"},
    Words{"TumblingWindowInSeconds", "tumbling_window_in_seconds"},
    Words{"StartingPositionTimestamp", "starting_position_timestamp"},
    Words{"StartingPosition", "starting_position"},
    Words{"ProvisionedPollerConfig", "provisioned_poller_config"},
    Words{"MinimumPollers", "minimum_pollers"},
    Words{"MaximumPollers", "maximum_pollers"},
    Words{"OnPartialBatchItemFailure", "on_partial_batch_item_failure"},
    Words{"InvocationType", "invocation_type"},
    Words{"DestinationConfig", "destination_config"},
    Words{"Destination", "destination_arn"},
    Words{"DeadLetterConfig", "dead_letter_config"},
    Words{"ScalingConfig", "scaling_config"},
    Words{"FilterCriteria", "filter_criteria"},
    Words{"EventSourceArn", "event_source_arn"},
    Words{"FunctionName", "function_name"},
    Words{"RetentionPeriodHours", "retention_period"},
    Words{"FifoQueue", "fifo_queue"},
    Words{"Enabled", "enabled"},
    Words{"Source", "source"},
    Words{"Target", "target"},
    Words{"Timeout", "timeout"},
};

constexpr std::array words_of_serverless{
    Words{"FunctionResponseTypes: [ReportBatchItemFailures]",
          "functionResponseType: ReportBatchItemFailures"},
    Words{"DestinationConfig: {OnFailure: {Destination: !GetAtt FailedBatches.Arn}}",
          "destinations: {onFailure: {type: sqs, arn: !GetAtt FailedBatches.Arn}}"},
    Words{"BatchSize", "batchSize"},
    Words{"MaximumBatchingWindowInSeconds", "maximumBatchingWindow"},
    Words{"MaximumConcurrency", "maximumConcurrency"},
    Words{"ReservedConcurrentExecutions", "reservedConcurrency"},
    Words{"FunctionResponseTypes", "functionResponseType"},
    Words{"MaximumRetryAttempts", "maximumRetryAttempts"},
    Words{"MaximumRecordAgeInSeconds", "maximumRecordAgeInSeconds"},
    Words{"BisectBatchOnFunctionError", "bisectBatchOnFunctionError"},
    Words{"ParallelizationFactor", "parallelizationFactor"},
    Words{"TumblingWindowInSeconds", "tumblingWindowInSeconds"},
    Words{"StartingPositionTimestamp", "startingPositionTimestamp"},
    Words{"StartingPosition", "startingPosition"},
    Words{"DestinationConfig", "destinations"},
    Words{"Destination", "destinations.onFailure"},
    Words{"ProvisionedPollerConfig", "provisionedPollers"},
    Words{"MinimumPollers", "provisionedPollers.min"},
    Words{"MaximumPollers", "provisionedPollers.max"},
    Words{"ScalingConfig", "maximumConcurrency"},
    Words{"FilterCriteria", "filterPatterns"},
    Words{"Enabled", "enabled"},
    Words{"Events", "events"},
    Words{"Timeout", "timeout"},
    Words{"Queue: ", "arn: "},
    Words{"Queue of ", "arn of "},
    Words{"Stream: ", "arn: "},
    Words{"Stream of ", "arn of "},
};

bool is_part_of_name(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') || character == '_' || character == '-';
}

/// Whether a name goes on from one character to the next one. A name of Terraform may have a dot.
bool are_in_one_name(char character, char next) {
  return is_part_of_name(next) && (is_part_of_name(character) || character == '.');
}

/// Whether the place is in the key of a name of Terraform: aws_sqs_queue.orders["Source"].
bool is_in_key(std::string_view text, std::size_t at) {
  const std::size_t begin = text.rfind("[\"", at);
  return begin != std::string_view::npos && begin > 0 && is_part_of_name(text[begin - 1]) &&
         text.find("\"]", begin) >= at;
}

/// Replaces only whole words, and no part of a name that the user gave.
void replace(std::string& text, const Words& words) {
  for (std::size_t at = text.find(words.cloudformation); at != std::string::npos;
       at = text.find(words.cloudformation, at + 1)) {
    const std::size_t end = at + words.cloudformation.size();
    const bool begins = at == 0 || !are_in_one_name(text[at - 1], text[at]);
    const bool ends = end == text.size() || !is_part_of_name(text[end - 1]) || !is_part_of_name(text[end]);
    if (begins && ends && !is_in_key(text, at)) text.replace(at, words.cloudformation.size(), words.other);
  }
}

}  // namespace

std::string in_words_of(Format format, std::string text) {
  if (format == Format::cloudformation) return text;
  const std::span<const Words> table = format == Format::terraform
                                           ? std::span<const Words>(words_of_terraform)
                                           : std::span<const Words>(words_of_serverless);
  for (const Words& words : table) replace(text, words);
  return text;
}

}  // namespace batchproof::lint
