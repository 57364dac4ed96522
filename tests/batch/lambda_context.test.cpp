#include <batchproof/lambda_context.hpp>

#include <gtest/gtest.h>

#include <chrono>

namespace batchproof {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::system_clock;

const system_clock::time_point now{seconds(1'700'000'000)};

TEST(LambdaContext, LeavesEverythingOut) {
  const LambdaContext context;
  EXPECT_EQ(context.request_id, "");
  EXPECT_EQ(context.remaining_time(), std::nullopt);
  EXPECT_EQ(context.function_name, "");
  EXPECT_EQ(context.memory_limit_megabytes, 0U);
  EXPECT_EQ(context.invoked_function_arn, "");
}

TEST(LambdaContext, TellsTheTimeUntilItsDeadline) {
  const LambdaContext context{.request_id = "r", .deadline = now + seconds(3)};
  EXPECT_EQ(context.remaining_time(now), milliseconds(3000));
}

TEST(LambdaContext, PromisesNoTimeThatIsNotLeft) {
  const LambdaContext context{.deadline = now + microseconds(1999)};
  EXPECT_EQ(context.remaining_time(now), milliseconds(1));
}

TEST(LambdaContext, HasNoTimeLeftBehindItsDeadline) {
  const LambdaContext context{.deadline = now};
  EXPECT_EQ(context.remaining_time(now), milliseconds(0));
  EXPECT_EQ(context.remaining_time(now + seconds(5)), milliseconds(0));
}

TEST(LambdaContext, TellsTheTimeBetweenPointsThatAreAsFarApartAsCanBe) {
  const LambdaContext last{.deadline = system_clock::time_point::max()};
  EXPECT_GT(last.remaining_time(system_clock::time_point::min()), std::chrono::hours(24 * 365 * 290));
  const LambdaContext first{.deadline = system_clock::time_point::min()};
  EXPECT_EQ(first.remaining_time(system_clock::time_point::max()), milliseconds(0));
}

TEST(LambdaContext, AsksTheClockItself) {
  const LambdaContext past{.deadline = system_clock::now() - seconds(1)};
  EXPECT_EQ(past.remaining_time(), milliseconds(0));
  const LambdaContext far{.deadline = system_clock::time_point::max()};
  EXPECT_GT(far.remaining_time(), milliseconds(0));
}

}  // namespace
}  // namespace batchproof
