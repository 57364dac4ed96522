#pragma once

#include <stdexcept>

namespace batchproof::tools {

/// The command line cannot be executed; `what()` is one line for the user.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace batchproof::tools
