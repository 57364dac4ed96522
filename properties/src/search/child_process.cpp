// Runs the subject in a copy of this process, so that a subject that ends its process does not end the tests,
// and returns how the copy ended, if it did not survive:
//
//     const SharedProgress shared = make_shared_progress();
//     const pid_t child = fork();
//     if (child == 0) live(count, step, *shared, errors.get());
//     const auto status = wait_for(child, its_end, *shared);

#include "child_process.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <array>
#include <atomic>
#include <bitset>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <memory>
#include <new>
#include <system_error>

#include "socket_messages.hpp"

namespace batchproof::properties {
namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

using Milliseconds = std::chrono::milliseconds;

const std::string hang = "killed, since it still ran after ";

std::int64_t now_ms() {
  return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// The memory that parent and child share.
struct ChildProgress {
  std::atomic<std::size_t> step{0};
  std::atomic<std::size_t> parts{0};
  std::atomic<std::int64_t> limit_ms{0};
  std::atomic<std::int64_t> due_ms{0};  // by the clock of `now_ms`

  void allow(Milliseconds limit) {
    limit_ms = limit.count();
    due_ms = now_ms() + limit.count();
  }
  static_assert(std::atomic<std::size_t>::is_always_lock_free);
  static_assert(std::atomic<std::int64_t>::is_always_lock_free);
};

struct UnmapProgress {
  void operator()(ChildProgress* progress) const noexcept { munmap(progress, sizeof(ChildProgress)); }
};
using SharedProgress = std::unique_ptr<ChildProgress, UnmapProgress>;

SharedProgress make_shared_progress() {
  void* const memory =
      mmap(nullptr, sizeof(ChildProgress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) fail("no memory to share with a child process");
  return SharedProgress(new (memory) ChildProgress);
}

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { static_cast<void>(std::fclose(file)); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

using Step = std::function<void(std::size_t, const AllowTime&)>;

[[noreturn]] void live(std::size_t count, const Step& step, ChildProgress& progress, std::FILE* errors) {
  end_with_parent();
  const int nowhere = open("/dev/null", O_WRONLY);
  if (nowhere >= 0) dup2(nowhere, STDOUT_FILENO);
  dup2(fileno(errors), STDERR_FILENO);
  for (std::size_t number = 0; number < count; ++number) {
    progress.allow(drawing_limit);
    progress.parts = 0;
    try {
      step(number, [&](Milliseconds limit) {
        progress.allow(limit);
        ++progress.parts;
      });
    } catch (...) {  // the process survived, and only that matters here
    }
    progress.step = number + 1;
  }
  _exit(0);  // without the parent's clean-up
}

/// While it lives the system keeps how children end, even in a program that ignores SIGCHLD, or has a handler
/// for it that waits for all children.
class KeepsEndsOfChildren {
 public:
  KeepsEndsOfChildren() {
    sigaction(SIGCHLD, nullptr, &before_);
    if (before_.sa_handler == SIG_DFL && (before_.sa_flags & SA_NOCLDWAIT) == 0) return;
    struct sigaction by_default {};
    by_default.sa_handler = SIG_DFL;
    sigaction(SIGCHLD, &by_default, nullptr);
    is_changed_ = true;
  }
  ~KeepsEndsOfChildren() {
    restore();
    if (is_changed_ && before_.sa_handler != SIG_IGN && before_.sa_handler != SIG_DFL)
      static_cast<void>(raise(SIGCHLD));  // a child of the program may have ended meanwhile
  }

  /// Also for the child, whose subject may wait for children of its own.
  void restore() const noexcept {
    if (is_changed_) sigaction(SIGCHLD, &before_, nullptr);
  }

  KeepsEndsOfChildren(const KeepsEndsOfChildren&) = delete;
  KeepsEndsOfChildren& operator=(const KeepsEndsOfChildren&) = delete;

 private:
  struct sigaction before_ {};
  bool is_changed_ = false;
};

bool has_other_threads() {
  std::error_code error;
  const std::filesystem::directory_iterator tasks("/proc/self/task", error);
  return !error && std::distance(begin(tasks), end(tasks)) > 1;
}

/// A pair of sockets that a process made for itself has no name; such are ours.
bool is_connection(int descriptor) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  if (getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size) != 0) return false;
  const bool has_name = peer.ss_family != AF_UNIX || size > sizeof peer.ss_family;
  int type = 0;
  size = sizeof type;
  return has_name && getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

struct CloseFolder {
  void operator()(DIR* folder) const noexcept { static_cast<void>(closedir(folder)); }
};

constexpr int most_descriptors = 4096;

/// The connections of this process. A list of its open descriptors saves a call of the system for each that
/// is not open, which together take milliseconds.
std::bitset<most_descriptors> connections() {
  std::bitset<most_descriptors> found;
  const auto look_at = [&](int descriptor) {
    if (descriptor < most_descriptors && is_connection(descriptor))
      found.set(static_cast<std::size_t>(descriptor));
  };
  if (const std::unique_ptr<DIR, CloseFolder> open_ones(opendir("/proc/self/fd")); open_ones) {
    while (const dirent* const entry = readdir(open_ones.get())) look_at(std::atoi(entry->d_name));
  } else {
    for (int descriptor = 0; descriptor < most_descriptors; ++descriptor) look_at(descriptor);
  }
  return found;
}

constinit std::bitset<most_descriptors> inherited;

/// Before all constructors: a global object may open a connection, and who started the program may have left
/// one open, which the subject does not use.
[[gnu::constructor(101)]] void note_inherited_connections() { inherited = connections(); }

bool has_connection() { return (connections() & ~inherited).any(); }

std::string first_line(std::FILE* file) {
  std::array<char, 200> buffer{};
  std::rewind(file);
  std::string line;
  while (line.empty() && std::fgets(buffer.data(), buffer.size(), file) != nullptr) {
    line = buffer.data();
    line.erase(line.find_last_not_of("\r\n=") + 1);
  }
  return line;
}

std::string describe(int status, std::FILE* errors) {
  const std::string text = describe_end(status);
  const std::string line = first_line(errors);
  return line.empty() ? text : text + ": " + line;
}

/// Waits until the child has ended, or kills it when a step takes too long; then there is no result.
std::optional<int> wait_for(pid_t child, int its_end, const ChildProgress& progress, std::size_t count,
                            const Waits& waits) {
  constexpr int slice_ms = 50;
  while (true) {
    pollfd readable{its_end, POLLIN, 0};
    poll(&readable, 1, slice_ms);  // the connection closes as soon as the child has ended
    int status = 0;
    const pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended < 0 && errno != EINTR) fail("a child process was lost");
    if (ended == child) return status;
    if (const std::size_t step = progress.step; waits && step < count) waits(step);
    if (now_ms() <= progress.due_ms) continue;
    kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return std::nullopt;
  }
}

}  // namespace

void end_with_parent() {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  const rlimit no_core_file{0, 0};
  setrlimit(RLIMIT_CORE, &no_core_file);
}

std::string describe_end(int status) {
  if (!WIFSIGNALED(status)) return "ended with status " + std::to_string(WEXITSTATUS(status));
  const int signal = WTERMSIG(status);
  return "killed by signal " + std::to_string(signal) + " (" + strsignal(signal) + ")";
}

std::string describe_hang(Milliseconds limit) {
  const auto ms = limit.count();
  return hang + (ms % 1000 == 0 ? std::to_string(ms / 1000) + " s" : std::to_string(ms) + " ms");
}

bool is_of_a_hang(const std::string& how) { return how.starts_with(hang); }

bool may_be_copied() { return !has_other_threads() && !has_connection(); }

std::optional<ChildEnd> run_in_child_process(std::size_t count, const Step& step, const Waits& waits) {
  const SharedProgress shared = make_shared_progress();
  ChildProgress& progress = *shared;
  progress.allow(drawing_limit);
  const File errors(std::tmpfile());
  const auto ends = connected_sockets();
  if (!errors || !ends) fail("no file for the messages of a child process");
  const KeepsEndsOfChildren keeps_ends;
  static_cast<void>(std::fflush(nullptr));  // otherwise the child might print the text in our buffers
  const pid_t child = fork();
  if (child == 0) {
    keeps_ends.restore();
    live(count, step, progress, errors.get());
  }
  const auto [its_end, end_of_child] = *ends;
  close(end_of_child);
  const File closes_its_end(fdopen(its_end, "r"));
  if (child < 0) fail("no child process");
  const auto status = wait_for(child, its_end, progress, count, waits);
  if (progress.step == count) return std::nullopt;
  return ChildEnd{progress.step, progress.parts,
                  status ? describe(*status, errors.get()) : describe_hang(Milliseconds(progress.limit_ms))};
}

std::optional<std::string> text_made_in_child_process(
    const std::function<std::string(const AllowTime& allow)>& make) {
  const auto ends = connected_sockets();
  if (!ends) return std::nullopt;
  const OwnSocket here((*ends)[0]);
  const OwnSocket there((*ends)[1]);
  const auto end = run_in_child_process(
      1, [&](std::size_t, const AllowTime& allow) { send_message(there.get(), make(allow)); });
  return end ? std::nullopt : receive_message(here.get(), std::chrono::steady_clock::now());
}

}  // namespace batchproof::properties
