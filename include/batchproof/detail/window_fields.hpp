#pragma once

// The event of a tumbling window. Not part of the public interface.

#include <batchproof/detail/export.hpp>
#include <batchproof/detail/record_types.hpp>
#include <batchproof/event.hpp>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// The fields of such an event beside its records, as raw JSON; empty where it is missing. It lives as long
/// as the payload.
struct WindowFields {
  std::string_view window;
  std::string_view state;
  std::string_view shard_id;
  std::string_view event_source_arn;
  std::string_view is_final;
  std::string_view is_terminated_early;
};

/// `borrow` that also reads these, in place of refusing the event of a window. For records of a stream.
template <class Record>
BATCHPROOF_EXPORT Event<Record> borrow_window(std::string_view payload, WindowFields& fields);

#define BATCHPROOF_INSTANTIATE(Record) \
  extern template Event<Record> borrow_window(std::string_view, WindowFields&);
BATCHPROOF_FOR_EACH_STREAM_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

}  // namespace batchproof::inline v0_1::detail
