#include "unescape.hpp"

#include <simdjson.h>

#include <cstdint>
#include <memory>
#include <new>
#include <string>

namespace batchproof::inline v0_1::detail {
namespace {

using Kernel = simdjson::internal::dom_parser_implementation;

static_assert(unescape_padding >= simdjson::SIMDJSON_PADDING);

std::unique_ptr<Kernel> make_kernel() {
  std::unique_ptr<Kernel> kernel;
  if (simdjson::get_active_implementation()->create_dom_parser_implementation(1, 1, kernel) !=
      simdjson::SUCCESS)
    throw std::bad_alloc();
  return kernel;
}

}  // namespace

std::size_t unescape_into(char* destination, std::string_view quoted, std::size_t readable_behind) {
  if (readable_behind < unescape_padding) {
    std::string padded(quoted);
    padded.append(unescape_padding, ' ');
    return unescape_into(destination, {padded.data(), quoted.size()}, unescape_padding);
  }
  thread_local const std::unique_ptr<Kernel> kernel = make_kernel();
  auto* const to = reinterpret_cast<std::uint8_t*>(destination);
  const std::uint8_t* const end =
      kernel->parse_string(reinterpret_cast<const std::uint8_t*>(quoted.data() + 1), to);
  return end == nullptr ? invalid_escape : static_cast<std::size_t>(end - to);
}

std::optional<std::string_view> unescape(std::string_view quoted, std::size_t readable_behind) {
  thread_local std::string unescaped;
  if (unescaped.size() < quoted.size() + unescape_padding) unescaped.resize(quoted.size() + unescape_padding);
  const std::size_t size = unescape_into(unescaped.data(), quoted, readable_behind);
  return size == invalid_escape ? std::nullopt : std::optional(std::string_view(unescaped.data(), size));
}

}  // namespace batchproof::inline v0_1::detail
