#pragma once

#include <string>
#include <vector>

namespace batchproof::properties {

/// The payloads of the records that are drawn, as in `VerifyHandlerOptions`. A record is rejected by the
/// pattern if its payload is from the second list.
struct Payloads {
  std::vector<std::string> accepted{};
  std::vector<std::string> rejected{};
};

}  // namespace batchproof::properties
