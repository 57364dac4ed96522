// Counts the instructions of one invocation: runs this program again under callgrind, which counts inside one
// function alone.

#include "counted_invocation.hpp"

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <batchproof/batch_processing_error.hpp>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace batchproof::inline v0_1::detail {
namespace {

constexpr const char* count_variable = "BATCHPROOF_COUNT_INSTRUCTIONS";

/// A POSIX regular expression that matches this name alone. A bracket that closes nothing stands for itself,
/// and may not be escaped.
std::string filter_of(const std::string& name) {
  std::string filter = "^";
  for (const char character : name) {
    if (std::string_view("\\^$.[|()*+?{").find(character) != std::string_view::npos) filter += '\\';
    filter += character;
  }
  return filter + '$';
}

/// The environment of the child. Symbols are bound before the count begins.
std::vector<std::string> child_environment() {
  std::vector<std::string> variables{std::string(count_variable) + "=1", "LD_BIND_NOW=1"};
  for (char** variable = environ; *variable != nullptr; ++variable) variables.emplace_back(*variable);
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// Runs the command without its standard output; returns its exit status.
int run(std::vector<std::string> command) {
  std::vector<std::string> environment = child_environment();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int error = posix_spawnp(&child, command.front().c_str(), &actions, nullptr,
                                 pointers_to(command).data(), pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error(command.front() + ": " + std::generic_category().message(error));
  int status = 0;
  while (waitpid(child, &status, 0) == -1 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// The line "totals: N" of a profile.
unsigned long long read_total(const std::filesystem::path& profile) {
  std::ifstream lines(profile);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("totals: ")) return std::stoull(line.substr(8));
  }
  throw std::runtime_error("callgrind wrote no total");
}

}  // namespace

bool counts_instructions() noexcept { return std::getenv(count_variable) != nullptr; }

extern "C" [[gnu::noinline]] void batchproof_counted_invocation(
    const std::function<std::string(std::string_view)>& invoke, std::string_view payload) {
  try {
    benchmark::DoNotOptimize(invoke(payload));
  } catch (const BatchProcessingError& error) {
    benchmark::DoNotOptimize(error.response().item_identifiers().size());
  }
}

void counted_invocation(const std::function<std::string(std::string_view)>& invoke,
                        std::string_view payload) {
  static std::atomic_flag is_counted;
  if (!is_counted.test_and_set()) batchproof_counted_invocation(invoke, payload);
}

unsigned long long count_instructions(const std::string& benchmark_name) {
  const auto profile =
      std::filesystem::temp_directory_path() / ("batchproof_callgrind." + std::to_string(getpid()));
  const int status =
      run({"valgrind", "-q", "--tool=callgrind", "--collect-atstart=no",
           "--toggle-collect=batchproof_counted_invocation", "--callgrind-out-file=" + profile.string(),
           std::filesystem::read_symlink("/proc/self/exe").string(),
           "--benchmark_filter=" + filter_of(benchmark_name), "--benchmark_min_time=0",
           "--benchmark_format=json",  // which prints nothing on stderr
           "--benchmark_out="});       // BENCHMARK_OUT names a file of this program
  if (status != 0)
    throw std::runtime_error("valgrind ended with status " + std::to_string(status) + " for " +
                             benchmark_name);
  const unsigned long long total = read_total(profile);
  std::filesystem::remove(profile);
  return total;
}

}  // namespace batchproof::inline v0_1::detail
