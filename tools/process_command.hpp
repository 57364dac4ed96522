#pragma once

#include <string>

#include "processed_event.hpp"

namespace batchproof::tools {

struct ProcessCommand {
  std::string path;  ///< of the event; "-" is the standard input
  ProcessingOptions options{};
  bool json = false;
};

/// Processes the event and prints what became of it. Returns the exit status, 0, whatever failed in it;
/// throws what `process_event` does, and `UsageError` for a file that cannot be read.
int process(const ProcessCommand& command);

}  // namespace batchproof::tools
