// Powertools for AWS Lambda (TypeScript) and this library, on one table: each knows what the other has
// handled.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <batchproof/idempotency/idempotent.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "output_of.hpp"
#include "table.hpp"

namespace batchproof::testing_servers {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;
using ::testing::HasSubstr;

/// What Powertools makes of the key "order 7"; powertools.mjs describes the modes and the answer.
Json powertools(const std::string& prefix, const std::string& mode) {
  return Json::parse(
      output_of("AWS_ACCESS_KEY_ID=A AWS_SECRET_ACCESS_KEY=S node --no-warnings " BATCHPROOF_POWERTOOLS " " +
                table().server().url() + " handled " + prefix + " 'order 7' " + mode));
}

/// That key as Powertools for TypeScript stores it: the MD5 of its JSON, in base64.
std::string stored_key(const SqsRecord&) { return "dA/J4LCOp+p+HL6zyoN2mw=="; }

const Json receipt{{"receipt", 7}, {"lines", {"a \"quoted\" text", 1.5, true, nullptr}}};

/// What this library makes of the same key: the result of the record, or why it failed.
template <class Handler>
Json ours(const std::string& prefix, const Handler& handler, IdempotencyOptions options = {}) {
  const auto store = table().make_store();
  options.key = stored_key;
  options.prefix = prefix;
  options.store_time_limit = 20s;
  const auto event =
      decode<SqsRecord>(R"({"Records":[{"messageId":"m1","body":"{\"order\":7}","eventSource":"aws:sqs"}]})");
  const BatchProcessor<SqsRecord> processor{{.raise_on_entire_batch_failure = false}};
  const auto batch = processor.process(event, idempotent(handler, *store, std::move(options)));
  const auto& message = batch.messages()[0];
  if (message.status != Status::success) return message.cause;
  if constexpr (requires { message.result; }) {
    return *message.result;
  } else {
    return "done";
  }
}

/// A handler that must not run.
Json refuse(const SqsRecord&) { throw std::logic_error("it was handled again"); }

// Powertools for TypeScript keeps a result as a value of DynamoDB, those for Python, Java and .NET as a JSON
// text, as this library does: for TypeScript that is a text.
TEST(PowertoolsForTypeScript, ReadsAResultOfThisLibraryAsCompleted) {
  EXPECT_EQ(ours("completed", [](const SqsRecord&) { return receipt; }), receipt);
  EXPECT_EQ(powertools("completed", "complete"), (Json{{"ran", false}, {"result", receipt.dump()}}));
}

TEST(PowertoolsForTypeScript, ReadsAClaimOfThisLibraryAsInProgress) {
  Json answer;
  ours("claimed", [&](const SqsRecord&) { answer = powertools("claimed", "complete"); });
  EXPECT_EQ(answer, (Json{{"ran", false}, {"error", "IdempotencyAlreadyInProgressError"}}));
}

TEST(PowertoolsForTypeScript, TakesOverAClaimOfThisLibraryThatHasExpired) {
  Json answer;
  const auto claim_late = [&](const SqsRecord&) { answer = powertools("expired", "complete"); };
  const Clock a_minute_ago = [] { return std::chrono::system_clock::now() - 1min; };
  const Json outcome =
      ours("expired", claim_late, {.in_progress_expires_after = 1s, .clock_skew = 0s, .clock = a_minute_ago});
  EXPECT_EQ(answer, (Json{{"ran", true}, {"result", receipt}}));
  EXPECT_THAT(outcome.get<std::string>(), HasSubstr("another delivery holds it now"));
}

TEST(ThisLibrary, ReadsAResultOfPowertoolsForTypeScriptAsCompleted) {
  EXPECT_EQ(powertools("theirs", "complete"), (Json{{"ran", true}, {"result", receipt}}));
  EXPECT_EQ(ours("theirs", refuse), receipt);
}

TEST(ThisLibrary, ReadsATextOfPowertoolsForTypeScriptAsCompleted) {
  EXPECT_EQ(powertools("text", "text"), (Json{{"ran", true}, {"result", "receipt 7"}}));
  EXPECT_EQ(ours("text", refuse), "receipt 7");
}

TEST(ThisLibrary, ReadsAnEndWithoutAResultOfPowertoolsForTypeScriptAsCompleted) {
  EXPECT_EQ(powertools("nothing", "nothing"), (Json{{"ran", true}, {"result", nullptr}}));
  EXPECT_EQ(ours("nothing", [](const SqsRecord& record) { refuse(record); }), "done");
}

TEST(ThisLibrary, ReadsAClaimOfPowertoolsForTypeScriptAsInProgress) {
  EXPECT_EQ(powertools("theirs_claimed", "crash"), (Json{{"ran", true}}));
  EXPECT_THAT(ours("theirs_claimed", refuse).get<std::string>(), HasSubstr("is being handled"));
}

}  // namespace
}  // namespace batchproof::testing_servers
