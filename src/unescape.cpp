#include "unescape.hpp"

#include <simdjson.h>

#include <cstdint>
#include <memory>
#include <new>
#include <string>

namespace batchproof::detail {
namespace {

using Kernel = simdjson::internal::dom_parser_implementation;

struct Unescaper {
  Unescaper() {
    if (simdjson::get_active_implementation()->create_dom_parser_implementation(1, 1, kernel) !=
        simdjson::SUCCESS)
      throw std::bad_alloc();
  }

  std::unique_ptr<Kernel> kernel;
  std::string padded;
  std::string unescaped;
};

}  // namespace

std::optional<std::string_view> unescape(std::string_view quoted, std::size_t readable_behind) {
  constexpr std::size_t padding = simdjson::SIMDJSON_PADDING;  // the kernel reads and writes so far too much
  thread_local Unescaper own;
  if (own.unescaped.size() < quoted.size() + padding) own.unescaped.resize(quoted.size() + padding);
  const char* begin = quoted.data() + 1;
  if (readable_behind < padding) {
    own.padded.assign(quoted).append(padding, ' ');
    begin = own.padded.data() + 1;
  }
  auto* const buffer = reinterpret_cast<std::uint8_t*>(own.unescaped.data());
  const std::uint8_t* const end =
      own.kernel->parse_string(reinterpret_cast<const std::uint8_t*>(begin), buffer);
  if (end == nullptr) return std::nullopt;
  return std::string_view(own.unescaped.data(), static_cast<std::size_t>(end - buffer));
}

}  // namespace batchproof::detail
