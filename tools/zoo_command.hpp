#pragma once

#include <cstdint>

namespace batchproof::tools {

struct ZooCommand {
  int seeds = 5;            ///< for the law that must catch a fault
  int cases = 200;          ///< random batches or worlds for each trial, at most
  std::uint64_t seed = 1;   ///< the first; the others follow it
  bool end_to_end = false;  ///< the end-to-end laws too, which takes some minutes
  bool json = false;
};

/// Prints which law catches which broken processor and handler of the fixtures. Each law runs alone; the
/// end-to-end laws judge simulated worlds. Returns the exit status: 0 when each is caught by the law that it
/// names, each law catches something and no two faults look the same, 1 when not.
int zoo(const ZooCommand& command);

}  // namespace batchproof::tools
