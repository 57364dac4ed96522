#pragma once

#include <array>
#include <cstdio>
#include <string>

namespace batchproof::testing_servers {

/// What a command of the shell prints; with the words "it failed" before it when its status is not 0.
inline std::string output_of(const std::string& command) {
  FILE* const pipe = popen(command.c_str(), "r");
  std::string output;
  std::array<char, 4'096> bytes{};
  for (std::size_t count = 0; (count = fread(bytes.data(), 1, bytes.size(), pipe)) > 0;)
    output.append(bytes.data(), count);
  return pclose(pipe) == 0 ? output : "it failed: " + output;
}

}  // namespace batchproof::testing_servers
