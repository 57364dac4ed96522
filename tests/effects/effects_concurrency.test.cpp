// Overlapping executions, on threads that take turns, for the thread sanitizer too.

#include <gtest/gtest.h>

#include <batchproof/effects/broken_guards.hpp>
#include <batchproof/effects/run_effect_world.hpp>
#include <batchproof/effects/verify_idempotent.hpp>
#include <batchproof/idempotency/memory_store.hpp>

namespace batchproof::effects {
namespace {

TEST(ConcurrencyOfEffects, LetsOneExecutionRunAtATime) {
  MemoryStore store;
  const EffectWorld world{.world = {.messages = 20, .faults = {.crash_rate = 0.1}},
                          .faults = {.overlap_rate = 1, .slow_rate = 0.5}};
  const auto finished = run_effect_world(correct_guard, store, world);
  EXPECT_GT(finished.deliveries, 20U);
  for (const EffectLaw& law : effect_laws()) EXPECT_TRUE(law.violations(finished).empty()) << law.id;
}

TEST(ConcurrencyOfEffects, FollowsCoroutinesFromThreadToThread) {
  MemoryStore store;
  int calls = 0;  // by one execution at a time
  const auto report = verify_async_idempotent<SqsRecord>(
      [&calls](const SqsRecord&) -> boost::asio::awaitable<void> {
        ++calls;
        co_return;
      },
      store, {}, {.worlds = 20, .seed = 1});
  EXPECT_TRUE(report.passed()) << report.text();
}

}  // namespace
}  // namespace batchproof::effects
