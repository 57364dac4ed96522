#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::simulator {

/// The JSON of a record, cut at its gaps: the places in which records of one payload differ. The fixtures
/// write it once, and all records are copies of it. Unlike the generators' template it has no fields to fill,
/// and writes into a string that is used again.
class RecordTemplate {
 public:
  /// `first_mark` marks the first gap in the text, the numbers after it the others; nine at most.
  RecordTemplate(std::string_view text, std::uint64_t first_mark);

  /// Replaces the string by the record, with a text for each gap.
  void fill(std::span<const std::string_view> texts, std::string& json) const;

 private:
  struct Piece {
    std::string before;
    std::size_t gap;
  };
  std::vector<Piece> pieces_{};
  std::string end_{};
};

/// A number that ends with 0. No payload holds it, or any number that differs only in the last digit, not
/// even as base64.
std::uint64_t first_mark_for(const std::vector<std::string>& payloads);

/// The time that is this mark in a stream's record.
std::chrono::milliseconds time_of_mark(std::uint64_t mark);

/// Writes a time as streams do: seconds, with a fraction if it is not whole.
void write_seconds(std::chrono::milliseconds since_1970, std::string& text);

}  // namespace batchproof::simulator
