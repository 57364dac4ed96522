// Rules of queues and streams alike.

#include <fmt/core.h>

#include "all_rules.hpp"

namespace batchproof::lint {
namespace {

constexpr std::int64_t most_records = 10'000;

std::optional<Flaw> unreported(const EventSource& source) {
  if (!source.reports_failures.is_known() || source.reports_failures.value) return std::nullopt;
  return Flaw{.place = source.reports_failures.is_given() ? source.reports_failures.place : source.place,
              .what = fmt::format("{} does not enable ReportBatchItemFailures", source.name),
              .instead = "FunctionResponseTypes: [ReportBatchItemFailures]"};
}

std::optional<Flaw> batch_too_large(const EventSource& source) {
  const bool is_fifo = !source.is_stream() && (!source.fifo.is_known() || source.fifo.value);
  if (is_fifo || !source.batch_size.is_known() || source.batch_size.value <= most_records)
    return std::nullopt;
  return Flaw{.place = source.batch_size.place,
              .what = fmt::format("BatchSize of {} is {}, and the service allows {}", source.name,
                                  source.batch_size.value, most_records),
              .instead = fmt::format("BatchSize: {} or less", most_records)};
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
    .flaw = unreported,
};

constinit const Rule batch_over_10000{
    .id = "batch-over-10000",
    .severity = Severity::error,
    .sentence = "A batch holds at most 10,000 records.",
    .why = "the service refuses the event source mapping, and what was deployed before stays",
    .aws_page = "Lambda parameters for Amazon SQS event source mappings",
    .flaw = batch_too_large,
};

}  // namespace batchproof::lint
