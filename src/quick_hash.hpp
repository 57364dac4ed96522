#pragma once

// A hash of texts, 8 bytes at a time.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// A quick hash. Anybody can find texts that collide, so its users must cope with many collisions.
inline std::uint64_t quick_hash(std::string_view text) noexcept {
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15U;
  constexpr std::size_t word_bytes = sizeof(std::uint64_t);
  std::uint64_t hash = text.size() * factor;
  const auto add = [&hash](const char* bytes, std::size_t count) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, count);
    hash = (hash ^ word) * factor;
    hash ^= hash >> 32U;
  };
  if (text.size() < word_bytes) {
    add(text.data(), text.size());
  } else {
    for (std::size_t at = 0; at + word_bytes < text.size(); at += word_bytes)
      add(text.data() + at, word_bytes);
    add(text.data() + text.size() - word_bytes, word_bytes);  // may overlap with the word before it
  }
  hash *= factor;  // once more, so that the last bytes reach the lowest bits too
  return hash ^ hash >> 32U;
}

}  // namespace batchproof::inline v0_1::detail
