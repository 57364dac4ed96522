#pragma once

// Does what failed records ask for. Not part of the public interface.

#include <batchproof/detail/record_types.hpp>
#include <batchproof/queue_actions.hpp>
#include <batchproof/status.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace batchproof::detail {

/// The text behind a record.
struct RecordText {
  template <class Record>
  static std::string_view payload(const Record& record) noexcept {
    return record.text_->payload();
  }
};

/// The record for the dead-letter queue. Throws `RecordError` for attributes that cannot be read.
template <class Record>
DeadLetterMessage dead_letter_message(const Record& record, std::string_view reason);

/// Settles a record that asks for it. Returns nothing when it is settled, and otherwise its failure: the one
/// given, or one that also says why it could not be settled.
template <class Record>
std::optional<Failure> settle_request(const Record& record, const Failure& failure,
                                      const QueueActions& actions);

#define BATCHPROOF_DECLARE(Record)                                                        \
  extern template DeadLetterMessage dead_letter_message(const Record&, std::string_view); \
  extern template std::optional<Failure> settle_request(const Record&, const Failure&, const QueueActions&);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_DECLARE)
#undef BATCHPROOF_DECLARE

/// When the message shall become visible again; nothing when the queue decides.
std::optional<std::chrono::seconds> retry_delay(const SqsRecord& record, const Failure& failure,
                                                const QueueActions& actions);

/// Changes of visibility that the failures of a batch ask for. One thread at a time.
template <class Message>
class Retries {
 public:
  void add(Message& message, const Failure& failure, std::chrono::seconds delay) {
    messages_.push_back(&message);
    failures_.push_back(failure);
    changes_.push_back({.record = message.record, .delay = delay});
  }

  /// Makes the changes, then calls `fail(message, failure)` for each of the messages.
  template <class Fail>
  void make(const QueueActions& actions, Fail&& fail);

 private:
  std::vector<Message*> messages_;
  std::vector<Failure> failures_;
  std::vector<VisibilityChange> changes_;
};

/// Makes the changes, and notes in the failures, one for each change, which of them failed.
void change_visibility(const QueueActions& actions, std::vector<VisibilityChange>& changes,
                       std::vector<Failure>& failures);

template <class Message>
template <class Fail>
void Retries<Message>::make(const QueueActions& actions, Fail&& fail) {
  if (messages_.empty()) return;
  change_visibility(actions, changes_, failures_);
  for (std::size_t index = 0; index < messages_.size(); ++index) fail(*messages_[index], failures_[index]);
  messages_.clear();
}

}  // namespace batchproof::detail
