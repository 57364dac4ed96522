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

std::string read_all(std::istream& stream, const std::string& path, std::size_t most_bytes) {
  errno = 0;
  std::string content;
  std::array<char, 16'384> part{};
  while (content.size() <= most_bytes && stream) {
    stream.read(part.data(), part.size());
    content.append(part.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (errno != 0 || stream.bad())
    throw UsageError(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  if (content.size() > most_bytes) content.resize(most_bytes + 1);
  return content;
}

}  // namespace

std::string read_input(const std::string& path, std::size_t most_bytes) {
  if (path == "-") return read_all(std::cin, "the standard input", most_bytes);
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw UsageError(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  return read_all(file, path, most_bytes);
}

}  // namespace batchproof::tools
