#include "event_text.hpp"

#include <atomic>
#include <batchproof/errors.hpp>
#include <cstring>

#include "base64.hpp"
#include "excerpt.hpp"
#include "unescape.hpp"

namespace batchproof::detail {
namespace {

enum State : std::uint32_t { untouched, being_decoded, decoded };

[[noreturn]] void fail(const std::string& what_was_wrong, Place place) {
  throw RecordError(what_was_wrong, place.json_pointer());
}

/// The text between the quotes of a string that may hold escapes.
std::string_view inside_quotes(std::string_view raw, Place place) {
  if (raw.empty()) fail("missing", place);
  if (raw.front() != '"' || raw.back() != '"') {
    fail("a string expected, found " + excerpt(raw, 40), place);
  }
  return raw.substr(1, raw.size() - 2);
}

std::size_t size_of_base64(std::string_view text, Place place) {
  const auto size = base64_size(text);
  if (!size) fail("not valid base64: " + excerpt(text, 40), place);
  return *size;
}

}  // namespace

std::string Place::json_pointer() const {
  std::string pointer = list.data() == nullptr ? "/Records" : "/records/";
  for (const char character : list) {  // escaped as RFC 6901, section 3, says
    if (character == '~') {
      pointer += "~0";
    } else if (character == '/') {
      pointer += "~1";
    } else {
      pointer += character;
    }
  }
  pointer.append("/").append(std::to_string(record_index));
  return path.empty() ? pointer : pointer.append("/").append(path);
}

std::string_view EventText::string(Slice slice, Place place) const {
  const std::string_view inside = inside_quotes(raw(slice), place);
  return has_escapes(inside) ? decode_into_map(slice, place, Encoding::json) : inside;
}

std::string_view EventText::bytes(Slice slice, Place place) const {
  return inside_quotes(raw(slice), place).empty() ? std::string_view()
                                                  : decode_into_map(slice, place, Encoding::base64);
}

/// Without quotes and escapes. When there are escapes, the view lives until the next call in the same thread.
std::string_view EventText::unescaped(Slice slice, Place place) const {
  const std::string_view inside = inside_quotes(raw(slice), place);
  if (!has_escapes(inside)) return inside;
  const auto text = unescape(raw(slice), payload_.size() - slice.begin - slice.size);
  if (!text) fail("not a valid JSON string: an escape is not valid", place);
  return *text;
}

std::string_view EventText::decode_into_map(Slice slice, Place place, Encoding encoding) const {
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

std::string_view EventText::string(const LazyText& lazy, Place place) const {
  return decode_once(lazy, place, Encoding::json);
}

std::string_view EventText::bytes(const LazyText& lazy, Place place) const {
  return decode_once(lazy, place, Encoding::base64);
}

char* EventText::decoded_buffer() const {
  if (char* const made = buffer_.load(std::memory_order_acquire)) return made;
  const std::lock_guard lock(decoded_mutex_);
  if (!owned_buffer_) {
    owned_buffer_ = std::make_unique_for_overwrite<char[]>(payload_.size());
    buffer_.store(owned_buffer_.get(), std::memory_order_release);
  }
  return owned_buffer_.get();
}

/// Decodes into the buffer where that is needed; returns the size.
std::uint32_t EventText::decode_into_buffer(const LazyText& lazy, Place place, Encoding encoding) const {
  const std::string_view text = unescaped(lazy.slice, place);
  const bool is_base64 = encoding == Encoding::base64;
  const auto size = static_cast<std::uint32_t>(is_base64 ? size_of_base64(text, place) : text.size());
  if (!is_base64 && size == lazy.slice.size - 2) return size;
  char* const decoded_text = decoded_buffer() + lazy.place;
  if (is_base64) {
    decode_base64(text, decoded_text);
  } else {
    std::memcpy(decoded_text, text.data(), size);
  }
  return size;
}

// The thread that moves the state from untouched to being_decoded decodes; all others wait. The decoded size
// goes into the state itself. A string without escapes, recognised by its size, needs no decoding and stays
// in the payload.
std::string_view EventText::decode_once(const LazyText& lazy, Place place, Encoding encoding) const {
  const std::atomic_ref<std::uint32_t> state(lazy.state);
  std::uint32_t seen = state.load(std::memory_order_acquire);
  while (seen < decoded) {
    if (seen == being_decoded) {
      state.wait(being_decoded, std::memory_order_acquire);
      seen = state.load(std::memory_order_acquire);
    } else if (state.compare_exchange_weak(seen, being_decoded, std::memory_order_acquire)) {
      try {
        seen = decoded + decode_into_buffer(lazy, place, encoding);
      } catch (...) {
        state.store(untouched, std::memory_order_release);
        state.notify_all();
        throw;
      }
      state.store(seen, std::memory_order_release);
      state.notify_all();
    }
  }
  const std::size_t size = seen - decoded;
  const bool is_in_payload = encoding == Encoding::json && size == lazy.slice.size - 2;
  return {is_in_payload ? payload_.data() + lazy.slice.begin + 1 : decoded_buffer() + lazy.place, size};
}

}  // namespace batchproof::detail
