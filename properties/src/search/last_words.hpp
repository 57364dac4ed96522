#pragma once

#include <chrono>
#include <string>

namespace batchproof::properties {

/// Prints the case that is being judged on the standard error when the subject ends this process, since no
/// report can be made then. Such a subject mostly needs the state of earlier batches in this process, since a
/// child process has survived the same case before. One search at a time may use it.
class LastWords {
 public:
  /// Prints `replay_command` at the end. Handles the signals that end a process, and calls of `exit`, until
  /// it is destroyed.
  explicit LastWords(std::string replay_command);
  LastWords(const LastWords&) = delete;
  LastWords& operator=(const LastWords&) = delete;
  ~LastWords();

  /// To be called before this case runs. When `limit` is over, SIGALRM ends the process. `where` is such as
  /// "random case 13"; the payload must live until `end`.
  void begin(std::string where, const std::string& payload, std::chrono::milliseconds limit);

  /// To be called when the case has ended.
  void end() noexcept;
};

}  // namespace batchproof::properties
