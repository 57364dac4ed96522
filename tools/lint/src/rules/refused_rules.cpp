// Rules about values that the services refuse: numbers out of range, settings of other sources, texts instead
// of an ARN; and about repeated keys.

#include <fmt/core.h>

#include "rules/all_rules.hpp"

namespace batchproof::lint {
namespace {

/// A number and the range that the service allows; one more value may mean no limit.
struct Range {
  const Number& number;
  std::string_view property;
  const std::string& subject;
  std::int64_t least;
  std::int64_t most;
  bool allows_endless = false;
};

bool is_outside(const Range& range) {
  const std::int64_t value = range.number.value;
  const bool is_allowed =
      (value >= range.least && value <= range.most) || (range.allows_endless && value == defaults::endless);
  return range.number.is_given() && !is_allowed;
}

void add_if_outside(const Range& range, Violations& violations) {
  if (!is_outside(range)) return;
  violations.push_back(
      {.place = range.number.place,
       .what = fmt::format("{} of {} is {}", range.property, range.subject, range.number.value),
       .instead = fmt::format("{}: {}{} to {}", range.property,
                              range.allows_endless ? "-1 for no limit, or " : "", range.least, range.most)});
}

/// The service refuses a minimum above the maximum too. Two numbers of which one is out of its own range are
/// compared when that is mended.
void check_pollers(const EventSource& source, Violations& violations) {
  const bool is_queue = !source.has_shards();
  const std::int64_t least = is_queue ? 2 : 1;
  const Range minimum{source.minimum_pollers, "MinimumPollers", source.name, least, 200};
  const Range maximum{source.maximum_pollers, "MaximumPollers", source.name, least,
                      is_queue ? 10'000 : 2'000};
  add_if_outside(minimum, violations);
  add_if_outside(maximum, violations);
  const bool are_comparable =
      minimum.number.is_given() && maximum.number.is_given() && !is_outside(minimum) && !is_outside(maximum);
  if (!are_comparable || minimum.number.value <= maximum.number.value) return;
  violations.push_back({.place = minimum.number.place,
                        .what = fmt::format("MinimumPollers of {} is {}, and MaximumPollers is {}",
                                            source.name, minimum.number.value, maximum.number.value),
                        .instead = fmt::format("MinimumPollers: {} to {}, or MaximumPollers: {} to {}", least,
                                               maximum.number.value, minimum.number.value, maximum.most)});
}

/// Batches above 10,000 records, and parallelization, have rules of their own.
Violations out_of_range(const EventSource& source) {
  Violations violations;
  const auto check = [&](const Range& range) { add_if_outside(range, violations); };
  if (source.batch_size.is_given() && source.batch_size.value < 1)
    check({source.batch_size, "BatchSize", source.name, 1, 10'000});
  check({source.batching_window, "MaximumBatchingWindowInSeconds", source.name, 0, 300});
  check({source.maximum_concurrency, "MaximumConcurrency", source.name, 2, 1'000});
  check_pollers(source, violations);
  check({source.retry_attempts, "MaximumRetryAttempts", source.name, 0, 10'000, true});
  check({source.record_age, "MaximumRecordAgeInSeconds", source.name, 60, 604'800, true});
  check({source.tumbling_window, "TumblingWindowInSeconds", source.name, 0, 900});
  check({source.function.timeout, "Timeout", source.function.name, 1, 900});
  if (!source.queue) return violations;
  const SourceQueue& queue = *source.queue;
  check({queue.visibility_timeout, "VisibilityTimeout", queue.name, 0, 43'200});
  check({queue.retention, "MessageRetentionPeriod", queue.name, 60, 1'209'600});
  if (!queue.dead_letter_queue) return violations;
  check({queue.dead_letter_queue->max_receive_count, "maxReceiveCount", queue.name, 1, 1'000});
  check({queue.dead_letter_queue->retention, "MessageRetentionPeriod", queue.dead_letter_queue->name, 60,
         1'209'600});
  return violations;
}

Violations not_for_this_source(const EventSource& source) {
  Violations violations;
  for (const ForeignSetting& setting : source.foreign_settings) {
    violations.push_back({.place = setting.place,
                          .what = fmt::format("{} of {} is set, and its source is {}", setting.property,
                                              source.name, in_words(source.kind)),
                          .instead = fmt::format("nothing: leave {} out", setting.property)});
  }
  if (source.provisioned_pollers.is(true) && source.maximum_concurrency.is_given()) {
    violations.push_back(
        {.place = source.maximum_concurrency.place,
         .what =
             fmt::format("MaximumConcurrency and ProvisionedPollerConfig of {} are both set", source.name),
         .instead = "one of the two",
         .aws_page = "Configuring scaling behavior for SQS event source mappings"});
  }
  if (!source.kind_of_given_source.empty()) {
    violations.push_back(
        {.place = source.source_property.place,
         .what = fmt::format("{} of {} is {}, and the event is of {}", source.source_property.value,
                             source.name, source.kind_of_given_source, in_words(source.kind)),
         .instead = fmt::format("{}: the ARN of {}, or an event of the other type",
                                source.source_property.value, in_words(source.kind))});
  }
  return violations;
}

Violations not_an_arn(const EventSource& source) {
  Violations violations;
  for (const WrongArn& wrong : source.wrong_arns) {
    violations.push_back({.place = wrong.place,
                          .what = fmt::format("{} is {}", wrong.property, wrong.given),
                          .instead = wrong.instead,
                          .may_be_placeholder = wrong.is_plain_text_of_parameter});
  }
  return violations;
}

Violations without_source(const EventSource& source) {
  const Setting<std::string>& property = source.source_property;
  if (property.value.empty() || property.origin != Origin::by_default) return {};
  return {Violation{.place = source.place,
                    .what = fmt::format("{} of {} is not given", property.value, source.name),
                    .instead = fmt::format(
                        "{}: the ARN of {}", property.value,
                        property.value == "EventSourceArn" ? "a queue or stream" : in_words(source.kind))}};
}

Violations keys_repeated(const Everything& everything) {
  Violations violations;
  for (const RepeatedKey& repeated : everything.repeated_keys) {
    violations.push_back({.place = repeated.place,
                          .what = fmt::format("the key \"{}\" stands in line {} already, and this one counts",
                                              repeated.key, repeated.before.line),
                          .instead = "one of the two"});
  }
  return violations;
}

}  // namespace

constinit const Rule setting_out_of_range{
    .id = "setting-out-of-range",
    .severity = Severity::error,
    .sentence = "Each number is in the range that the service allows.",
    .why = "the service refuses it, so the earlier deployment stays in effect",
    .aws_page = "EventSourceMappingConfiguration",
    .violations_of_source = out_of_range,
};

constinit const Rule setting_of_another_source{
    .id = "setting-of-another-source",
    .severity = Severity::error,
    .sentence = "An event source has the settings of its kind of source alone.",
    .why =
        "the service refuses the event source mapping, so the earlier deployment stays in effect; or it "
        "ignores a setting that was meant to save records",
    .aws_page = "EventSourceMappingConfiguration",
    .violations_of_source = not_for_this_source,
};

constinit const Rule arn_needed{
    .id = "arn-needed",
    .severity = Severity::error,
    .sentence = "Sources, destinations and dead-letter queues are given by their ARNs.",
    .why =
        "the service refuses a URL, a name or the ARN of a table, so the earlier deployment stays in effect",
    .aws_page = "AWS::Lambda::EventSourceMapping",
    .violations_of_source = not_an_arn,
};

constinit const Rule source_not_given{
    .id = "source-not-given",
    .severity = Severity::error,
    .sentence = "An event source names the queue or stream that it reads.",
    .why = mapping_is_refused,
    .aws_page = "AWS::Lambda::EventSourceMapping",
    .violations_of_source = without_source,
};

constinit const Rule key_repeated{
    .id = "key-repeated",
    .severity = Severity::warning,
    .sentence = "A key stands once in its map.",
    .why = "CloudFormation and SAM CLI take the last one, and drop the others without a word",
    .aws_page = "CloudFormation template formats",
    .violations_of_all = keys_repeated,
};

}  // namespace batchproof::lint
