#pragma once

#include <string>
#include <vector>

namespace batchproof::tools {

struct ReplayCommand {
  std::vector<std::string> paths;  ///< of saved cases
  std::string subject{};           ///< "broken:NAME"; this library's processors when empty
  bool json = false;
};

/// Runs saved cases, and prints what each is about and whether its law holds now. Returns the exit status: 0
/// when no law was broken, 1 otherwise. Throws where a file is no saved case.
int replay(const ReplayCommand& command);

}  // namespace batchproof::tools
