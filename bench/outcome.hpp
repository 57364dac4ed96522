#pragma once

#include <string>

namespace batchproof::bench {

/// An outcome type, whose failure is returned and not thrown.
class Outcome {
 public:
  explicit Outcome(bool rejected) : rejected_(rejected) {}

  bool has_value() const { return !rejected_; }
  std::string error() const { return "bad order"; }

 private:
  bool rejected_;
};

}  // namespace batchproof::bench
