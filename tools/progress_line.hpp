#pragma once

#include <batchproof/properties/progress.hpp>
#include <chrono>
#include <string>

namespace batchproof::tools {

/// One line on the standard error that it overwrites; nothing if that is not a terminal. The destructor
/// erases the line.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// False when the standard error is not a terminal.
  bool is_visible() const noexcept { return visible_; }

  /// Names the current run.
  void begin(std::string what);

  /// Reports progress. Call it as often as you like: it prints only sometimes.
  void update(const std::string& how_far);

  /// Progress of the run that `begin` named last; must not outlive this object.
  properties::Progress progress();

 private:
  void show(const std::string& line);

  bool visible_;
  std::string what_;
  std::chrono::steady_clock::time_point shown_{};
};

}  // namespace batchproof::tools
