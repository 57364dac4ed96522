#include "crash_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <batchproof/properties/laws.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "../saved/saved_files.hpp"
#include "end_signals.hpp"

namespace batchproof::properties {
namespace {

/// All that is written when the process ends. It is prepared before, since a signal handler may only write.
struct Prepared {
  std::string event_path{};
  std::string event{};
  std::string case_path{};
  std::string description{};
  EndSignals<SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL> signals{};
  std::atomic<bool> waits{false};
};

Prepared& prepared() {
  static Prepared values;
  return values;
}

bool write_prepared(const std::string& path, std::string_view text) noexcept {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) return false;
  const bool is_written = write_all(file, text);
  close(file);
  return is_written;
}

/// Calls only functions that a signal handler may call.
void save_crash() noexcept {
  Prepared& values = prepared();
  if (!values.waits.exchange(false)) return;
  const bool is_saved =
      write_prepared(values.case_path, values.description) && write_prepared(values.event_path, values.event);
  for (const std::string_view part :
       {std::string_view("\nbatchproof: the law survives is violated: this batch ends the process\n"),
        std::string_view(values.event), std::string_view(is_saved ? "\nsaved\n" : "\nnot saved: "),
        std::string_view(values.event_path), std::string_view("\n")}) {
    if (!write_all(STDERR_FILENO, part)) return;
  }
}

void on_crash(int signal, siginfo_t* info, void* /*context*/) {
  save_crash();
  prepared().signals.pass_on(signal, *info);
}

void take_signals() {
  static_cast<void>(std::atexit(save_crash));
  prepared().signals.handle(on_crash);
}

}  // namespace

CrashFiles::CrashFiles(const std::string& folder, const SubjectUnderTest& subject, const Case& one) {
  if (folder.empty()) return;
  Prepared& values = prepared();  // made before the exit handlers, and so destroyed after them
  static const bool are_taken = (take_signals(), true);
  static_cast<void>(are_taken);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  Counterexample found;
  found.batch_case = one.batch;
  found.damaged = one.is_damaged;
  found.observation.payload = one.payload;
  found.mode = subject.mode;
  found.claims = subject.claims;
  found.violations = {"it ends the process"};
  found.expected = std::string(survives.expected);
  SavedFiles files = saved_files_of(survives.id, found);
  values.event_path = folder + "/" + files.event_name;
  values.event = std::move(files.event);
  values.case_path = folder + "/" + files.case_name;
  values.description = std::move(files.description);
  values.waits = true;
}

CrashFiles::~CrashFiles() { prepared().waits = false; }

}  // namespace batchproof::properties

/// The address sanitizer, which names it, calls it when it has reported an error, which is no signal.
// NOLINTBEGIN(bugprone-reserved-identifier, cert-dcl37-c, cert-dcl51-cpp, readability-identifier-naming)
extern "C" void __asan_on_error();
extern "C" void __asan_on_error() { batchproof::properties::save_crash(); }
// NOLINTEND(bugprone-reserved-identifier, cert-dcl37-c, cert-dcl51-cpp, readability-identifier-naming)
