#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof::runtime_api {

/// Keeps the beginning and the end of a process's output.
class BoundedLog {
 public:
  explicit BoundedLog(std::size_t limit_bytes) : limit_bytes_(limit_bytes) {}

  void append(std::string_view text);

  /// Returns the kept text, and starts anew. A line in the middle says how much was left out.
  std::string take();

 private:
  std::size_t limit_bytes_;
  std::string beginning_;
  std::string end_;
  std::size_t left_out_bytes_ = 0;
};

}  // namespace batchproof::runtime_api
