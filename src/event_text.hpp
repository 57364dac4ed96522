#pragma once

// How an event's text is kept.

#include <atomic>
#include <batchproof/detail/record_head.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace batchproof::detail {

/// A string that is often asked for, and long: it is decoded once, without a heap allocation of its own, when
/// somebody first asks for it. Several threads may ask at once.
struct LazyText {
  Slice slice;
  std::uint32_t& state;  // begins as 0, accessed atomically
  std::uint32_t place;   // in the buffer of decoded texts
};

/// The payload, which nobody changes, and whatever was decoded from it. Everything is safe to call from
/// several threads; views live as long as this does. What throws, throws `RecordError`.
class EventText {
 public:
  /// Owns the payload.
  explicit EventText(std::string&& payload) noexcept : owned_(std::move(payload)), payload_(owned_) {}

  /// Borrows the payload, which must outlive this.
  explicit EventText(std::string_view payload) noexcept : payload_(payload) {}

  EventText(const EventText&) = delete;
  EventText& operator=(const EventText&) = delete;

  std::string_view payload() const noexcept { return payload_; }
  std::size_t size() const noexcept { return payload_.size(); }
  std::string_view raw(Slice slice) const noexcept { return {payload_.data() + slice.begin, slice.size}; }

  /// True when the value is missing or null.
  bool absent(Slice slice) const noexcept { return slice.size == 0 || raw(slice) == "null"; }

  /// A string without its quotes and escapes. Throws when it is missing or not a string.
  std::string_view string(Slice slice, Place place) const;

  /// The bytes of a base64 string.
  std::string_view bytes(Slice slice, Place place) const;

  std::string_view string(const LazyText& lazy, Place place) const;
  std::string_view bytes(const LazyText& lazy, Place place) const;

 private:
  enum class Encoding { json, base64 };
  std::string_view unescaped(Slice slice, Place place) const;
  std::string_view decode_into_map(Slice slice, Place place, Encoding encoding) const;
  std::string_view decode_once(const LazyText& lazy, Place place, Encoding encoding) const;
  std::uint32_t decode_into_buffer(const LazyText& lazy, Place place, Encoding encoding) const;
  char* decoded_buffer() const;

  std::string owned_;
  std::string_view payload_;

  // As large as the payload, made when a lazy text first needs it. Each has a place there, of the size of its
  // raw text, which is never shorter. Memory that is not written to costs nothing.
  mutable std::unique_ptr<char[]> owned_buffer_;  // guarded by the mutex
  mutable std::atomic<char*> buffer_ = nullptr;   // the same, for readers without the mutex

  mutable std::mutex decoded_mutex_;
  mutable std::unordered_map<std::uint32_t, std::string> decoded_;  // by the slice's begin; nodes never move
};

}  // namespace batchproof::detail
