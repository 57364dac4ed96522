#pragma once

#include <stdexcept>

namespace batchproof::tools {

/// The command was asked for what it cannot do; `what()` is one line for the person who asked.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace batchproof::tools
