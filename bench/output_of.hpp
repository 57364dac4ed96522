#pragma once

#include <array>
#include <cstdio>
#include <optional>
#include <string>

namespace batchproof::bench {

/// The output of a command; nothing when it fails.
inline std::optional<std::string> output_of(const std::string& command) {
  std::FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  std::string output;
  std::array<char, 256> part{};
  while (const std::size_t size = std::fread(part.data(), 1, part.size(), pipe))
    output.append(part.data(), size);
  return pclose(pipe) == 0 ? std::optional(output) : std::nullopt;
}

}  // namespace batchproof::bench
