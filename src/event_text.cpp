#include <simdjson.h>

#include <atomic>
#include <batchproof/detail/event_text.hpp>
#include <batchproof/errors.hpp>
#include <cstring>
#include <new>

#include "base64.hpp"
#include "excerpt.hpp"

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

bool has_escapes(std::string_view text) noexcept { return text.find('\\') != std::string_view::npos; }

/// Undoes the escapes. The view lives until the next call in the same thread. Into a buffer of our own:
/// simdjson does not notice when it gets no memory for its own.
std::string_view unescape(std::string_view raw, Place place) {
  thread_local simdjson::ondemand::parser parser;
  thread_local std::string padded;
  thread_local std::string unescaped;
  padded.assign(raw);
  padded.append(simdjson::SIMDJSON_PADDING, ' ');
  if (unescaped.size() < padded.size()) unescaped.resize(padded.size());
  simdjson::ondemand::document document;
  simdjson::ondemand::raw_json_string raw_string;
  std::string_view text;
  auto error = parser.iterate(padded.data(), raw.size(), padded.size()).get(document);
  if (error == simdjson::SUCCESS) error = document.get_raw_json_string().get(raw_string);
  auto* buffer = reinterpret_cast<std::uint8_t*>(unescaped.data());
  if (error == simdjson::SUCCESS) error = parser.unescape(raw_string, buffer).get(text);
  if (error == simdjson::MEMALLOC) throw std::bad_alloc();
  if (error != simdjson::SUCCESS)
    fail("not a valid JSON string: " + std::string(simdjson::error_message(error)), place);
  return text;
}

std::size_t size_of_base64(std::string_view text, Place place) {
  const auto size = base64_size(text);
  if (!size) fail("not valid base64: " + excerpt(text, 40), place);
  return *size;
}

}  // namespace

std::string Place::json_pointer() const {
  return "/Records/" + std::to_string(record_index) + "/" + std::string(path);
}

std::string_view EventText::string(Slice slice, Place place) const {
  const std::string_view inside = inside_quotes(raw(slice), place);
  return has_escapes(inside) ? decode_aside(slice, place, Encoding::json) : inside;
}

std::string_view EventText::bytes(Slice slice, Place place) const {
  return inside_quotes(raw(slice), place).empty() ? std::string_view()
                                                  : decode_aside(slice, place, Encoding::base64);
}

std::string_view EventText::decode_aside(Slice slice, Place place, Encoding encoding) const {
  const std::lock_guard lock(decoded_mutex_);
  if (const auto known = decoded_.find(slice.begin); known != decoded_.end()) return known->second;
  const std::string_view raw_text = raw(slice);
  const std::string_view inside = inside_quotes(raw_text, place);
  const std::string_view text = has_escapes(inside) ? unescape(raw_text, place) : inside;
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

char* EventText::shadow() const {
  std::call_once(shadow_made_, [this] { shadow_ = std::make_unique_for_overwrite<char[]>(payload_.size()); });
  return shadow_.get();
}

// Whoever moves the state from untouched to being_decoded decodes; everybody else waits. The decoded size
// goes into the state itself. A string without escapes, told by its size, needs no decoding and stays where
// it is.
std::string_view EventText::decode_once(const LazyText& lazy, Place place, Encoding encoding) const {
  const std::atomic_ref<std::uint32_t> state(lazy.state);
  std::uint32_t seen = state.load(std::memory_order_acquire);
  while (seen < decoded) {
    if (seen == being_decoded) {
      state.wait(being_decoded, std::memory_order_acquire);
      seen = state.load(std::memory_order_acquire);
    } else if (state.compare_exchange_weak(seen, being_decoded, std::memory_order_acquire)) {
      try {
        const std::string_view inside = inside_quotes(raw(lazy.slice), place);
        const std::string_view text = has_escapes(inside) ? unescape(raw(lazy.slice), place) : inside;
        std::size_t size = text.size();
        if (encoding == Encoding::base64) {
          size = size_of_base64(text, place);
          decode_base64(text, shadow() + lazy.slice.begin);
        } else if (size != inside.size()) {
          std::memcpy(shadow() + lazy.slice.begin, text.data(), size);
        }
        seen = decoded + static_cast<std::uint32_t>(size);
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
  const bool as_it_stands = encoding == Encoding::json && size == lazy.slice.size - 2;
  return {as_it_stands ? payload_.data() + lazy.slice.begin + 1 : shadow() + lazy.slice.begin, size};
}

}  // namespace batchproof::detail
