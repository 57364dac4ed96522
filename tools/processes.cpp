#include "processes.hpp"

#include <fmt/core.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace batchproof::tools {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

[[noreturn]] void refuse(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

/// A number that the copies of this process share.
class SharedCounter {
 public:
  SharedCounter() {
    void* const memory =
        mmap(nullptr, sizeof(Number), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) refuse("no memory for processes to share");
    number_ = new (memory) Number(0);
  }
  SharedCounter(const SharedCounter&) = delete;
  SharedCounter& operator=(const SharedCounter&) = delete;
  ~SharedCounter() { munmap(number_, sizeof(Number)); }

  std::size_t next() { return number_->fetch_add(1); }

 private:
  using Number = std::atomic<std::size_t>;
  static_assert(Number::is_always_lock_free);
  Number* number_;
};

/// A copy of this process, which is ended and waited for by the destructor.
class Copy {
 public:
  Copy(pid_t process, File output) : process_(process), output_(std::move(output)) {}
  Copy(Copy&& other) noexcept
      : process_(std::exchange(other.process_, 0)), output_(std::move(other.output_)) {}
  Copy& operator=(Copy&&) = delete;
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;
  ~Copy() {
    if (process_ == 0) return;
    kill(process_, SIGKILL);
    wait();
  }

  /// How it ended, as waitpid tells.
  int wait() {
    int status = 0;
    while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
    return status;
  }

  std::FILE* output() const { return output_.get(); }

 private:
  pid_t process_;
  File output_;
};

constexpr std::size_t of_an_error = static_cast<std::size_t>(-1);

void write_text(std::FILE* file, std::size_t place, const std::string& text) {
  const std::size_t head[] = {place, text.size()};
  std::fwrite(head, sizeof head, 1, file);
  std::fwrite(text.data(), 1, text.size(), file);
}

/// Reads what `write_text` wrote, into its place. Throws what a place of `of_an_error` says.
void read_texts(std::FILE* file, std::vector<std::string>& texts) {
  std::rewind(file);
  for (std::size_t head[2]; std::fread(head, sizeof head, 1, file) == 1;) {
    std::string text(head[1], '\0');
    if (std::fread(text.data(), 1, text.size(), file) != text.size()) break;
    if (head[0] == of_an_error) throw std::runtime_error(text);
    texts.at(head[0]) = std::move(text);
  }
}

std::string text_of_end(int status) {
  if (WIFSIGNALED(status)) return fmt::format("killed by signal {}", strsignal(WTERMSIG(status)));
  return fmt::format("status {}", WEXITSTATUS(status));
}

/// What a copy does; the rest of the program is left to the process that it was copied from.
[[noreturn]] void work(std::FILE* output, pid_t parent, const std::function<void()>& run_all) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  try {
    run_all();
  } catch (const std::exception& error) {
    write_text(output, of_an_error, error.what());
  }
  _exit(std::fflush(output) == 0 ? 0 : 1);
}

}  // namespace

std::vector<std::string> texts_of_processes(
    std::size_t count, std::size_t jobs,
    const std::function<std::string(std::size_t place, std::size_t job)>& run) {
  SharedCounter places;
  const pid_t parent = getpid();
  std::fflush(nullptr);  // a copy would print it once more
  std::vector<Copy> copies;
  for (std::size_t job = 0; job < jobs; ++job) {
    File output(std::tmpfile(), std::fclose);
    if (!output) refuse("no temporary file for the output of a process");
    const pid_t process = fork();
    if (process < 0) refuse("no process");
    if (process == 0) {
      work(output.get(), parent, [&] {
        for (std::size_t place = places.next(); place < count; place = places.next())
          write_text(output.get(), place, run(place, job));
      });
    }
    copies.emplace_back(process, std::move(output));
  }
  std::vector<std::string> texts(count);
  for (Copy& copy : copies) {
    const int status = copy.wait();
    read_texts(copy.output(), texts);
    if (status != 0) throw std::runtime_error("a process of the verification ended: " + text_of_end(status));
  }
  return texts;
}

}  // namespace batchproof::tools
