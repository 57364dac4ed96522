#pragma once

#include <batchproof/detail/ordering_keys.hpp>
#include <batchproof/detail/text_numbers.hpp>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace batchproof::inline v0_1::detail {

/// The ordering keys of a batch, from the text that `read_key(record)` returns. The text must live until this
/// returns; a record without one runs alone.
template <class Record, class ReadKey>
OrderingKeys ordering_keys_by(const Event<Record>& event, ReadKey&& read_key) {
  TextNumbers numbers(event.size());
  OrderingKeys keys;
  keys.reserve(event.size());
  for (const Record& record : event.records()) {
    const std::optional<std::string_view> key = read_key(record);
    keys.push_back(key ? std::optional(numbers.number(*key)) : std::nullopt);
  }
  return keys;
}

/// The same for a `read_key` that returns an optional `std::string`.
template <class Record, class ReadKey>
OrderingKeys ordering_keys_by_made(const Event<Record>& event, ReadKey&& read_key) {
  std::deque<std::string> keys;  // never move
  return ordering_keys_by(event, [&](const Record& record) -> std::optional<std::string_view> {
    auto key = read_key(record);
    return key ? std::optional<std::string_view>(keys.emplace_back(std::move(*key))) : std::nullopt;
  });
}

/// Appends a part of a key with its size, so that two different keys never give the same text.
inline void append_with_size(std::string& text, std::string_view part) {
  text += std::to_string(part.size());
  text += ':';
  text += part;
}

}  // namespace batchproof::inline v0_1::detail
