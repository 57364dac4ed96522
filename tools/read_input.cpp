#include "read_input.hpp"

#include <fmt/core.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include "usage_error.hpp"

namespace batchproof::tools {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string read_all(std::istream& stream, const std::string& name, InputLimit limit) {
  const std::size_t most_bytes = limit.mebibytes << 20U;
  errno = 0;
  std::string content;
  std::array<char, 16'384> part{};
  while (content.size() <= most_bytes && stream) {
    stream.read(part.data(), part.size());
    content.append(part.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (content.size() > most_bytes)
    throw UsageError(fmt::format("{} holds more than {} MiB: {}", name, limit.mebibytes, limit.reason));
  if (errno != 0 || stream.bad())
    throw UsageError(fmt::format("cannot read {}: {}", name, std::strerror(errno)));
  return content;
}

}  // namespace

std::string read_input(const std::string& path, InputLimit limit) {
  if (path == "-") return read_all(std::cin, "the standard input", limit);
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw UsageError(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  return read_all(file, path, limit);
}

std::string read_text(const std::string& path, InputLimit limit) {
  std::string text = read_input(path, limit);
  if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
  return text;
}

}  // namespace batchproof::tools
