#pragma once

// Marks in the text of a record, which its template has gaps for: numbers that no payload holds.
//
//     const Marks marks(payloads);
//     message.message_id = std::to_string(marks.first() + identifier);
//     const fixtures::TextTemplate json(to_case_record_without_fields(message).json, marks.texts());

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace batchproof::simulator {

/// Ten numbers in a row. No payload holds one, not even as base64.
class Marks {
 public:
  explicit Marks(const std::vector<std::string>& payloads);

  std::uint64_t first() const noexcept { return first_; }
  const std::vector<std::string>& texts() const noexcept { return texts_; }

 private:
  std::uint64_t first_;
  std::vector<std::string> texts_{};
};

/// The time that is this mark in a stream's record.
std::chrono::milliseconds time_of_mark(std::uint64_t mark);

/// Writes a time as streams do: seconds, with a fraction if it is not whole.
void write_seconds(std::chrono::milliseconds since_1970, std::string& text);

}  // namespace batchproof::simulator
