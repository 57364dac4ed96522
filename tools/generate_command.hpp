#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace batchproof::tools {

struct GenerateCommand {
  std::string source = "sqs";  ///< by name
  int batches = 1;
  std::optional<std::size_t> records{};  ///< in each batch; from 0 to 12 when left out
  std::optional<std::uint64_t> seed{};
};

/// Prints random events of the source, a line each, and a seed that was drawn on the standard error. Returns
/// the exit status, 0.
int generate(const GenerateCommand& command);

}  // namespace batchproof::tools
