#pragma once

// A check that decoding refuses a whole event, at a place, before any handler runs.

#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <cstddef>
#include <optional>
#include <string>

namespace batchproof {

/// Expects that the whole event is refused at this place and that no handler ran; returns what the error
/// says.
template <class Record>
std::string refusal_of(const std::string& payload, std::optional<std::size_t> record_index,
                       const std::string& json_pointer) {
  int handled = 0;
  std::string what;
  try {
    static_cast<void>(process_partial_response(
        payload, [&](const Record&) { ++handled; }, BatchProcessor<Record>{}));
    ADD_FAILURE() << "accepted: " << payload.substr(0, 400);
  } catch (const EventError& error) {
    EXPECT_EQ(error.record_index(), record_index) << error.what();
    EXPECT_EQ(error.json_pointer(), json_pointer) << error.what();
    what = error.what();
  }
  EXPECT_EQ(handled, 0);
  return what;
}

}  // namespace batchproof
