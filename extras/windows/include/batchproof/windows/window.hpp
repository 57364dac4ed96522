#pragma once

#include <batchproof/detail/export.hpp>
#include <batchproof/detail/window_fields.hpp>
#include <chrono>
#include <string>

namespace batchproof::inline v0_1 {

/// A tumbling window, as one invocation sees it (AWS Lambda developer guide, "Using Lambda to process records
/// from Amazon Kinesis Data Streams", "Tumbling windows"). It owns its texts.
struct Window {
  std::chrono::system_clock::time_point start{};
  std::chrono::system_clock::time_point end{};
  std::string shard_id{};          ///< empty when the event has none
  std::string event_source_arn{};  ///< the same

  /// The window's last invocation: Lambda drops the state after it.
  bool is_final = false;

  /// The state has grown too large, and Lambda ended the window early: the next invocations have a window
  /// with the same start and a new state.
  bool is_terminated_early = false;
};

namespace detail {

/// Throws `EventError` when the fields are missing or cannot be read.
BATCHPROOF_EXPORT Window read_window(const WindowFields& fields);

}  // namespace detail
}  // namespace batchproof::inline v0_1
