// Processors that carry out the requests of their handlers, but wrongly:
//
//     broken_requests("sends_twice", "Each dead letter is sent twice.", "dead-letter", {.send = send_twice});

#include <batchproof/failure_request.hpp>
#include <batchproof/queue_actions.hpp>
#include <chrono>
#include <map>
#include <utility>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

/// A processor of requests, in replaceable steps.
struct RequestSteps {
  Source source = sqs;
  ProcessorClaims claims{.meets_requests = true};

  /// Sends a dead letter; throws when the queue did not take it.
  void (*send)(const QueueActions& actions, const DeadLetterMessage& message) =
      [](const QueueActions& actions, const DeadLetterMessage& message) {
        actions.send_dead_letter(message);
      };

  /// The position of the message that gets the delay requested by the message at this position.
  std::size_t (*delayed)(std::size_t index, std::size_t count) = [](std::size_t index, std::size_t) {
    return index;
  };
  std::chrono::seconds (*changed)(std::chrono::seconds delay) = [](std::chrono::seconds delay) {
    return delay;
  };
  bool delays_free_the_group = false;
  bool sends_last = false;  ///< after all records were handled
};

DeadLetterMessage letter_of(const Message& message, const std::string& reason) {
  return {.item_identifier = message.identifier,
          .body = message.text,
          .message_group_id = message.group ? std::optional<std::string_view>(*message.group) : std::nullopt,
          .reason = reason};
}

/// One batch of such a processor.
class RequestBatch {
 public:
  RequestBatch(const RequestSteps& steps, std::string_view payload, RecordProbe& probe)
      : steps_(steps),
        probe_(probe),
        actions_(probe.actions()),
        event_(decode<SqsRecord>(payload)),
        messages_(read_messages(payload, steps.source)) {}

  std::string answer() {
    const IsStopped is_stopped = right_order(steps_.source, steps_.claims);
    for (std::size_t index = 0; index < messages_.size(); ++index) {
      if (!is_stopped(messages_, index)) handle_one(index);
    }
    for (const auto& [index, reason] : letters_) messages_[index].failed = !try_send(index, reason);
    for (const std::size_t index : reported_) messages_[index].failed = true;
    if (!changes_.empty()) actions_.change_visibility(changes_);
    return response_of(failed_identifiers(messages_));
  }

 private:
  void handle_one(std::size_t index) {
    Message& message = messages_[index];
    try {
      probe_(message.identifier);
      message.failed = false;
    } catch (const Drop&) {
      message.failed = false;
    } catch (const DeadLetter& letter) {
      if (steps_.sends_last) {
        letters_[index] = letter.what();
        message.failed = false;
      } else {
        message.failed = !try_send(index, letter.what());
      }
    } catch (const RetryAfter& retry) {
      delay(index, retry.delay());
    } catch (...) {
      message.failed = true;
    }
  }

  bool try_send(std::size_t index, const std::string& reason) {
    try {
      steps_.send(actions_, letter_of(messages_[index], reason));
      return true;
    } catch (...) {
      return false;
    }
  }

  void delay(std::size_t index, std::chrono::seconds delay) {
    const std::size_t delayed = steps_.delayed(index, messages_.size());
    changes_.push_back({event_.records()[delayed], steps_.changed(delay)});
    messages_[index].failed = !steps_.delays_free_the_group;
    if (steps_.delays_free_the_group) reported_.push_back(index);
  }

  const RequestSteps& steps_;
  RecordProbe& probe_;
  QueueActions actions_;
  Event<SqsRecord> event_;
  Messages messages_;
  std::map<std::size_t, std::string> letters_;
  std::vector<std::size_t> reported_;
  std::vector<VisibilityChange> changes_;
};

BrokenProcessor broken_requests(std::string name, std::string fault, std::string law, RequestSteps steps) {
  return broken_processor(
      std::move(name), std::move(fault), std::move(law), steps.source,
      [steps](std::string_view payload, RecordProbe& probe) {
        return RequestBatch(steps, payload, probe).answer();
      },
      steps.claims);
}

void ignore_the_queues_refusal(const QueueActions& actions, const DeadLetterMessage& message) {
  try {
    actions.send_dead_letter(message);
  } catch (...) {  // treats it as sent
  }
}

void send_twice(const QueueActions& actions, const DeadLetterMessage& message) {
  actions.send_dead_letter(message);
  actions.send_dead_letter(message);
}

void send_without_reason(const QueueActions& actions, DeadLetterMessage message) {
  message.reason = "failed";
  actions.send_dead_letter(message);
}

}  // namespace

std::vector<BrokenProcessor> faulty_requests() {
  const ProcessorClaims by_group{.skip_group_on_error = true, .meets_requests = true};
  return {
      broken_requests("counts_as_sent_before_it_is", "A dead letter that the queue refused counts as done.",
                      "nothing-lost", {.send = ignore_the_queues_refusal}),
      broken_requests("sends_twice", "Each dead letter is sent twice.", "dead-letter", {.send = send_twice}),
      broken_requests(
          "loses_the_reason", "Every dead letter has the same reason.", "dead-letter",
          {.send = [](const QueueActions& actions,
                      const DeadLetterMessage& message) { send_without_reason(actions, message); }}),
      broken_requests(
          "sends_at_the_end",
          "Dead letters are sent at the end, when later messages of their group have been handled.",
          "dead-letter", {.source = sqs_fifo, .claims = by_group, .sends_last = true}),
      broken_requests("lets_a_delay_be_overtaken",
                      "The group of a message that asked for a retry does not wait for it.", "skip-the-group",
                      {.source = sqs_fifo, .claims = by_group, .delays_free_the_group = true}),
      broken_requests("delays_the_next_message",
                      "The delay is given to the message after the one that asked.", "retry-later",
                      {.delayed = [](std::size_t index, std::size_t count) { return (index + 1) % count; }}),
      broken_requests("takes_seconds_for_minutes", "Each delay is sixty times as long as it was asked for.",
                      "retry-later", {.changed = [](std::chrono::seconds delay) { return delay * 60; }}),
  };
}

}  // namespace batchproof::zoo::broken
