// Uses a stand-in for aws-lambda-cpp's header, so that the tests run without that library.

#include <batchproof/lambda_runtime.hpp>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace batchproof {
namespace {

using aws::lambda_runtime::invocation_request;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;
using namespace std::chrono_literals;

const BatchProcessor<SqsRecord> sqs_processor;

constexpr const char* one_message =
    R"({"Records":[{"messageId":"1","eventSource":"aws:sqs","body":"teapot"}]})";
constexpr const char* two_messages =
    R"({"Records":[{"messageId":"1","eventSource":"aws:sqs","body":"teapot"},)"
    R"({"messageId":"2","eventSource":"aws:sqs","body":"bad"}]})";

void reject_bad(const SqsRecord& record) {
  if (record.body() == "bad") throw std::runtime_error("rejected");
}

class LambdaRuntime : public ::testing::Test {
 protected:
  LambdaRuntime() {
    stand_in::requests.clear();
    stand_in::responses.clear();
    stand_in::next = 0;
  }

  static void give(const std::string& payload) { stand_in::requests.push_back({payload, "r-1", "", {}}); }

  /// The answer to one event, for those functions that get one.
  template <class Handler>
  static aws::lambda_runtime::invocation_response answer_to(const std::string& payload, Handler&& handler) {
    give(payload);
    EXPECT_EQ(run_batch_handler(handler, sqs_processor), EXIT_FAILURE);  // the stand-in has run out
    return stand_in::responses.back();
  }

  static nlohmann::json error_of(const aws::lambda_runtime::invocation_response& response) {
    EXPECT_FALSE(response.is_success());
    EXPECT_EQ(response.get_content_type(), "application/json");
    return nlohmann::json::parse(response.get_payload());
  }
};

TEST_F(LambdaRuntime, SendsTheResponse) {
  const auto response = answer_to(two_messages, reject_bad);
  EXPECT_TRUE(response.is_success());
  EXPECT_EQ(response.get_content_type(), "application/json");
  EXPECT_EQ(response.get_payload(), R"({"batchItemFailures":[{"itemIdentifier":"2"}]})");
}

TEST_F(LambdaRuntime, FailsTheInvocationWhenEveryRecordFailed) {
  const auto error = error_of(answer_to(one_message, [](const SqsRecord&) { throw 42; }));
  EXPECT_EQ(error["errorType"], "BatchProcessingError");
  EXPECT_THAT(error["errorMessage"].get<std::string>(), HasSubstr("a value of type int"));
  EXPECT_THAT(error["stackTrace"], IsEmpty());
}

TEST_F(LambdaRuntime, FailsTheInvocationForAnEventThatCannotBeProcessed) {
  const auto error = error_of(answer_to("not an event", reject_bad));
  EXPECT_EQ(error["errorType"], "EventError");
  const auto other = error_of(answer_to(
      R"({"Records":[{"eventSource":"aws:kinesis","kinesis":{"sequenceNumber":"1"}}]})", reject_bad));
  EXPECT_EQ(other["errorType"], "EventError");
  EXPECT_THAT(other["errorMessage"].get<std::string>(), HasSubstr("aws:kinesis"));
}

TEST_F(LambdaRuntime, SendsTextsOfAllBytesAsValidJson) {
  const auto error = error_of(answer_to(
      one_message, [](const SqsRecord&) { throw std::runtime_error("caf\xC3\xA9 \"\xFF\" \x01"); }));
  EXPECT_THAT(error["errorMessage"].get<std::string>(), HasSubstr("caf\xC3\xA9 \"\xEF\xBF\xBD\" \x01"));
}

TEST_F(LambdaRuntime, ContainsWhateverAProcessThrows) {
  give("");
  const int status = run_invocations([](std::string_view, const LambdaContext&) -> std::string { throw 42; });
  EXPECT_EQ(status, EXIT_FAILURE);
  const auto error = error_of(stand_in::responses.at(0));
  EXPECT_EQ(error["errorType"], "int");
}

TEST_F(LambdaRuntime, WritesAFailedInvocationToTheLog) {
  ::testing::internal::CaptureStderr();
  answer_to("not\nan event", reject_bad);
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr("invocation r-1 failed: {\"errorMessage\":"));
  EXPECT_THAT(log, HasSubstr("the Lambda runtime has ended"));
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 2);
}

