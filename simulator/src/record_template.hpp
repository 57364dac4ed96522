#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::simulator {

/// The JSON of a record, cut at the places in which records of one payload differ, its gaps. The fixtures
/// write it once, and all records are copies of it.
class RecordTemplate {
 public:
  /// `first_mark` stands in the text for the first gap, the numbers behind it for the others; nine at most.
  RecordTemplate(std::string_view text, std::uint64_t first_mark);

  /// The record with a text for each gap.
  std::string fill(std::span<const std::string> texts) const;

 private:
  struct Piece {
    std::string before;
    std::size_t gap;
  };
  std::vector<Piece> pieces_{};
  std::string end_{};
};

/// A number that ends with 0. Neither it nor any that differs in the last digit stands in a payload, be it
/// written as base64.
std::uint64_t first_mark_for(const std::vector<std::string>& payloads);

/// A time that a stream's record shows as this mark.
std::chrono::milliseconds time_of_mark(std::uint64_t mark);

/// A time as streams write it: seconds, with a fraction where there is one.
void write_seconds(std::chrono::milliseconds since_1970, std::string& text);

}  // namespace batchproof::simulator
