// How much memory a function holds whose handlers run on several threads.

#include <batchproof/lambda_runtime.hpp>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <batchproof/batch.hpp>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>

namespace batchproof {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool has_own_malloc = true;
#elif defined(__has_feature)
constexpr bool has_own_malloc = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool has_own_malloc = false;
#endif

/// An event of nearly 6 MB, the largest that Lambda gives; bodies are JSON, whose quotes are escaped.
std::string large_event() {
  constexpr int records = 1000;
  std::string body = R"({\"quantity\":1,\"items\":[)";
  while (body.size() < 5'800) body += R"({\"sku\":\"tea pot\",\"shelf\":12},)";
  body += "1]}";
  std::string event = R"({"Records":[)";
  for (int index = 0; index < records; ++index) {
    event += (index == 0 ? "" : ",") + (R"({"messageId":"m)" + std::to_string(index)) + R"(","body":")" +
             body + R"(","eventSource":"aws:sqs"})";
  }
  return event + "]}";
}

/// The most memory that this process has held so far.
double peak_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kibibytes = 0;
    if (word == "VmHWM:" && status >> kibibytes) return kibibytes / 1024;
  }
  throw std::runtime_error("/proc/self/status has no VmHWM");
}

/// The most that a function, in a process of its own, has held after ten invocations.
double peak_megabytes_of_function(std::size_t threads) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t child = fork();
  if (child == 0) {
    close(STDERR_FILENO);  // which is told each time that there are no more invocations
    stand_in::requests.assign(1, {large_event(), "r-1", "", {}});
    const BatchProcessor<SqsRecord> processor{{.max_concurrency = threads}};
    const auto handle_order = [](const SqsRecord& record) {
      if (std::string(record.body()).find("quantity") == std::string::npos)
        throw std::runtime_error("rejected");
    };
    std::ofstream("/proc/self/clear_refs") << "5" << std::flush;  // forgets the peak so far
    for (int invocation = 0; invocation < 10; ++invocation) {
      stand_in::next = 0;
      if (run_batch_handler(handle_order, processor) == EXIT_SUCCESS) _exit(1);
    }
    const double peak = peak_megabytes();
    _exit(write(ends[1], &peak, sizeof peak) == sizeof peak ? 0 : 1);
  }
  double peak = 0;
  const bool was_read = read(ends[0], &peak, sizeof peak) == sizeof peak;
  close(ends[0]);
  close(ends[1]);
  waitpid(child, nullptr, 0);
  if (!was_read) throw std::runtime_error("the function did not come to its end");
  return peak;
}

TEST(MemoryOfAFunction, IsWithEightThreadsAtMostOneAndAHalfTimesThatOfOne) {
  if (has_own_malloc) GTEST_SKIP() << "the sanitizer's malloc is not glibc's";
  const double one = peak_megabytes_of_function(1);
  const double eight = peak_megabytes_of_function(8);
  std::printf("peak memory: %.0f MB with one thread, %.0f MB with eight\n", one, eight);
  EXPECT_LE(eight, 1.5 * one);
}

}  // namespace
}  // namespace batchproof
