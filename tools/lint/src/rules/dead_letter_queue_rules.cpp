// Rules about messages that fail again and again.

#include <fmt/core.h>

#include <algorithm>

#include "rules/all_rules.hpp"

namespace batchproof::lint {
namespace {

constexpr std::int64_t receives_advised = 5;
constexpr std::int64_t longest_retention = 1'209'600;

/// Null when the source is not a queue of the template, or has no dead-letter queue.
const DeadLetterQueue* dead_letters_of(const EventSource& source) {
  if (!source.queue || !source.queue->dead_letter_queue) return nullptr;
  return &*source.queue->dead_letter_queue;
}

Violations without_dead_letters(const EventSource& source) {
  if (!source.queue || !source.queue->has_dead_letter_queue.is(false)) return {};
  const std::string own =
      source.has_unused_dead_letter_queue()
          ? fmt::format("; that of {} itself gets no records of an event source", source.function.name)
          : "";
  return {Violation{
      .place = source.queue->place,
      .what = fmt::format("{} has no dead-letter queue{}", source.queue->name, own),
      .instead =
          source.queue->is_made_by_sam
              ? "SqsSubscription: {QueueArn: ..., QueueUrl: ...}, a queue of your own with a RedrivePolicy"
              : "RedrivePolicy: {deadLetterTargetArn: !GetAtt DeadLetterQueue.Arn, maxReceiveCount: 5}"}};
}

Violations its_own_dead_letters(const EventSource& source) {
  const DeadLetterQueue* const dead_letters = dead_letters_of(source);
  if (dead_letters == nullptr || !dead_letters->is_the_source) return {};
  return {Violation{.place = dead_letters->place,
                    .what = fmt::format("{} is its own dead-letter queue", source.queue->name),
                    .instead = "deadLetterTargetArn: the ARN of another queue, which no function reads"}};
}

Violations other_kind_of_dead_letters(const EventSource& source) {
  const DeadLetterQueue* const dead_letters = dead_letters_of(source);
  const bool is_known = dead_letters != nullptr && source.fifo.is_known() && dead_letters->fifo.is_known();
  if (!is_known || source.fifo.value == dead_letters->fifo.value) return {};
  const auto kind = [](bool fifo) { return fifo ? "a FIFO queue" : "a standard queue"; };
  return {Violation{
      .place = dead_letters->place,
      .what = fmt::format("{} is {}, and its dead-letter queue {} is {}", source.queue->name,
                          kind(source.fifo.value), dead_letters->name, kind(dead_letters->fifo.value)),
      .instead = fmt::format("deadLetterTargetArn: the ARN of {}", kind(source.fifo.value))}};
}

/// A FIFO queue restarts the retention of a message that it gets from another queue.
Violations dead_letters_expire_early(const EventSource& source) {
  const DeadLetterQueue* const dead_letters = dead_letters_of(source);
  if (dead_letters == nullptr || !source.fifo.is(false) || dead_letters->is_the_source) return {};
  const Setting<std::int64_t>& own = source.queue->retention;
  const Setting<std::int64_t>& theirs = dead_letters->retention;
  const bool is_long_enough = theirs.value > own.value || theirs.value >= longest_retention;
  if (!own.is_known() || !theirs.is_known() || is_long_enough) return {};
  return {Violation{
      .place = theirs.place_or(dead_letters->place),
      .what =
          fmt::format("{} keeps messages for {} s, and {} for {} s, both counted from when they were sent",
                      dead_letters->name, theirs.value, source.queue->name, own.value),
      .instead = fmt::format("MessageRetentionPeriod: {} in {}", longest_retention, dead_letters->name)}};
}

Violations few_receives(const EventSource& source) {
  const DeadLetterQueue* const dead_letters = dead_letters_of(source);
  const bool breaks = dead_letters != nullptr && dead_letters->max_receive_count.is_known() &&
                      dead_letters->max_receive_count.value < receives_advised;
  if (!breaks) return {};
  return {Violation{.place = dead_letters->max_receive_count.place_or(dead_letters->place),
                    .what = fmt::format("maxReceiveCount of {} is {}", source.queue->name,
                                        dead_letters->max_receive_count.value),
                    .instead = fmt::format("maxReceiveCount: {}", receives_advised)}};
}

Violations expires_before_it_is_a_dead_letter(const EventSource& source) {
  const DeadLetterQueue* const dead_letters = dead_letters_of(source);
  if (dead_letters == nullptr) return {};
  const SourceQueue& queue = *source.queue;
  if (!queue.retention.is_known() || !queue.visibility_timeout.is_known() ||
      !dead_letters->max_receive_count.is_known()) {
    return {};
  }
  // A count or timeout that the service refuses must not overflow.
  constexpr std::int64_t largest = 1'000'000;
  const std::int64_t visibility = std::clamp<std::int64_t>(queue.visibility_timeout.value, 0, largest);
  const std::int64_t receives = std::clamp<std::int64_t>(dead_letters->max_receive_count.value, 0, largest);
  const std::int64_t needed = visibility * receives;
  if (queue.retention.value >= needed) return {};
  return {Violation{
      .place = queue.retention.place_or(queue.place),
      .what = fmt::format("{} keeps messages for {} s, and {} receives of {} s each take {} s", queue.name,
                          queue.retention.value, receives, visibility, needed),
      .instead = needed < longest_retention
                     ? fmt::format("MessageRetentionPeriod: more than {}", needed)
                     : fmt::format("maxReceiveCount: at most {}, since a queue keeps messages for {} s at "
                                   "most",
                                   longest_retention / visibility, longest_retention)}};
}

}  // namespace

constinit const Rule no_dead_letter_queue{
    .id = "no-dead-letter-queue",
    .severity = Severity::error,
    .sentence = "The queue that the function reads has a dead-letter queue.",
    .why =
        "a message that always fails is tried until its retention ends, and is then deleted; of a FIFO queue "
        "it holds back its group until then",
    .aws_page = "Using dead-letter queues in Amazon SQS",
    .violations_of_source = without_dead_letters,
};

constinit const Rule dead_letter_queue_is_the_source{
    .id = "dead-letter-queue-is-the-source",
    .severity = Severity::error,
    .sentence = "A queue is not its own dead-letter queue.",
    .why = "a message that always fails is moved to where it came from, and is handled without end",
    .aws_page = "Using dead-letter queues in Amazon SQS",
    .violations_of_source = its_own_dead_letters,
};

constinit const Rule dead_letter_queue_kind{
    .id = "dead-letter-queue-kind",
    .severity = Severity::error,
    .sentence =
        "The dead-letter queue of a FIFO queue is a FIFO queue, that of a standard queue a standard one.",
    .why = "the service refuses it, and a message that always fails goes nowhere",
    .aws_page = "Configure a dead-letter queue using the Amazon SQS console",
    .violations_of_source = other_kind_of_dead_letters,
};

constinit const Rule dead_letter_queue_retention{
    .id = "dead-letter-queue-retention",
    .severity = Severity::warning,
    .sentence = "A standard dead-letter queue keeps messages for longer than the queue that they come from.",
    .why =
        "a message that spent days in the queue is deleted from the dead-letter queue that much earlier, "
        "perhaps before anybody looked",
    .aws_page = "Setting-up dead-letter queue retention in Amazon SQS",
    .violations_of_source = dead_letters_expire_early,
};

constinit const Rule max_receive_count_too_low{
    .id = "max-receive-count-too-low",
    .severity = Severity::warning,
    .sentence = "A message is received at least five times before it becomes a dead letter.",
    .why = "a receive that was throttled counts too: messages become dead letters that were hardly tried",
    .aws_page = "Creating and configuring an Amazon SQS event source mapping",
    .violations_of_source = few_receives,
};

constinit const Rule retention_too_short{
    .id = "retention-too-short",
    .severity = Severity::warning,
    .sentence = "The queue keeps a message until it was received as often as it may be.",
    .why = "a message that fails is deleted before it becomes a dead letter",
    .aws_page = "Setting-up dead-letter queue retention in Amazon SQS",
    .violations_of_source = expires_before_it_is_a_dead_letter,
};

}  // namespace batchproof::lint
