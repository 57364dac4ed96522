#pragma once

#include <chrono>
#include <functional>
#include <iosfwd>
#include <string>

namespace batchproof::properties {

/// Says how far a verification is that takes long, after 10 s, 20 s, 40 s and so on, and at first what would
/// take less time.
class ProgressNotice {
 public:
  using Now = std::function<std::chrono::steady_clock::time_point()>;

  /// `out` must outlive this object.
  explicit ProgressNotice(std::ostream& out, Now now = std::chrono::steady_clock::now);

  /// `place` is such as "random case 13 of 1,000".
  void at(const std::function<std::string()>& place);

 private:
  static constexpr std::chrono::seconds first{10};

  std::ostream& out_;
  Now now_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::seconds next_ = first;
};

}  // namespace batchproof::properties
