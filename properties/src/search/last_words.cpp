#include "last_words.hpp"

#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "end_signals.hpp"

namespace batchproof::properties {
namespace {

/// All that a signal handler reads.
struct Announced {
  std::string replay_command{};
  std::string where{};
  std::string_view payload{};
  EndSignals<SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM> signals{};
  pid_t process = 0;
  std::atomic<bool> runs{false};
};

Announced& announced() {
  static Announced values;
  return values;
}

/// Calls only `write`, which a signal handler may call.
void speak(std::string_view how) noexcept {
  const Announced& values = announced();
  if (values.process != getpid() || !announced().runs.exchange(false)) return;
  for (const std::string_view part :
       {std::string_view("\nbatchproof: the law survives is violated\n  found in "),
        std::string_view(values.where), std::string_view("\n\n  violated  it "), how,
        std::string_view(", and no child process ended on this case:\n"
                         "            it may need what earlier batches left behind\n\nevent\n"),
        values.payload, std::string_view("\n\nreplay\n"), std::string_view(values.replay_command),
        std::string_view("\n")})
    write_all(STDERR_FILENO, part);
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

void on_signal(int signal, siginfo_t* info, void* /*context*/) {
  speak(in_words(signal));
  announced().signals.pass_on(signal, *info);
}

void speak_at_exit() { speak("calls exit"); }

void set_timer(std::chrono::milliseconds limit) noexcept {
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(limit.count() / 1000);
  timer.it_value.tv_usec = static_cast<suseconds_t>(limit.count() % 1000 * 1000);
  setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace

LastWords::LastWords(std::string replay_command) {
  Announced& values = announced();  // made before the exit handlers, and so destroyed after them
  static const bool is_registered = std::atexit(speak_at_exit) == 0;
  static_cast<void>(is_registered);
  values.replay_command = std::move(replay_command);
  values.process = getpid();
  values.signals.handle(on_signal);
}

LastWords::~LastWords() {
  end();
  announced().signals.restore();
}

void LastWords::begin(std::string where, const std::string& payload, std::chrono::milliseconds limit) {
  Announced& values = announced();
  values.where = std::move(where);
  values.payload = payload;
  values.runs = true;
  set_timer(limit);
}

void LastWords::end() noexcept {
  announced().runs = false;
  set_timer(std::chrono::milliseconds(0));
}

}  // namespace batchproof::properties