TEST_F(LambdaRuntime, GoesOnAfterAFailedInvocation) {
  give("not an event");
  give(one_message);
  EXPECT_EQ(run_batch_handler(reject_bad, sqs_processor), EXIT_FAILURE);
  ASSERT_THAT(stand_in::responses, SizeIs(2));
  EXPECT_FALSE(stand_in::responses[0].is_success());
  EXPECT_EQ(stand_in::responses[1].get_payload(), R"({"batchItemFailures":[]})");
}

TEST_F(LambdaRuntime, ReadsThePayloadWhereItStands) {
  give(one_message);
  const char* seen = nullptr;
  const int status = run_invocations([&](std::string_view payload, const LambdaContext&) {
    seen = payload.data();
    return std::string("{}");
  });
  EXPECT_EQ(status, EXIT_FAILURE);
  EXPECT_EQ(seen, stand_in::requests[0].payload.data());
}

TEST_F(LambdaRuntime, GivesTheContextToHandlers) {
  const auto deadline = std::chrono::system_clock::now() + 1h;
  stand_in::requests.push_back({one_message, "8f50", "arn:orders", deadline});
  LambdaContext seen;
  const auto look = [&](const SqsRecord&, const LambdaContext& context) { seen = context; };
  EXPECT_EQ(run_batch_handler(look, sqs_processor), EXIT_FAILURE);
  EXPECT_EQ(seen.request_id, "8f50");
  EXPECT_EQ(seen.invoked_function_arn, "arn:orders");
  EXPECT_EQ(seen.deadline, deadline);
}

TEST_F(LambdaRuntime, StartsNoRecordWhenTheDeadlineIsNear) {
  stand_in::requests.push_back({one_message, "8f50", "", std::chrono::system_clock::now() + 100ms});
  const BatchProcessor<SqsRecord> careful{{.reserve = 10s}};
  bool called = false;
  EXPECT_EQ(run_batch_handler([&](const SqsRecord&) { called = true; }, careful), EXIT_FAILURE);
  EXPECT_FALSE(called);
  EXPECT_FALSE(stand_in::responses.at(0).is_success());
}

TEST_F(LambdaRuntime, KeepsAnOwnProcessorFromOneInvocationToTheNext) {
  class Counting : public BasePartialProcessor<SqsRecord> {
   public:
    int batches = 0;

   private:
    void prepare() override { ++batches; }
  };
  Counting counting;
  give(one_message);
  give(one_message);
  EXPECT_EQ(run_batch_handler(reject_bad, counting), EXIT_FAILURE);
  EXPECT_EQ(counting.batches, 2);
}

TEST_F(LambdaRuntime, RunsCoroutineHandlers) {
  give(two_messages);
  const AsyncBatchProcessor<SqsRecord> processor;
  const auto reject = [](const SqsRecord& record) -> boost::asio::awaitable<void> {
    reject_bad(record);
    co_return;
  };
  EXPECT_EQ(run_invocations([&](std::string_view payload, const LambdaContext& context) {
              return async_process_partial_response(payload, reject, processor, context);
            }),
            EXIT_FAILURE);
  EXPECT_EQ(stand_in::responses.at(0).get_payload(), R"({"batchItemFailures":[{"itemIdentifier":"2"}]})");
}

/// In place of stdout a pipe, as in Lambda, written a block at a time.
class PipedStdout {
 public:
  PipedStdout() : before_(dup(STDOUT_FILENO)) {
    std::fflush(stdout);
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_NONBLOCK), 0);
    dup2(ends[1], STDOUT_FILENO);
    close(ends[1]);
    read_end_ = ends[0];
    std::setvbuf(stdout, nullptr, _IOFBF, BUFSIZ);
  }
  ~PipedStdout() {
    std::fflush(stdout);
    dup2(before_, STDOUT_FILENO);
    close(before_);
    close(read_end_);
  }
  PipedStdout(const PipedStdout&) = delete;
  PipedStdout& operator=(const PipedStdout&) = delete;

  /// The output since the last call.
  std::string arrived() const {
    std::string text(4096, '\0');
    const ssize_t size = read(read_end_, text.data(), text.size());
    text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return text;
  }

 private:
  int before_;
  int read_end_;
};

TEST_F(LambdaRuntime, ShowsWhatWasPrintedBeforeItWaitsForAnInvocation) {
  const PipedStdout stdout_pipe;
  give("");
  give("");
  std::string arrived;
  std::fputs("starts", stdout);
  const int status = run_invocations([&](std::string_view, const LambdaContext&) {
    arrived += '[' + stdout_pipe.arrived() + ']';
    std::fputs("handled", stdout);
    std::cout << " and counted";
    return std::string("{}");
  });
  EXPECT_EQ(status, EXIT_FAILURE);
  EXPECT_EQ(arrived + stdout_pipe.arrived(), "[starts][handled and counted]handled and counted");
}

