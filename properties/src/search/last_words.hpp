#pragma once

#include <chrono>
#include <functional>
#include <initializer_list>
#include <string_view>

namespace batchproof::properties {

/// Speaks when a case ends this process by a signal or by `exit`, since no report can be made then. Earlier
/// handlers of the signals, such as a fuzzer's, run afterwards. Copies of the process (fork) say nothing. One
/// at a time.
class LastWords {
 public:
  /// `how` is such as "aborts the process". May call only functions that a signal handler may call.
  using Speak = std::function<void(std::string_view how)>;

  /// Speaks about cases that have a time limit, from `begin` to `end`. An alarm that the program has set
  /// waits meanwhile, and goes off as much later.
  LastWords();

  /// Speaks about one case, as long as it exists; never if `speak` is empty.
  explicit LastWords(Speak speak);

  LastWords(const LastWords&) = delete;
  LastWords& operator=(const LastWords&) = delete;
  ~LastWords();

  /// To be called before a case runs. When `limit` is over, SIGALRM ends the process.
  void begin(Speak speak, std::chrono::milliseconds limit);

  /// To be called when the case has ended.
  void end() noexcept;
};

/// Speaks now, and not again about this case. For ends of the process that are no signals.
void leave_last_words(std::string_view how) noexcept;

/// Writes all of the parts, as a signal handler may. False when the system did not take all of them.
bool write_all(int file, std::initializer_list<std::string_view> parts) noexcept;

}  // namespace batchproof::properties
