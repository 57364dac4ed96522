#pragma once

// A batch after processing: the outcome of each record, and the response.
//
//   for (const auto& message : batch.messages()) log(message.record.item_identifier(), message.cause);
//   return batch.response().to_json();

#include <batchproof/batch_processing_error.hpp>
#include <batchproof/batch_response.hpp>
#include <batchproof/detail/export.hpp>
#include <batchproof/event.hpp>
#include <batchproof/status.hpp>
#include <cstddef>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {

/// One record with its outcome.
template <class Record, class Result = void>
struct ProcessedMessage {
  Status status = Status::failure;
  Record record;
  std::string cause{};             ///< empty on success; the reason of a settled one
  std::exception_ptr exception{};  ///< null on success
  std::optional<Result> result{};  ///< what the handler returned; nothing unless it succeeded
};

template <class Record>
struct ProcessedMessage<Record, void> {
  Status status = Status::failure;
  Record record;
  std::string cause{};
  std::exception_ptr exception{};
};

namespace detail {

/// Whether `left` is the smaller one of two decimal numbers of any length.
BATCHPROOF_EXPORT bool sequence_number_less(std::string_view left, std::string_view right) noexcept;

template <class Record>
inline constexpr IdentifierFormat identifier_format =
    std::is_same_v<Record, KafkaRecord> ? IdentifierFormat::json : IdentifierFormat::text;

/// The JSON of a response with these identifiers, each once, written from the views without a copy.
BATCHPROOF_EXPORT std::string encode_response(const std::vector<std::string_view>& failed_item_identifiers,
                                              IdentifierFormat format = IdentifierFormat::text);

/// For each partition the identifier of the record with the lowest offset, in the order in which the
/// partitions first appear.
BATCHPROOF_EXPORT std::vector<std::string> lowest_of_each_partition(
    const std::vector<const KafkaRecord*>& records);

/// A record that failed or was settled, with the reason.
struct RecordFailure {
  std::size_t record_index;
  Failure failure;
};

/// The outcomes of the records of a batch.
struct RecordOutcomes {
  std::vector<Status> statuses;         ///< by record
  std::vector<RecordFailure> failures;  ///< one for each that did not succeed, in the order of their ends
};

template <class Record, class Result>
class BatchBuilder;

/// True for the library's own processors that have `respond`. False for classes that derive from them, since
/// their own `process` decides.
template <class Processor>
inline constexpr bool responds_v = false;

}  // namespace detail

/// A batch after processing: the messages mirror the batch, record by record. It holds views of its event,
/// which must outlive it. Const access from several threads is safe.
template <class Record, class Result = void>
class [[nodiscard]] ProcessedBatch {
 public:
  using Message = ProcessedMessage<Record, Result>;

  /// One for each record, in batch order; records with equal identifiers have one each.
  const std::vector<Message>& messages() const& noexcept { return messages_; }
  const std::vector<Message>& messages() && = delete;  // batchproof: keep the batch in a variable

  /// The response of the function. Throws `BatchProcessingError` when every record failed and the processor
  /// was not set to answer by `raise_on_entire_batch_failure`, and `std::logic_error` when the batch was
  /// moved from.
  BatchResponse response() const {
    raise_if_all_failed();
    return BatchResponse(failed_item_identifiers(), detail::identifier_format<Record>);
  }

  /// `response().to_json()`, without the copies in between. Throws as `response` does.
  std::string to_json() const {
    raise_if_all_failed();
    return detail::encode_response(failed_item_identifiers(), detail::identifier_format<Record>);
  }

  /// The checkpoint, from which the service starts again: the lowest sequence number that failed, compared as
  /// a number of any length. Nothing when every record succeeded (AWS Lambda developer guide, "Configuring
  /// partial batch response with Kinesis Data Streams and Lambda"). EventBridge Pipes reads no checkpoint: it
  /// delivers the reported records again, and no others.
  std::optional<std::string> checkpoint() const requires is_stream_record_v<Record> {
    std::optional<std::string_view> lowest;
    for (const Message& message : messages_) {
      if (message.status != Status::failure) continue;
      const std::string_view failed = message.record.sequence_number();
      if (!lowest || detail::sequence_number_less(failed, *lowest)) lowest = failed;
    }
    return lowest ? std::optional<std::string>(*lowest) : std::nullopt;
  }

