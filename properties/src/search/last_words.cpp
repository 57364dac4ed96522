#include "last_words.hpp"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <span>
#include <utility>

namespace batchproof::properties {
namespace {

// The last one is that of a time limit.
constexpr std::array end_signals{SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM};
constexpr std::span<const int> without_limit(end_signals.data(), end_signals.size() - 1);

/// All that a signal handler reads.
struct Announced {
  LastWords::Speak speak{};
  pid_t process = 0;
  std::span<const int> signals{};
  std::array<struct sigaction, end_signals.size()> before{};
  itimerval alarm_before{};
  std::atomic<bool> runs{false};
};

Announced& announced() {
  static Announced values;
  return values;
}

std::string_view in_words(int signal) noexcept {
  switch (signal) {
    case SIGABRT:
      return "aborts the process";
    case SIGALRM:
      return "still runs when its time is over, which ends the process";
    case SIGFPE:
      return "ends the process by an arithmetic error";
    case SIGILL:
      return "ends the process by an illegal instruction";
    default:
      return "ends the process by an access to memory that is not its own";
  }
}

void restore_handlers() noexcept {
  const Announced& values = announced();
  for (std::size_t index = 0; index < values.signals.size(); ++index)
    sigaction(values.signals[index], &values.before[index], nullptr);
}

/// When it returns, the faulty instruction runs again, and the earlier handlers see its address; another
/// signal is raised again.
void on_signal(int signal, siginfo_t* info, void* /*context*/) {
  leave_last_words(in_words(signal));
  restore_handlers();
  const bool is_of_an_instruction = info->si_code > 0 && signal != SIGALRM && signal != SIGABRT;
  if (!is_of_an_instruction) raise(signal);
}

/// Gives the calling thread a stack for signal handlers, unless it has one: after an overflow of its own
/// stack a handler could not run on that.
void use_signal_stack() noexcept {
  static std::array<char, 65'536> room;
  stack_t stack{};
  if (sigaltstack(nullptr, &stack) != 0 || (stack.ss_flags & SS_DISABLE) == 0) return;
  stack = {.ss_sp = room.data(), .ss_flags = 0, .ss_size = room.size()};
  sigaltstack(&stack, nullptr);
}

void handle_signals(std::span<const int> signals) noexcept {
  Announced& values = announced();  // made before the exit handlers, and so destroyed after them
  static const bool is_registered = std::atexit([] { leave_last_words("calls exit"); }) == 0;
  static_cast<void>(is_registered);
  values.process = getpid();
  values.signals = signals;
  use_signal_stack();
  struct sigaction action {};
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (std::size_t index = 0; index < signals.size(); ++index)
    sigaction(signals[index], &action, &values.before[index]);
}

void set_timer(std::chrono::milliseconds limit) noexcept {
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(limit.count() / 1000);
  timer.it_value.tv_usec = static_cast<suseconds_t>(limit.count() % 1000 * 1000);
  setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace

LastWords::LastWords() {
  getitimer(ITIMER_REAL, &announced().alarm_before);
  set_timer(std::chrono::milliseconds(0));  // before the handler, which would take the alarm for a time limit
  handle_signals(end_signals);
}

LastWords::LastWords(Speak speak) {
  if (!speak) return;
  handle_signals(without_limit);
  announced().speak = std::move(speak);
  announced().runs = true;
}

LastWords::~LastWords() {
  Announced& values = announced();
  const bool has_timer = values.signals.size() == end_signals.size();
  if (has_timer) end();
  values.runs = false;
  restore_handlers();
  if (has_timer) setitimer(ITIMER_REAL, &values.alarm_before, nullptr);
  values.signals = {};
}

void LastWords::begin(Speak speak, std::chrono::milliseconds limit) {
  announced().speak = std::move(speak);
  announced().runs = true;
  set_timer(limit);
}

void LastWords::end() noexcept {
  announced().runs = false;
  set_timer(std::chrono::milliseconds(0));
}

void leave_last_words(std::string_view how) noexcept {
  Announced& values = announced();
  if (values.process == getpid() && values.runs.exchange(false)) values.speak(how);
}

bool write_all(int file, std::initializer_list<std::string_view> parts) noexcept {
  for (std::string_view part : parts) {
    while (!part.empty()) {
      const auto written = write(file, part.data(), part.size());
      if (written <= 0) return false;
      part.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  return true;
}

}  // namespace batchproof::properties
