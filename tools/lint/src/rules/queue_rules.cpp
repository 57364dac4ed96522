// Rules for SQS queues: times, batch sizes and concurrency.

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "rules/all_rules.hpp"

namespace batchproof::lint {
namespace {

constexpr std::int64_t runs_advised = 6;
constexpr std::int64_t most_in_a_fifo_batch = 10;
constexpr std::int64_t most_without_window = 10;
constexpr std::int64_t least_concurrency = 2;
constexpr std::string_view page_on_pipes_of_queues = "Amazon Simple Queue Service as a source";

/// The times that the rules about the visibility timeout compare; nothing when one of them is unknown.
struct Times {
  const SourceQueue* queue = nullptr;
  std::int64_t visibility = 0;
  std::int64_t run = 0;                  ///< of the function, and of an enrichment before it
  std::vector<std::string> functions{};  ///< those whose time is known
  std::int64_t window = 0;

  /// A message stays hidden from its receipt on: while the batch is gathered, and while it is handled.
  std::int64_t shortest() const { return window + run; }
  std::int64_t advised() const { return runs_advised * run + window; }
};

std::int64_t known_or_zero(const Number& number) { return number.is_known() ? number.value : 0; }

/// A pipe waits for its enrichment, also where its target is no function of the template. What is unknown
/// counts as zero, so that a timeout that is too short for it is too short for any.
std::optional<Times> times_of(const EventSource& source) {
  if (source.has_shards() || !source.queue || !source.queue->visibility_timeout.is_known())
    return std::nullopt;
  Times times{.queue = &*source.queue,
              .visibility = source.queue->visibility_timeout.value,
              .window = known_or_zero(source.batching_window)};
  const auto add = [&](const LambdaFunction& function) {
    if (!function.timeout.is_known()) return;
    times.run += function.timeout.value;
    times.functions.push_back(function.name);
  };
  if (source.enrichment) add(*source.enrichment);
  if (source.waits_for_answer()) add(source.function);
  if (times.functions.empty()) return std::nullopt;
  return times;
}

Violation violation_of(const EventSource& source, const Times& times) {
  const Setting<std::int64_t>& visibility = times.queue->visibility_timeout;
  const std::string runs = fmt::format("{} may run for {} s{}", fmt::join(times.functions, " and "),
                                       times.run, times.functions.size() > 1 ? " in all" : "");
  const std::string window = times.window == 0 ? "" : fmt::format(" after {} s of gathering", times.window);
  const std::string sum = times.window == 0
                              ? fmt::format("6 × {} = {} s", times.run, times.advised())
                              : fmt::format("6 × {} + {} = {} s", times.run, times.window, times.advised());
  return {
      .place = visibility.place_or(times.queue->place),
      .what = fmt::format("VisibilityTimeout of {} is {} s{}, and {}{}: at least {}", times.queue->name,
                          visibility.value, visibility.is_given() ? "" : ", the default", runs, window, sum),
      .instead =
          times.queue->is_made_by_sam
              ? fmt::format("SqsSubscription: {{QueueArn: ..., QueueUrl: ...}}, a queue of your own with "
                            "VisibilityTimeout: {}",
                            times.advised())
              : fmt::format("VisibilityTimeout: {}", times.advised()),
      .aws_page = source.is_pipe ? page_on_pipes_of_queues : ""};
}

Violations visible_too_early(const EventSource& source) {
  const auto times = times_of(source);
  if (!times || times->visibility > times->shortest()) return {};
  return {violation_of(source, *times)};
}

Violations visible_early(const EventSource& source) {
  const auto times = times_of(source);
  if (!times || times->visibility <= times->shortest() || times->visibility >= times->advised()) return {};
  return {violation_of(source, *times)};
}

bool is_fifo(const EventSource& source) { return !source.has_shards() && source.fifo.is(true); }
bool is_standard(const EventSource& source) { return !source.has_shards() && source.fifo.is(false); }

Violations large_batch_without_window(const EventSource& source) {
  const bool breaks = is_standard(source) && source.batch_size.is_known() &&
                      source.batch_size.value > most_without_window && source.batching_window.is_known() &&
                      source.batching_window.value < 1;
  if (!breaks) return {};
  return {Violation{.place = source.batch_size.place,
                    .what = fmt::format("BatchSize of {} is {}, and MaximumBatchingWindowInSeconds is {}",
                                        source.name, source.batch_size.value, source.batching_window.value),
                    .instead = "MaximumBatchingWindowInSeconds: 1 or more, or BatchSize: 10"}};
}

Violations large_fifo_batch(const EventSource& source) {
  if (!is_fifo(source) || !source.batch_size.is_known() || source.batch_size.value <= most_in_a_fifo_batch)
    return {};
  return {Violation{.place = source.batch_size.place,
                    .what = fmt::format("BatchSize of {} is {}, and it reads a FIFO queue", source.name,
                                        source.batch_size.value),
                    .instead = "BatchSize: 10 or less"}};
}

Violations window_of_fifo(const EventSource& source) {
  if (!is_fifo(source) || !source.batching_window.is_known() || source.batching_window.value == 0) return {};
  return {
      Violation{.place = source.batching_window.place,
                .what = fmt::format("MaximumBatchingWindowInSeconds of {} is {}, and it reads a FIFO queue",
                                    source.name, source.batching_window.value),
                .instead = "nothing: leave MaximumBatchingWindowInSeconds out"}};
}

/// Without a MaximumConcurrency the service invokes as many as it likes. The lowest allowed value is 2. A
/// pipe has no such setting.
Violations throttled(const EventSource& source) {
  const Number& reserved = source.function.reserved_concurrency;
  const Number& most = source.maximum_concurrency;
  const bool is_judged = !source.has_shards() && !source.is_pipe && most.is_known() && reserved.is_given() &&
                         !source.provisioned_pollers.value;
  if (!is_judged || (most.is_given() && most.value <= reserved.value)) return {};
  const std::string given = most.is_given()
                                ? fmt::format("MaximumConcurrency of {} is {}", source.name, most.value)
                                : fmt::format("{} has no MaximumConcurrency", source.name);
  const std::int64_t advised = std::max(reserved.value, least_concurrency);
  return {Violation{
      .place = most.place_or(source.place),
      .what = fmt::format("{}, and {} reserves {}", given, source.function.name, reserved.value),
      .instead = reserved.value < least_concurrency
                     ? fmt::format("ReservedConcurrentExecutions: {} or more, with MaximumConcurrency: {}",
                                   advised, advised)
                     : fmt::format("MaximumConcurrency: {} or less, or more ReservedConcurrentExecutions",
                                   advised)}};
}

}  // namespace

constinit const Rule visibility_timeout_too_short{
    .id = "visibility-timeout-too-short",
    .severity = Severity::error,
    .sentence = "A message stays hidden for longer than it is gathered and handled.",
    .why =
        "messages become visible again while they are being handled, and are handled twice; an event source "
        "mapping whose function has a timeout above the visibility timeout is refused",
    .aws_page = "Creating and configuring an Amazon SQS event source mapping",
    .violations_of_source = visible_too_early,
};

constinit const Rule visibility_timeout_close{
    .id = "visibility-timeout-close",
    .severity = Severity::warning,
    .sentence =
        "The visibility timeout is at least six times the function's timeout, plus the batching window.",
    .why =
        "a batch that is throttled and tried again comes back before it was handled: its messages are "
        "handled twice, or use up their receives",
    .aws_page = "Creating and configuring an Amazon SQS event source mapping",
    .violations_of_source = visible_early,
};

constinit const Rule batch_over_10_without_window{
    .id = "batch-over-10-without-window",
    .severity = Severity::error,
    .sentence = "A batch of more than 10 messages of a standard queue has a batching window of at least 1 s.",
    .why = mapping_is_refused,
    .aws_page = "Lambda parameters for Amazon SQS event source mappings",
    .violations_of_source = large_batch_without_window,
};

constinit const Rule fifo_batch_over_10{
    .id = "fifo-batch-over-10",
    .severity = Severity::error,
    .sentence = "A batch of a FIFO queue holds at most 10 messages.",
    .why = mapping_is_refused,
    .aws_page = "Lambda parameters for Amazon SQS event source mappings",
    .violations_of_source = large_fifo_batch,
};

constinit const Rule fifo_window{
    .id = "fifo-window",
    .severity = Severity::error,
    .sentence = "A FIFO queue has no batching window.",
    .why = mapping_is_refused,
    .aws_page = "Lambda parameters for Amazon SQS event source mappings",
    .violations_of_source = window_of_fifo,
};

constinit const Rule concurrency_above_reserved{
    .id = "concurrency-above-reserved",
    .severity = Severity::warning,
    .sentence = "The event source calls no more functions at once than are reserved.",
    .why =
        "the calls above are throttled: their messages come back unhandled, each time with a receive more, "
        "and end in the dead-letter queue without ever having failed",
    .aws_page = "Configuring scaling behavior for SQS event source mappings",
    .violations_of_source = throttled,
};

}  // namespace batchproof::lint
