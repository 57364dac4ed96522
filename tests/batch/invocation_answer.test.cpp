#include <batchproof/invocation_answer.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <cstddef>
#include <memory>
#include <new>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>

#include "events.hpp"

namespace batchproof {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// The answer of a function that throws this.
template <class Exception>
nlohmann::json answered_error(const Exception& exception) {
  const InvocationAnswer answer = answer_invocation([&]() -> std::string { throw exception; });
  EXPECT_FALSE(answer.succeeded);
  return nlohmann::json::parse(answer.body);
}

std::string answered_message(const std::string& text) {
  return answered_error(std::runtime_error(text))["errorMessage"].get<std::string>();
}

TEST(InvocationAnswer, IsTheResponseWhereThereIsOne) {
  const InvocationAnswer answer = answer_invocation([] { return BatchResponse().to_json(); });
  EXPECT_TRUE(answer.succeeded);
  EXPECT_EQ(answer.body, R"({"batchItemFailures":[]})");
}

TEST(InvocationAnswer, TakesWhatCanBeCalledOnce) {
  auto text = std::make_unique<std::string>("{}");
  EXPECT_EQ(answer_invocation([text = std::move(text)]() mutable { return *std::exchange(text, {}); }).body,
            "{}");
}

TEST(InvocationAnswer, IsTheErrorObjectOfTheRuntimeApi) {
  const InvocationAnswer answer =
      answer_invocation([]() -> std::string { throw std::out_of_range("the shelf"); });
  EXPECT_FALSE(answer.succeeded);
  EXPECT_EQ(answer.body, R"({"errorMessage":"the shelf","errorType":"std::out_of_range","stackTrace":[]})");
}

TEST(InvocationAnswer, NamesTheErrorsOfThisLibraryWithoutItsNamespace) {
  const auto reject = [](const SqsRecord&) { throw std::runtime_error("rejected"); };
  const auto answer_to = [&](const std::string& payload) {
    return nlohmann::json::parse(answer_invocation([&] {
                                   return process_partial_response(payload, reject,
                                                                   BatchProcessor<SqsRecord>{});
                                 }).body);
  };
  const auto all_failed = answer_to(batch_of<SqsRecord>({"1", "2"}));
  EXPECT_EQ(all_failed["errorType"], "BatchProcessingError");
  EXPECT_EQ(all_failed["errorMessage"],
            "all 2 records of the batch failed: record 0 (1): rejected; record 1 (2): rejected");

  const auto no_event = answer_to("not JSON");
  EXPECT_EQ(no_event["errorType"], "EventError");
  EXPECT_THAT(no_event["errorMessage"].get<std::string>(), HasSubstr("the text does not end"));
}

TEST(InvocationAnswer, TellsTheTypeOfWhatIsNoException) {
  const auto error = answered_error(42);
  EXPECT_EQ(error["errorType"], "int");
  EXPECT_EQ(error["errorMessage"], "threw a value of type int, which is not a std::exception");
}

struct EmptyShelf : std::runtime_error {
  using std::runtime_error::runtime_error;
};

TEST(InvocationAnswer, TellsTheTypeThatWasThrown) {
  EXPECT_THAT(answered_error(EmptyShelf("a text"))["errorType"].get<std::string>(), EndsWith("::EmptyShelf"));
  EXPECT_EQ(answered_error(std::bad_alloc())["errorType"], "std::bad_alloc");
  EXPECT_EQ(answered_error(DeadlineReachedError("late"))["errorType"], "DeadlineReachedError");
}

template <class>
struct Shelf {};

TEST(InvocationAnswer, NamesTypesOfThisLibraryWithoutItsVersion) {
  const std::string type = answered_error(Shelf<std::pair<SqsRecord, RecordError>>())["errorType"];
  EXPECT_THAT(type, EndsWith("::Shelf<std::pair<batchproof::SqsRecord, batchproof::RecordError> >"));
}

TEST(InvocationAnswer, HasATextAlsoWhereTheExceptionHasNone) {
  EXPECT_EQ(answered_message(""), "std::runtime_error without a text");
}

TEST(InvocationAnswer, EscapesWhatJsonMustEscapeAndNothingElse) {
  const std::string text = "\"quoted\" \\ \n \x01 \x7F / caf\xC3\xA9 \xF0\x9F\x98\x80";
  EXPECT_EQ(answered_message(text), text);
  EXPECT_THAT(answer_invocation([&]() -> std::string { throw std::runtime_error(text); }).body,
              HasSubstr("\\\"quoted\\\" \\\\ \\u000a \\u0001 \x7F / caf\xC3\xA9 \xF0\x9F\x98\x80"));
}

TEST(InvocationAnswer, ReplacesWhatIsNoUtf8) {
  const std::string replaced = "\xEF\xBF\xBD";
  EXPECT_EQ(answered_message("a \xFF b"), "a " + replaced + " b");
  EXPECT_EQ(answered_message("\x80\xC3\xA9\xBF"), replaced + "\xC3\xA9" + replaced);
  EXPECT_EQ(answered_message("cut \xC3"), "cut " + replaced);
  EXPECT_EQ(answered_message("cut \xF0\x9F\x98"), "cut " + replaced);
  EXPECT_EQ(answered_message("\xE2\x82(\xE2\x82\xAC"), replaced + "(\xE2\x82\xAC");
  EXPECT_EQ(answered_message("\xF0\x9F\x98\x80\xFF"), "\xF0\x9F\x98\x80" + replaced);
  // Overlong forms, a surrogate, and what is behind the last character: each byte is one replacement.
  EXPECT_EQ(answered_message("\xC0\xAF"), replaced + replaced);
  EXPECT_EQ(answered_message("\xE0\x80\xAF"), replaced + replaced + replaced);
  EXPECT_EQ(answered_message("\xED\xA0\x80"), replaced + replaced + replaced);
  EXPECT_EQ(answered_message("\xF4\x90\x80\x80"), replaced + replaced + replaced + replaced);
  EXPECT_EQ(answered_message("\xF0\x8F\xBF\xBF"), replaced + replaced + replaced + replaced);
}

TEST(InvocationAnswer, KeepsTheLastCharactersOfEachLengthBesideWhatIsNoUtf8) {
  const std::string last = "\xC2\xBF \xDF\xBF \xED\x9F\xBF \xEF\xBF\xBF \xF4\x8F\xBF\xBF";
  const std::string first = "\xC2\x80 \xE0\xA0\x80 \xF0\x90\x80\x80 \xF4\x80\x80\x80";
  EXPECT_EQ(answered_message(last + first + "\x80"), last + first + "\xEF\xBF\xBD");
}

TEST(InvocationAnswer, ReplacesWhatIsNoUtf8WhateverTheBytes) {
  for (unsigned first = 0x80; first < 0x100; ++first) {
    for (const unsigned second : {0x20U, 0x7FU, 0x80U, 0x8FU, 0x90U, 0x9FU, 0xA0U, 0xBFU, 0xC0U, 0xFFU}) {
      std::string text{static_cast<char>(first), static_cast<char>(second), '\x80', '\x80', 'x'};
      const std::string message = answered_message(text);  // parses, so it is UTF-8
      ASSERT_THAT(message, EndsWith("x")) << first << ' ' << second;
    }
  }
}

TEST(InvocationAnswer, EndsALongTextBetweenTwoCharacters) {
  std::string text(65'535, 'x');
  EXPECT_EQ(answered_message(text + "y"), text + "y");
  EXPECT_EQ(answered_message(text + "\xC3\xA9"), text + "...");
  EXPECT_THAT(answered_message(std::string(7'000'000, '\xFF')), SizeIs(65'535 + 3));
}

}  // namespace
}  // namespace batchproof
