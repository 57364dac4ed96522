#pragma once

#include <batchproof/detail/ordering_keys.hpp>
#include <batchproof/detail/text_numbers.hpp>
#include <optional>
#include <string_view>
#include <utility>

namespace batchproof::detail {

/// The ordering keys of a batch, by the text that `read_key(record)` returns. The text must live until this
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

}  // namespace batchproof::detail
