#pragma once

// The errors of the library: of an event, of a field, of a record that was not handled, and of a batch.
//
//   catch (const bp::EventError& error) { log(error.json_pointer(), error.what()); }

#include <batchproof/detail/export.hpp>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>

namespace batchproof::inline v0_1 {

/// The event cannot be processed at all, and no record handler has run: the payload is not JSON, `Records` is
/// missing, a record has no identifier that a failure could be reported by, or the event is another source's.
/// Let it leave the function: the invocation then fails and the service delivers the whole batch again.
///
/// Thrown by `decode` and `process_partial_response`; by the `process` of processors of `SqsRecord` that do
/// not keep the order of a FIFO queue, for such a queue's event.
class BATCHPROOF_EXPORT EventError : public std::runtime_error {
 public:
  EventError(const std::string& what_was_wrong, std::optional<std::size_t> record_index,
             std::string json_pointer);

  /// The position in the event, where the error is about one record.
  std::optional<std::size_t> record_index() const noexcept { return record_index_; }

  /// The place in the payload, an RFC 6901 JSON pointer such as "/Records/17/messageId"; "" is the whole
  /// payload.
  const std::string& json_pointer() const noexcept { return json_pointer_; }

 private:
  std::optional<std::size_t> record_index_;
  std::string json_pointer_;
};

/// One field of one record cannot be read: invalid base64, a number out of range, or a missing field that AWS
/// always sends. The accessors of records throw it, so that, unless the handler catches it, it fails that
/// record and no other.
class BATCHPROOF_EXPORT RecordError : public std::runtime_error {
 public:
  RecordError(const std::string& what_was_wrong, std::string json_pointer);

  /// The place in the payload, such as "/Records/3/kinesis/data".
  const std::string& json_pointer() const noexcept { return json_pointer_; }

 private:
  std::string json_pointer_;
};

/// A handler returned an outcome that holds an error; `what()` is that error as text.
class BATCHPROOF_EXPORT HandlerOutcomeError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The cause of a record whose handler was never called, so that nothing is known to be wrong with the
/// record. It is delivered again like one that failed.
class BATCHPROOF_EXPORT NotHandledError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An earlier record failed, and the order forbids handling this one.
class BATCHPROOF_EXPORT CircuitBreakerError : public NotHandledError {
 public:
  using NotHandledError::NotHandledError;
};

/// SQS FIFO: an earlier message of the batch failed.
class BATCHPROOF_EXPORT SqsFifoCircuitBreakerError : public CircuitBreakerError {
 public:
  using CircuitBreakerError::CircuitBreakerError;
};

/// SQS FIFO with `skip_group_on_error`: an earlier message of the same message group failed.
class BATCHPROOF_EXPORT SqsFifoMessageGroupCircuitBreakerError : public CircuitBreakerError {
 public:
  using CircuitBreakerError::CircuitBreakerError;
};

/// Kinesis and DynamoDB Streams with `stop_on_first_failure`: an earlier record failed. Kafka: one of its
/// partition did.
class BATCHPROOF_EXPORT StreamCircuitBreakerError : public CircuitBreakerError {
 public:
  using CircuitBreakerError::CircuitBreakerError;
};

/// The function's deadline was near; `what()` names the time that was left and the processor's reserve.
class BATCHPROOF_EXPORT DeadlineReachedError : public NotHandledError {
 public:
  using NotHandledError::NotHandledError;
};

}  // namespace batchproof::inline v0_1
