// Rules for queues and streams alike.

#include <fmt/core.h>

#include "rules/all_rules.hpp"

namespace batchproof::lint {
namespace {

constexpr std::int64_t most_records = 10'000;

Violations unreported(const EventSource& source) {
  if (!source.reports_failures.is(false)) return {};
  if (source.is_pipe) {
    return {Violation{.place = source.reports_failures.place,
                      .what = fmt::format("{} invokes the function and waits for no response", source.name),
                      .instead = "InvocationType: REQUEST_RESPONSE"}};
  }
  std::string instead = "FunctionResponseTypes: [ReportBatchItemFailures]";
  if (!source.can_set_response_types)
    instead = "an event of type SQS, on a queue that subscribes to the topic, with " + instead;
  if (source.kind == SourceKind::kafka && !source.provisioned_pollers.value)
    instead += ", with a ProvisionedPollerConfig";
  return {Violation{.place = source.reports_failures.place_or(source.place),
                    .what = fmt::format("{} does not enable ReportBatchItemFailures", source.name),
                    .instead = instead}};
}

Violations types_are_no_list(const EventSource& source) {
  if (!source.response_types_are_a_list.is(false)) return {};
  return {Violation{.place = source.response_types_are_a_list.place,
                    .what = fmt::format("FunctionResponseTypes of {} is a text", source.name),
                    .instead = "FunctionResponseTypes: [ReportBatchItemFailures]"}};
}

Violations batch_too_large(const EventSource& source) {
  const bool is_fifo = !source.has_shards() && (!source.fifo.is_known() || source.fifo.value);
  if (is_fifo || !source.batch_size.is_known() || source.batch_size.value <= most_records) return {};
  return {Violation{.place = source.batch_size.place,
                    .what = fmt::format("BatchSize of {} is {}, and the service allows {}", source.name,
                                        source.batch_size.value, most_records),
                    .instead = fmt::format("BatchSize: {} or less", most_records)}};
}

}  // namespace

constinit const Rule reporting_not_enabled{
    .id = "reporting-not-enabled",
    .severity = Severity::error,
    .sentence = "The event source enables ReportBatchItemFailures.",
    .why =
        "the service does not read what the function reports: of a queue, failed messages are deleted with "
        "the others; of a stream, a batch is done although records in it failed",
    .aws_page = "Implementing partial batch responses",
    .violations_of_source = unreported,
};

constinit const Rule batch_over_10000{
    .id = "batch-over-10000",
    .severity = Severity::error,
    .sentence = "A batch holds at most 10,000 records.",
    .why = mapping_is_refused,
    .aws_page = "CreateEventSourceMapping",
    .violations_of_source = batch_too_large,
};

constinit const Rule response_types_not_a_list{
    .id = "response-types-not-a-list",
    .severity = Severity::error,
    .sentence = "FunctionResponseTypes is a list.",
    .why = mapping_is_refused,
    .aws_page = "AWS::Lambda::EventSourceMapping",
    .violations_of_source = types_are_no_list,
};

}  // namespace batchproof::lint