  /// The same for Kafka, which has a checkpoint in each partition: the identifier of its failed record with
  /// the lowest offset, such as `{"partition":"orders-0","offset":16}`, in the order in which partitions
  /// first failed. Empty when every record succeeded.
  std::vector<std::string> checkpoints() const requires std::is_same_v<Record, KafkaRecord> {
    std::vector<const KafkaRecord*> failed;
    for (const Message& message : messages_) {
      if (message.status == Status::failure) failed.push_back(&message.record);
    }
    return detail::lowest_of_each_partition(failed);
  }

 private:
  friend class detail::BatchBuilder<Record, Result>;

  /// Every record starts as failed, so that an interruption loses none.
  ProcessedBatch(const Event<Record>& event, bool raise_on_entire_batch_failure)
      : record_count_(event.size()), raise_on_entire_batch_failure_(raise_on_entire_batch_failure) {
    messages_.reserve(event.size());
    for (const Record& record : event.records()) messages_.push_back({.record = record});
  }

  std::vector<std::string_view> failed_item_identifiers() const {
    std::vector<std::string_view> failed;
    for (const Message& message : messages_) {
      if (message.status != Status::failure) continue;
      if (failed.empty()) failed.reserve(messages_.size());
      failed.push_back(message.record.item_identifier());
    }
    return failed;
  }

  bool must_raise() const noexcept {
    if (!raise_on_entire_batch_failure_ || messages_.empty()) return false;
    for (const Message& message : messages_) {
      if (message.status != Status::failure) return false;
    }
    return true;
  }

  // The throwing function has nothing to destroy, which makes the unwinding cheap.
  void raise_if_all_failed() const {
    if (messages_.size() != record_count_) throw moved_from();
    if (must_raise()) throw all_failed();
  }

  /// An answer without records would delete the whole batch.
  static std::logic_error moved_from() {
    return std::logic_error("the batch was moved from: ask the batch that it was moved to for the response");
  }

  BatchProcessingError all_failed() const {
    std::vector<std::exception_ptr> exceptions;
    std::vector<FailedRecord> records;
    for (const Message& message : messages_) {
      exceptions.push_back(message.exception);
      records.push_back({message.record.item_identifier(), message.cause});
    }
    return BatchProcessingError(std::move(exceptions), records,
                                BatchResponse(failed_item_identifiers(), detail::identifier_format<Record>));
  }

  std::vector<Message> messages_;
  std::size_t record_count_;  // stays when the messages are moved away
  bool raise_on_entire_batch_failure_;
};

namespace detail {

/// Makes a `ProcessedBatch`: the only class with access to its private members.
template <class Record, class Result>
class BatchBuilder {
 public:
  BatchBuilder(const Event<Record>& event, bool raise_on_entire_batch_failure)
      : batch_(event, raise_on_entire_batch_failure) {}

  /// Keeps what the handler returned. Several threads may call it for different records.
  template <class Value>
  void keep(std::size_t index, Value&& value) {
    if constexpr (!std::is_void_v<Result>) batch_.messages_[index].result.emplace(std::forward<Value>(value));
  }

  /// The batch, when every record has finished.
  ProcessedBatch<Record, Result> finish(RecordOutcomes&& outcomes) {
    for (std::size_t index = 0; index < outcomes.statuses.size(); ++index)
      batch_.messages_[index].status = outcomes.statuses[index];
    for (auto& [index, failure] : outcomes.failures) {
      auto& message = batch_.messages_[index];
      message.cause = std::move(failure.cause);
      message.exception = std::move(failure.exception);
      if constexpr (!std::is_void_v<Result>) message.result.reset();  // the success hook threw after it
    }
    return std::move(batch_);
  }

 private:
  ProcessedBatch<Record, Result> batch_;
};

}  // namespace detail
}  // namespace batchproof::inline v0_1