TEST_F(LambdaRuntime, ShowsEachLineWhenItEnds) {
  const PipedStdout stdout_pipe;
  give("");
  std::string arrived;
  const int status = run_invocations([&](std::string_view, const LambdaContext&) {
    std::cout << "one line\nand a half";
    arrived = stdout_pipe.arrived();
    return std::string("{}");
  });
  EXPECT_EQ(status, EXIT_FAILURE);
  EXPECT_THAT(arrived, StartsWith("one line\n"));
}

TEST_F(LambdaRuntime, ShowsWhatAFailedInvocationPrinted) {
  const PipedStdout stdout_pipe;
  give("");
  const int status = run_invocations([&](std::string_view, const LambdaContext&) -> std::string {
    std::cout << "before it threw";
    throw 42;
  });
  EXPECT_EQ(status, EXIT_FAILURE);
  EXPECT_EQ(stdout_pipe.arrived(), "before it threw");
}

/// In place of a stream's buffer one that keeps what it is given until it is flushed, as `std::cout` has when
/// it is independent of stdout.
class KeepingBuffer : public std::stringbuf {
 public:
  explicit KeepingBuffer(std::ostream& stream) : stream_(stream), before_(stream.rdbuf(this)) {}
  ~KeepingBuffer() override { stream_.rdbuf(before_); }
  std::string flushed;

 protected:
  int sync() override {
    flushed = str();
    return fails ? -1 : 0;
  }

 public:
  bool fails = false;

 private:
  std::ostream& stream_;
  std::streambuf* before_;
};

TEST_F(LambdaRuntime, FlushesStreamsThatAreIndependentOfStdout) {
  give("");
  KeepingBuffer out(std::cout);
  KeepingBuffer log(std::clog);
  const int status = run_invocations([&](std::string_view, const LambdaContext&) {
    std::cout << "printed";
    std::clog << "logged";
    return std::string("{}");
  });
  EXPECT_EQ(status, EXIT_FAILURE);
  EXPECT_EQ(out.flushed, "printed");
  EXPECT_EQ(log.flushed, "logged");
}

TEST_F(LambdaRuntime, AnswersAlsoWhenAStreamCannotBeFlushed) {
  give("");
  KeepingBuffer out(std::cout);
  KeepingBuffer log(std::clog);
  const auto before = std::cout.exceptions();
  const int status = run_invocations([&](std::string_view, const LambdaContext&) {
    std::cout.exceptions(std::ios::badbit);
    out.fails = true;
    std::clog << "logged";
    return std::string("{}");
  });
  std::cout.exceptions(std::ios::goodbit);
  std::cout.clear();
  std::cout.exceptions(before);
  EXPECT_EQ(status, EXIT_FAILURE);
  EXPECT_TRUE(stand_in::responses.at(0).is_success());
  EXPECT_EQ(log.flushed, "logged");
}

/// An environment variable that is as before when the test is over.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* const before = std::getenv(name)) before_ = before;
    if (value == nullptr) {
      unsetenv(name);
    } else {
      setenv(name, value, 1);
    }
  }
  ~Variable() {
    if (before_) {
      setenv(name_, before_->c_str(), 1);
    } else {
      unsetenv(name_);
    }
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST(ContextOf, TakesWhatTheRuntimeAndTheEnvironmentKnow) {
  const Variable name("AWS_LAMBDA_FUNCTION_NAME", "orders");
  const Variable memory("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
  const auto deadline = std::chrono::system_clock::now() + 3s;
  const LambdaContext context = context_of({"", "8f50", "arn:orders", deadline});
  EXPECT_EQ(context.request_id, "8f50");
  EXPECT_EQ(context.deadline, deadline);
  EXPECT_EQ(context.invoked_function_arn, "arn:orders");
  EXPECT_EQ(context.function_name, "orders");
  EXPECT_EQ(context.memory_limit_megabytes, 512U);
}

TEST(ContextOf, LeavesOutWhatNobodyKnows) {
  const Variable name("AWS_LAMBDA_FUNCTION_NAME", nullptr);
  const Variable memory("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", nullptr);
  const LambdaContext context = context_of({});
  EXPECT_EQ(context.deadline, std::nullopt);
  EXPECT_EQ(context.function_name, "");
  EXPECT_EQ(context.memory_limit_megabytes, 0U);

  const Variable nonsense("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "much");
  EXPECT_EQ(context_of({}).memory_limit_megabytes, 0U);
}

}  // namespace
}  // namespace batchproof
