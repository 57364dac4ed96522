#pragma once

// Marks in the text of a record, which its template has gaps for: numbers that no payload holds.
//
//     const std::uint64_t mark = first_mark(payloads);
//     message.message_id = std::to_string(mark + identifier);
//     const fixtures::TextTemplate json(to_case_record_without_fields(message).json, texts_of_marks(mark));

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace batchproof::simulator {

/// The first of ten numbers in a row. No payload holds one of them, not even as base64.
std::uint64_t first_mark(const std::vector<std::string>& payloads);

/// All ten, from the first.
std::vector<std::string> texts_of_marks(std::uint64_t first);

/// The time that is this mark in a stream's record.
std::chrono::milliseconds time_of_mark(std::uint64_t mark);

/// Writes a time as streams do: seconds, with a fraction if it is not whole.
void write_seconds(std::chrono::milliseconds since_1970, std::string& text);

}  // namespace batchproof::simulator
