#pragma once

#include <batchproof/properties/progress.hpp>
#include <chrono>
#include <string>

namespace batchproof::tools {

/// One line on the standard error that is written over and over; nothing at all where that is no terminal.
/// The line is gone when this is.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// Names what runs now.
  void begin(std::string what);

  /// Says how far it is, now and then: call it as often as you like.
  void update(const std::string& how_far);

  /// For the run that was named last; must not outlive this.
  properties::Progress progress();

 private:
  void show(const std::string& line);

  bool visible_;
  std::string what_;
  std::chrono::steady_clock::time_point shown_{};
};

}  // namespace batchproof::tools
