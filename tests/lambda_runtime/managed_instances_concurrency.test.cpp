// Several invocations at the same time in one process, as on Lambda managed instances, on the stand-in.

#include <batchproof/lambda_runtime.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <batchproof/batch.hpp>
#include <cstdlib>
#include <latch>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

namespace batchproof {
namespace {

using ::testing::SizeIs;

class ConcurrencyOfManagedInstances : public ::testing::Test {
 protected:
  ConcurrencyOfManagedInstances() {
    stand_in::requests.clear();
    stand_in::responses.clear();
    stand_in::next = 0;
  }
  ~ConcurrencyOfManagedInstances() override { unsetenv("AWS_LAMBDA_MAX_CONCURRENCY"); }

  static void set_max_concurrency(const char* text) { setenv("AWS_LAMBDA_MAX_CONCURRENCY", text, 1); }

  static void give_batches(int count) {
    for (int batch = 0; batch < count; ++batch) {
      const std::string id = "m" + std::to_string(batch);
      stand_in::requests.push_back({R"({"Records":[{"messageId":")" + id +
                                        R"(","eventSource":"aws:sqs","body":"good"},{"messageId":"bad-)" +
                                        id + R"(","eventSource":"aws:sqs","body":"bad"}]})",
                                    "request-" + id,
                                    "",
                                    {}});
    }
  }
};

void refuse_bad(const SqsRecord& record) {
  if (record.body() == "bad") throw std::runtime_error("rejected");
}

TEST_F(ConcurrencyOfManagedInstances, AnswersEachInvocationWithItsOwnFailure) {
  set_max_concurrency("4");
  give_batches(200);
  const BatchProcessor<SqsRecord> processor;
  EXPECT_EQ(run_batch_handler_concurrently(refuse_bad, processor), EXIT_FAILURE);
  std::set<std::string> answers;
  for (const auto& response : stand_in::responses) answers.insert(response.get_payload());
  EXPECT_THAT(answers, SizeIs(200));
  EXPECT_TRUE(answers.contains(R"({"batchItemFailures":[{"itemIdentifier":"bad-m17"}]})"));
}

TEST_F(ConcurrencyOfManagedInstances, RunsAsManyAtATimeAsTheEnvironmentSays) {
  set_max_concurrency("3");
  give_batches(3);
  std::latch all_run(3);  // none returns before all three have begun
  const int status = run_invocations_concurrently([&] {
    return [&](std::string_view, const LambdaContext&) -> std::string {
      all_run.arrive_and_wait();
      return "{}";
    };
  });
  EXPECT_EQ(status, EXIT_FAILURE);
  EXPECT_THAT(stand_in::responses, SizeIs(3));
}

TEST_F(ConcurrencyOfManagedInstances, GivesEachLoopAProcessOfItsOwn) {
  set_max_concurrency("4");
  give_batches(100);
  int made = 0;
  std::atomic<bool> is_shared = false;
  const int status = run_invocations_concurrently([&] {
    ++made;
    return [&, is_running = std::make_shared<std::atomic<bool>>(false)](std::string_view,
                                                                        const LambdaContext&) -> std::string {
      if (is_running->exchange(true)) is_shared = true;
      is_running->store(false);
      return "{}";
    };
  });
  EXPECT_EQ(status, EXIT_FAILURE);
  EXPECT_EQ(made, 4);
  EXPECT_FALSE(is_shared);
}

TEST_F(ConcurrencyOfManagedInstances, RunsOneAtATimeWithoutANumberAboveZero) {
  for (const char* const text : {"", "0", "-1", "many", "2.5"}) {
    set_max_concurrency(text);
    int made = 0;
    const int status = run_invocations_concurrently([&] {
      ++made;
      return [](std::string_view, const LambdaContext&) { return std::string("{}"); };
    });
    EXPECT_EQ(status, EXIT_FAILURE);
    EXPECT_EQ(made, 1) << text;
  }
}

}  // namespace
}  // namespace batchproof
