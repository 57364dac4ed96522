#include "child_process.hpp"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <system_error>

namespace batchproof::properties {
namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

/// A number that parent and child both see.
class SharedCounter {
 public:
  SharedCounter()
      : memory_(mmap(nullptr, sizeof(Counter), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ == MAP_FAILED) fail("no memory to share with a child process");
    counter_ = new (memory_) Counter(0);
  }
  SharedCounter(const SharedCounter&) = delete;
  SharedCounter& operator=(const SharedCounter&) = delete;
  ~SharedCounter() { munmap(memory_, sizeof(Counter)); }

  std::atomic<std::size_t>& operator*() noexcept { return *counter_; }

 private:
  using Counter = std::atomic<std::size_t>;
  static_assert(Counter::is_always_lock_free);

  void* memory_;
  Counter* counter_;
};

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { static_cast<void>(std::fclose(file)); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

[[noreturn]] void live(std::size_t count, const std::function<void(std::size_t)>& step,
                       std::atomic<std::size_t>& current, std::FILE* errors) {
  dup2(fileno(errors), STDERR_FILENO);
  for (std::size_t number = 0; number < count; ++number) {
    current = number;
    try {
      step(number);
    } catch (...) {  // the process lives on, which is what counts here
    }
  }
  current = count;
  _exit(0);  // without the clean-up that is the parent's to do
}

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
  std::string text;
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    text = "killed by signal " + std::to_string(signal) + " (" + strsignal(signal) + ")";
  } else {
    text = "ended with status " + std::to_string(WEXITSTATUS(status));
  }
  const std::string line = first_line(errors);
  return line.empty() ? text : text + ": " + line;
}

}  // namespace

std::optional<ChildEnd> run_in_child_process(std::size_t count,
                                             const std::function<void(std::size_t)>& step) {
  SharedCounter current;
  const File errors(std::tmpfile());
  if (!errors) fail("no file for the messages of a child process");
  static_cast<void>(std::fflush(nullptr));  // or the child might print what waits in our buffers
  const pid_t child = fork();
  if (child < 0) fail("no child process");
  if (child == 0) live(count, step, *current, errors.get());
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) fail("a child process was lost");
  }
  if (*current == count) return std::nullopt;
  return ChildEnd{*current, describe(status, errors.get())};
}

}  // namespace batchproof::properties
