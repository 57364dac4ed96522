#pragma once

// Log events of CloudWatch Logs, compressed in the data of Kinesis records:
//
//   auto handler = bp::cloudwatch_logs([](const bp::LogEvent& event) { index(event.message()); });

#include <batchproof/detail/export.hpp>
#include <batchproof/envelopes/envelope_handler.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {

/// One log event of a CloudWatch Logs subscription (Amazon CloudWatch Logs user guide, "Subscription filters
/// with Amazon Kinesis Data Streams"). A copy shares the texts, which live as long as one of them.
class LogEvent {
 public:
  std::string_view id() const noexcept { return id_; }
  std::string_view message() const noexcept { return message_; }
  std::chrono::system_clock::time_point timestamp() const noexcept { return timestamp_; }
  std::string_view log_group() const noexcept { return batch_->log_group; }
  std::string_view log_stream() const noexcept { return batch_->log_stream; }
  std::string_view owner() const noexcept { return batch_->owner; }  ///< the account
  const std::vector<std::string>& subscription_filters() const noexcept {
    return batch_->subscription_filters;
  }

 private:
  friend std::vector<LogEvent> read_log_events(std::string_view data, std::size_t largest_bytes);

  /// The fields that the log events of one record share.
  struct Batch {
    std::string log_group;
    std::string log_stream;
    std::string owner;
    std::vector<std::string> subscription_filters;
  };

  std::string id_;
  std::string message_;
  std::chrono::system_clock::time_point timestamp_;
  std::shared_ptr<const Batch> batch_;
};

/// Uncompresses and reads the data of a subscription's record: its log events, or none for a message that
/// tests the destination. Throws `InnerRecordError` for any other data, and for more than `largest_bytes`.
BATCHPROOF_EXPORT std::vector<LogEvent> read_log_events(std::string_view data, std::size_t largest_bytes);

inline detail::InnerPayload inner_payload(const LogEvent& event) { return {"message", event.message()}; }

struct CloudWatchLogsOptions {
  /// Data that is larger when it is uncompressed fails its record, before more memory is taken.
  std::size_t largest_bytes = std::size_t{64} << 20U;
};

namespace detail {

struct LogEvents {
  using Inner = LogEvent;
  template <HasData Record>
  std::vector<LogEvent> open(const Record& record) const {
    return read_log_events(record.data(), options.largest_bytes);
  }
  static std::string place(std::size_t index) { return "log event " + std::to_string(index); }
  CloudWatchLogsOptions options{};
};

}  // namespace detail

/// A handler of Kinesis records, made of a handler of the log events in them. The first log event that fails
/// also fails its record, and the service delivers all log events of the record again. A message that tests
/// the destination succeeds without a call.
template <class Handler>
auto cloudwatch_logs(Handler&& handler, CloudWatchLogsOptions options = {}) {
  return detail::handle_envelopes<detail::LogEvents>(std::forward<Handler>(handler),
                                                     detail::LogEvents{options});
}

}  // namespace batchproof::inline v0_1
