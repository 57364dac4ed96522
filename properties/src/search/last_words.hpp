#pragma once

#include <chrono>
#include <string>

namespace batchproof::properties {

/// Prints the case that is being judged on the standard error when the subject ends this process, which no
/// report outlives. Such a subject mostly needs what earlier batches left behind in this process, since a
/// child process has met the same case before. One search at a time may have this.
class LastWords {
 public:
  /// `replay_command` stands at the end of what is printed. Handles the signals that end a process, until its
  /// own end, and calls of `exit`.
  explicit LastWords(std::string replay_command);
  LastWords(const LastWords&) = delete;
  LastWords& operator=(const LastWords&) = delete;
  ~LastWords();

  /// From now on this case runs. When `limit` is over, SIGALRM ends the process. `where` is such as "random
  /// case 13"; the payload must live until `end`.
  void begin(std::string where, const std::string& payload, std::chrono::milliseconds limit);

  /// No case runs.
  void end() noexcept;
};

}  // namespace batchproof::properties
