// Handlers on threads where the system starts only some of them, as Lambda does above 1,024.

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <batchproof/batch.hpp>
#include <cstdlib>
#include <string>
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

/// Its threads have stacks of 8 MiB, so few of them fit.
void leave_room_for_few_threads() {
  constexpr rlim_t room = rlim_t{512} << 20U;
  const rlimit limit{room, room};
  if (setrlimit(RLIMIT_AS, &limit) != 0) _exit(2);
}

TEST(FewThreads, HandleTheBatchOfManyAllTheSame) {
  if (needs_much_memory) GTEST_SKIP() << "a sanitizer needs more memory than a few threads have";
  std::vector<std::string> identifiers;
  for (int number = 0; number < 1000; ++number) identifiers.push_back(std::to_string(number));
  const std::string payload = batch_of<SqsRecord>(identifiers);
  const pid_t child = fork();
  if (child == 0) {
    leave_room_for_few_threads();
    const BatchProcessor<SqsRecord> processor({.max_concurrency = 1000});
    const auto handle = [](const SqsRecord& record) {
      if (record.message_id() == "7") throw 7;
    };
    const std::string response = process_partial_response(payload, handle, processor);
    _exit(response == R"({"batchItemFailures":[{"itemIdentifier":"7"}]})" ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace batchproof
