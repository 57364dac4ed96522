// Handlers on threads where the system starts only some of them, as Lambda does above 1,024.

#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <batchproof/batch.hpp>
#include <cstddef>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "events.hpp"

namespace batchproof {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool needs_much_memory = true;
#elif defined(__has_feature)
constexpr bool needs_much_memory = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool needs_much_memory = false;
#endif

/// Threads have stacks of 1 GiB from here on, three of which fit, and half of one is left for all else.
void leave_room_for_three_threads() {
  constexpr std::size_t stack = std::size_t{1} << 30U;
  constexpr rlim_t room = 3 * stack + stack / 2;
  const rlimit limit{room, room};
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0 || pthread_attr_setstacksize(&attributes, stack) != 0 ||
      pthread_setattr_default_np(&attributes) != 0 || setrlimit(RLIMIT_AS, &limit) != 0)
    _exit(2);
}

TEST(FewThreads, HandleTheBatchOfManyAllTheSame) {
  if (needs_much_memory) GTEST_SKIP() << "a sanitizer needs more memory than a few threads have";
  std::vector<std::string> identifiers;
  for (int number = 0; number < 1000; ++number) identifiers.push_back(std::to_string(number));
  const std::string payload = batch_of<SqsRecord>(identifiers);
  const pid_t child = fork();
  if (child == 0) {
    leave_room_for_three_threads();
    const BatchProcessor<SqsRecord> processor({.max_concurrency = 1000});
    std::set<std::thread::id> threads;
    std::mutex mutex;
    const auto handle = [&](const SqsRecord& record) {
      {
        const std::lock_guard lock(mutex);
        threads.insert(std::this_thread::get_id());
      }
      if (record.message_id() == "7") throw 7;
    };
    const std::string response = process_partial_response(payload, handle, processor);
    const bool is_right = response == R"({"batchItemFailures":[{"itemIdentifier":"7"}]})";
    _exit(is_right && threads.size() <= 3 ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace batchproof
