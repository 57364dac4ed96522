#include "event_text.hpp"

#include <atomic>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/errors.hpp>
#include <limits>
#include <thread>

#include "base64.hpp"
#include "structural_index.hpp"
#include "unescape.hpp"

namespace batchproof::inline v0_1::detail {
namespace {

enum State : std::uint32_t { untouched, being_decoded, decoded };

[[noreturn]] void fail(const std::string& what_was_wrong, const Place& place) {
  throw RecordError(what_was_wrong, place.json_pointer());
}

[[noreturn]] void fail_escape(const Place& place) {
  fail("not a valid JSON string: an escape is not valid", place);
}

/// The text between the quotes of a string that may hold escapes.
inline std::string_view inside_quotes(std::string_view raw, const Place& place) {
  if (raw.empty()) fail("missing", place);
  if (raw.front() != '"' || raw.back() != '"') {
    fail("a string expected, found " + excerpt(raw, 40), place);
  }
  return raw.substr(1, raw.size() - 2);
}

std::size_t size_of_base64(std::string_view text, const Place& place) {
  const auto size = base64_size(text);
  if (!size) fail("not valid base64: " + excerpt(text, 40), place);
  return *size;
}

}  // namespace

std::string Place::json_pointer() const {
  if ((number & in_data) != 0)
    return Place{number & ~in_data, "kinesis/data"}.json_pointer() + '/' + std::string(path);
  if ((number & in_array) != 0) {
    constexpr std::string_view inner = "kinesis/";  // Pipes writes these fields into the record itself
    const std::string pointer = '/' + std::to_string(number - in_array);
    const std::string_view field = path.starts_with(inner) ? path.substr(inner.size()) : path;
    return field.empty() ? pointer : pointer + '/' + std::string(field);
  }
  std::string pointer = list.data() == nullptr ? "/Records" : "/records/";
  for (const char character : list) {  // escaped as in RFC 6901, section 3
    if (character == '~') {
      pointer += "~0";
    } else if (character == '/') {
      pointer += "~1";
    } else {
      pointer += character;
    }
  }
  pointer.append("/").append(std::to_string(number));
  return path.empty() ? pointer : pointer.append("/").append(path);
}

std::string_view EventText::string(Slice slice, const Place& place) const {
  const std::string_view inside = inside_quotes(raw(slice), place);
  return has_escapes(inside) ? decode_into_map(slice, place, Encoding::json) : inside;
}

std::string_view EventText::bytes(Slice slice, const Place& place) const {
  return inside_quotes(raw(slice), place).empty() ? std::string_view()
                                                  : decode_into_map(slice, place, Encoding::base64);
}

/// Without quotes and escapes. When there are escapes, the view lives until the next call in the same thread.
std::string_view EventText::unescaped(Slice slice, const Place& place) const {
  const std::string_view inside = inside_quotes(raw(slice), place);
  if (!has_escapes(inside)) return inside;
  const auto text = unescape(raw(slice), readable_behind(slice));
  if (!text) fail_escape(place);
  return *text;
}

std::string_view EventText::decode_into_map(Slice slice, const Place& place, Encoding encoding) const {
  const std::lock_guard lock(decoded_mutex_);
  if (const auto known = decoded_.find(slice.begin); known != decoded_.end()) return known->second;
  const std::string_view text = unescaped(slice, place);
  std::string result;
  if (encoding == Encoding::base64) {
    result.resize(size_of_base64(text, place));
    decode_base64(text, result.data());
  } else {
    result = text;
  }
  return decoded_.emplace(slice.begin, std::move(result)).first->second;
}

std::uint32_t EventText::add_place(Slice slice) {
  const std::size_t place = buffer_size_;
  buffer_size_ += slice.size + unescape_padding;
  if (buffer_size_ > std::numeric_limits<std::uint32_t>::max())
    throw Malformed("the texts of the records are over 4 GiB");
  return static_cast<std::uint32_t>(place);
}

char* EventText::large_buffer() const {
  if (char* const made = large_buffer_.load(std::memory_order_acquire)) return made;
  const std::lock_guard lock(decoded_mutex_);
  if (!owned_buffer_) {
    owned_buffer_ = std::make_unique_for_overwrite<char[]>(buffer_size_);
    large_buffer_.store(owned_buffer_.get(), std::memory_order_release);
  }
  return owned_buffer_.get();
}

/// Decodes into the buffer where that is needed; returns the size.
template <EventText::Encoding encoding>
inline std::size_t EventText::decode_into_buffer(const LazyText& lazy, const Place& place) const {
  if constexpr (encoding == Encoding::base64) {
    const std::string_view text = unescaped(lazy.slice, place);
    const std::size_t size = size_of_base64(text, place);
    decode_base64(text, decoded_buffer() + lazy.place);
    return size;
  } else {
    const std::string_view inside = inside_quotes(raw(lazy.slice), place);
    if (!has_escapes(inside)) return inside.size();
    const std::size_t size =
        unescape_into(decoded_buffer() + lazy.place, raw(lazy.slice), readable_behind(lazy.slice));
    if (size == invalid_escape) fail_escape(place);
    return size;
  }
}

// The thread that moves the state from untouched to being_decoded decodes; all others wait. The decoded size
// goes into the state itself. A string without escapes, recognised by its size, needs no decoding and stays
// in the payload.
template <EventText::Encoding encoding>
inline std::string_view EventText::decode_once(const LazyText& lazy, const Place& place) const {
  const std::atomic_ref<std::uint32_t> state(lazy.state);
  std::uint32_t seen = state.load(std::memory_order_acquire);
  while (seen < decoded) {
    if (seen == being_decoded) {
      std::this_thread::yield();
      seen = state.load(std::memory_order_acquire);
    } else if (state.compare_exchange_weak(seen, being_decoded, std::memory_order_acquire)) {
      try {
        seen = decoded + static_cast<std::uint32_t>(decode_into_buffer<encoding>(lazy, place));
      } catch (...) {
        state.store(untouched, std::memory_order_release);
        throw;
      }
      state.store(seen, std::memory_order_release);
    }
  }
  const std::size_t size = seen - decoded;
  const bool is_in_payload = encoding == Encoding::json && size == lazy.slice.size - 2;
  return {is_in_payload ? payload_.data() + lazy.slice.begin + 1 : decoded_buffer() + lazy.place, size};
}

std::string_view EventText::string(const LazyText& lazy, const Place& place) const {
  return decode_once<Encoding::json>(lazy, place);
}

std::string_view EventText::bytes(const LazyText& lazy, const Place& place) const {
  return decode_once<Encoding::base64>(lazy, place);
}

}  // namespace batchproof::inline v0_1::detail
