#pragma once

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <string_view>

namespace batchproof::properties {

/// Writes all of the text, as a signal handler may. False when the system did not take all of it.
inline bool write_all(int file, std::string_view text) noexcept {
  while (!text.empty()) {
    const auto written = write(file, text.data(), text.size());
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Gives the calling thread a stack for signal handlers, unless it has one: after an overflow of its own
/// stack a handler could not run on that.
inline void use_signal_stack() noexcept {
  static std::array<char, 65'536> room;
  stack_t stack{};
  if (sigaltstack(nullptr, &stack) != 0 || (stack.ss_flags & SS_DISABLE) == 0) return;
  stack = {.ss_sp = room.data(), .ss_flags = 0, .ss_size = room.size()};
  sigaltstack(&stack, nullptr);
}

/// A handler of signals that end a process. It keeps the earlier handlers, such as a sanitizer's or a
/// fuzzer's.
template <int... signals>
class EndSignals {
 public:
  void handle(void (*handler)(int signal, siginfo_t* info, void* context)) noexcept {
    use_signal_stack();
    struct sigaction action {};
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    for (std::size_t index = 0; index < numbers.size(); ++index)
      sigaction(numbers[index], &action, &before_[index]);
  }

  void restore() const noexcept {
    for (std::size_t index = 0; index < numbers.size(); ++index)
      sigaction(numbers[index], &before_[index], nullptr);
  }

  /// The end of a handler: restores the earlier ones. On return the faulty instruction runs again, and they
  /// see its address; another signal is raised again.
  void pass_on(int signal, const siginfo_t& info) const noexcept {
    restore();
    const bool is_of_an_instruction = info.si_code > 0 && signal != SIGALRM && signal != SIGABRT;
    if (!is_of_an_instruction) raise(signal);
  }

 private:
  static constexpr std::array numbers{signals...};
  std::array<struct sigaction, sizeof...(signals)> before_{};
};

}  // namespace batchproof::properties
