#pragma once

// Stores an event's text and the fields that are decoded from it:
//
//     text_->string(fields()[KinesisField::event_id], {fields_->place_number, "eventID"});
//     text_->bytes(fields().lazy(KinesisField::data), {fields_->place_number, "kinesis/data"});

#include <array>
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

namespace batchproof::inline v0_1::detail {

/// A long string that is read often. It is decoded once, without a heap allocation of its own, on the first
/// read. Several threads may read it at once.
struct LazyText {
  Slice slice;
  std::uint32_t& state;  // begins as 0, accessed atomically
  std::uint32_t place;   // in the buffer of decoded texts
};

/// The payload, which never changes, and all text that is decoded from it. Safe to call from several threads;
/// views live as long as this object. Its functions throw no error but `RecordError`.
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
  std::string_view string(Slice slice, const Place& place) const;

  /// The bytes of a base64 string.
  std::string_view bytes(Slice slice, const Place& place) const;

  std::string_view string(const LazyText& lazy, const Place& place) const;
  std::string_view bytes(const LazyText& lazy, const Place& place) const;

  /// The place in the buffer for another lazy text, which has this raw text. To be called before anything is
  /// read. Throws `Malformed` when the places take more than 4 GiB.
  std::uint32_t add_place(Slice slice);

 private:
  enum class Encoding { json, base64 };
  std::string_view unescaped(Slice slice, const Place& place) const;
  std::string_view decode_into_map(Slice slice, const Place& place, Encoding encoding) const;
  template <Encoding encoding>
  std::string_view decode_once(const LazyText& lazy, const Place& place) const;
  template <Encoding encoding>
  std::size_t decode_into_buffer(const LazyText& lazy, const Place& place) const;
  std::size_t readable_behind(Slice slice) const noexcept {
    return payload_.size() - slice.begin - slice.size;
  }
  char* decoded_buffer() const {
    return buffer_size_ <= small_buffer_.size() ? small_buffer_.data() : large_buffer();
  }
  char* large_buffer() const;

  std::string owned_;
  std::string_view payload_;

  // Each lazy text has a place in a buffer: as large as its raw text, which is never shorter, and the padding
  // that unescaping needs. A small batch has its buffer here; a larger one allocates it on the first read of
  // a lazy text. Memory that is never written to costs nothing.
  std::size_t buffer_size_ = 0;
  mutable std::array<char, 4096> small_buffer_;
  mutable std::unique_ptr<char[]> owned_buffer_;       // guarded by the mutex
  mutable std::atomic<char*> large_buffer_ = nullptr;  // the same, for readers without the mutex

  mutable std::mutex decoded_mutex_;
  mutable std::unordered_map<std::uint32_t, std::string> decoded_;  // by the slice's begin; nodes never move
};

}  // namespace batchproof::inline v0_1::detail
