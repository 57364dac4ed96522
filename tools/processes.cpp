// Shares work among copies of this process: each takes the next place, and writes its text into its own file.
//
//     SharedCounter places;
//     for (std::size_t place = places.next(); place < count; place = places.next())
//       write_text(output.get(), place, run(place, job));
//     read_texts(copy.output(), texts);

#include "processes.hpp"

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace batchproof::tools {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

[[noreturn]] void throw_system_error(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// A number that the copies of this process share.
class SharedCounter {
 public:
  SharedCounter() {
    void* const memory =
        mmap(nullptr, sizeof(Number), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw_system_error("no memory for processes to share");
    number_ = new (memory) Number(0);
  }
  SharedCounter(const SharedCounter&) = delete;
  SharedCounter& operator=(const SharedCounter&) = delete;
  ~SharedCounter() { munmap(number_, sizeof(Number)); }

  std::size_t next() { return number_->fetch_add(1); }

  /// From now on `next` is beyond any count.
  void exhaust() { number_->store(std::numeric_limits<std::size_t>::max() / 2); }

 private:
  using Number = std::atomic<std::size_t>;
  static_assert(Number::is_always_lock_free);
  Number* number_;
};

/// A copy of this process. The destructor ends it, if it has not ended.
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
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }

  pid_t process() const { return process_; }
  void note_end() { process_ = 0; }
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
    if (std::fread(text.data(), 1, text.size(), file) != text.size())
      throw std::runtime_error("the output of a process is incomplete");
    if (head[0] == of_an_error) throw std::runtime_error(text);
    texts.at(head[0]) = std::move(text);
  }
}

/// The child process that ended, and how.
pid_t wait_for_any(int& status) {
  pid_t ended = -1;
  while ((ended = waitpid(-1, &status, 0)) < 0 && errno == EINTR) {
  }
  if (ended < 0) throw_system_error("a process that shared the work is lost");
  return ended;
}

std::string text_of_end(int status) {
  if (!WIFSIGNALED(status)) return "status " + std::to_string(WEXITSTATUS(status));
  const int signal = WTERMSIG(status);
  return "killed by signal " + std::to_string(signal) + " (" + strsignal(signal) + ")";
}

/// The work of a copy; the process that it was copied from does the rest of the program.
[[noreturn]] void work(std::FILE* output, pid_t parent, SharedCounter& places,
                       const std::function<void()>& run_all) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  constexpr rlimit no_core_file{0, 0};
  setrlimit(RLIMIT_CORE, &no_core_file);
  if (getppid() != parent) _exit(1);
  try {
    run_all();
  } catch (const std::exception& error) {
    places.exhaust();
    write_text(output, of_an_error, error.what());
  } catch (...) {
    places.exhaust();
    write_text(output, of_an_error, "an exception of an unknown type");
  }
  const bool is_written = std::fflush(output) == 0 && std::ferror(output) == 0;
  _exit(is_written ? 0 : 1);
}

}  // namespace

std::vector<std::string> texts_of_processes(
    std::size_t count, std::size_t jobs,
    const std::function<std::string(std::size_t place, std::size_t job)>& run) {
  SharedCounter places;
  const pid_t parent = getpid();
  std::fflush(nullptr);  // a copy would print it once more
  std::vector<Copy> copies;
  copies.reserve(jobs);
  for (std::size_t job = 0; job < jobs; ++job) {
    File output(std::tmpfile(), std::fclose);
    if (!output) throw_system_error("no temporary file for the output of a process");
    const pid_t process = fork();
    if (process < 0) throw_system_error("no process");
    if (process == 0) {
      work(output.get(), parent, places, [&] {
        for (std::size_t place = places.next(); place < count; place = places.next())
          write_text(output.get(), place, run(place, job));
      });
    }
    copies.emplace_back(process, std::move(output));
  }
  for (std::size_t running = jobs; running > 0;) {
    int status = 0;
    const pid_t ended = wait_for_any(status);
    const auto copy =
        std::find_if(copies.begin(), copies.end(), [=](const Copy& one) { return one.process() == ended; });
    if (copy == copies.end()) continue;  // a child that this process had before it made copies
    copy->note_end();
    --running;
    if (status != 0) throw std::runtime_error("a process that shared the work ended: " + text_of_end(status));
  }
  std::vector<std::string> texts(count);
  for (const Copy& copy : copies) read_texts(copy.output(), texts);
  return texts;
}

}  // namespace batchproof::tools
