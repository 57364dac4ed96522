#pragma once

#include <chrono>
#include <string>

namespace batchproof::properties {

/// In this process nobody outlives a subject that ends it. No child process had ended on the same case, so it
/// takes a state of this process: what can be told is told on the standard error, before the end. One search
/// at a time has last words.
class LastWords {
 public:
  /// `replay_command` ends them. Signals that end a process are told of, and a call of `exit`.
  explicit LastWords(std::string replay_command);
  LastWords(const LastWords&) = delete;
  LastWords& operator=(const LastWords&) = delete;
  ~LastWords();

  /// From now on this case runs, for this long at most: then the process is ended. `where` is such as "random
  /// case 13"; the payload must live until `end`.
  void begin(std::string where, const std::string& payload, std::chrono::milliseconds limit);

  /// No case runs.
  void end() noexcept;
};

}  // namespace batchproof::properties
