#include <batchproof/handler_result.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <any>
#include <array>
#include <batchproof/batch.hpp>
#include <chrono>
#include <compare>
#include <coroutine>
#include <cstddef>
#include <exception>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <queue>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "events.hpp"

namespace batchproof {
namespace {

using ::testing::HasSubstr;

/// As much of std::expected as an own type must have.
template <class Value, class Error>
class Expected {
 public:
  Expected(Value value) : content_(std::in_place_index<0>, std::move(value)) {}
  static Expected failed(Error error) { return Expected(std::in_place_index<1>, std::move(error)); }

  bool has_value() const { return content_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  Value& operator*() { return std::get<0>(content_); }
  const Value& operator*() const { return std::get<0>(content_); }
  const Error& error() const { return std::get<1>(content_); }

 private:
  template <std::size_t Index, class Content>
  Expected(std::in_place_index_t<Index> index, Content content) : content_(index, std::move(content)) {}

  std::variant<Value, Error> content_;
};

/// Types that hold each other, as trees do: judging one must come to an end.
struct Leaves;
struct Twig {
  using value_type = Leaves;
};
struct Leaves {
  using value_type = Twig;
};
static_assert(!detail::LosesFailure<Twig>);
static_assert(!detail::LosesFailure<Expected<Twig, std::string>>);
static_assert(detail::LosesFailure<Expected<std::vector<std::unique_ptr<std::future<void>>>, std::string>>);
static_assert(!detail::LosesFailure<Expected<std::vector<std::unique_ptr<int>>, std::string>>);

/// An outcome without a value.
template <class Error>
struct Checked {
  std::optional<Error> failure{};
  bool has_value() const { return !failure.has_value(); }
  const Error& error() const { return *failure; }
};

/// The shape of the AWS SDK's outcomes.
struct SdkError {
  std::string name;
  std::string message;
  const std::string& GetExceptionName() const { return name; }  // NOLINT(readability-identifier-naming)
  const std::string& GetMessage() const { return message; }     // NOLINT(readability-identifier-naming)
};
struct SdkOutcome {
  bool success = true;
  std::string result{};
  SdkError failure{};
  bool IsSuccess() const { return success; }               // NOLINT(readability-identifier-naming)
  const SdkError& GetError() const { return failure; }     // NOLINT(readability-identifier-naming)
  const std::string& GetResult() const { return result; }  // NOLINT(readability-identifier-naming)
  std::string& GetResult() { return result; }              // NOLINT(readability-identifier-naming)
};

const std::string three_records = event_of({sqs_record("1"), sqs_record("2"), sqs_record("3")});

/// The cause of the second of three records, whose handler returned this; the others went well.
template <class Failed, class Succeeded>
std::string cause_of(Failed failed, Succeeded succeeded) {
  const auto event = decode<SqsRecord>(three_records);
  const auto batch = BatchProcessor<SqsRecord>{}.process(
      event, [&](const SqsRecord& record) { return record.index() == 1 ? failed : succeeded; });
  EXPECT_EQ(batch.to_json(), R"({"batchItemFailures":[{"itemIdentifier":"2"}]})");
  EXPECT_NE(batch.messages()[1].exception, nullptr);
  return batch.messages()[1].cause;
}

TEST(HandlerResult, IsKeptWithItsMessage) {
  const auto event = decode<SqsRecord>(three_records);
  const auto batch = BatchProcessor<SqsRecord>{}.process(event, [](const SqsRecord& record) {
    if (record.index() == 1) throw std::runtime_error("no");
    return record.index() * 10;
  });
  EXPECT_EQ(batch.messages()[0].result, 0U);
  EXPECT_EQ(batch.messages()[1].result, std::nullopt);
  EXPECT_EQ(batch.messages()[2].result, 20U);
}

TEST(HandlerResult, MayOnlyMove) {
  struct Receipt {
    std::unique_ptr<int> number;
  };
  const auto event = decode<SqsRecord>(three_records);
  const auto batch = BatchProcessor<SqsRecord>{}.process(event, [](const SqsRecord& record) {
    return Receipt{std::make_unique<int>(static_cast<int>(record.index()))};
  });
  EXPECT_EQ(*batch.messages()[2].result->number, 2);
}

TEST(HandlerResult, IsCopiedWhenItComesByReference) {
  const std::string constant = "constant";
  std::string variable = "variable";
  const auto event = decode<SqsRecord>(three_records);
  const auto constants = BatchProcessor<SqsRecord>{}.process(
      event, [&](const SqsRecord&) -> const std::string& { return constant; });
  const auto variables =
      BatchProcessor<SqsRecord>{}.process(event, [&](const SqsRecord&) -> std::string& { return variable; });
  EXPECT_EQ(constants.messages()[2].result, "constant");
  EXPECT_EQ(variables.messages()[2].result, "variable");
  EXPECT_EQ(variable, "variable");
}

TEST(HandlerResult, MayBeAViewOfItsRecord) {
  const auto event = decode<SqsRecord>(event_of({sqs_record("1", R"(one\ttwo)"), sqs_record("2", "plain")}));
  const auto batch =
      BatchProcessor<SqsRecord>{}.process(event, [](const SqsRecord& record) { return record.body(); });
  EXPECT_EQ(batch.messages()[0].result, "one\ttwo");
  EXPECT_EQ(batch.messages()[1].result, "plain");
}

TEST(HandlerResult, MayBeTextNumberContainerOrJson) {
  const auto event = decode<SqsRecord>(three_records);
  const BatchProcessor<SqsRecord> processor;
  EXPECT_EQ(processor.process(event, [](const SqsRecord&) { return std::string_view("literal"); }).to_json(),
            R"({"batchItemFailures":[]})");
  EXPECT_EQ(processor.process(event, [](const SqsRecord&) { return 0; }).to_json(),
            R"({"batchItemFailures":[]})");
  EXPECT_EQ(processor.process(event, [](const SqsRecord&) { return std::vector<int>{}; }).to_json(),
            R"({"batchItemFailures":[]})");
  EXPECT_EQ(processor.process(event, [](const SqsRecord&) { return nlohmann::json(false); }).to_json(),
            R"({"batchItemFailures":[]})");
}

enum class Answer { accepted, rejected };
enum PlainAnswer { plain_accepted };
struct Receipt {
  std::string number;
  bool is_gift = false;
};
struct Money {
  long cents = 0;
  std::strong_ordering operator<=>(const Money&) const = default;
};
struct Flag {
  operator bool() const { return false; }  // NOLINT(google-explicit-constructor)
};
struct FlagOfATemporary {
  explicit operator bool() && { return false; }
};
struct FlagAndText {
  explicit operator bool() const { return false; }
  operator std::string() const { return "declined"; }  // NOLINT(google-explicit-constructor)
};
struct OkFunction {
  bool ok() const { return false; }
};
struct OkMember {
  bool ok = false;
  std::string why;
};
struct OnlyHasValue {
  bool has_value() const { return false; }
};
struct OnlyIsSuccess {
  bool IsSuccess() const { return false; }  // NOLINT(readability-identifier-naming)
};
struct OwnError : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct OwnVariant : std::variant<int, std::string> {};
struct Branch : std::vector<Branch> {};

template <class... Results>
constexpr bool all_are_values = (!detail::LosesFailure<Results> && ...);
template <class... Results>
constexpr bool all_lose_failures = (detail::LosesFailure<Results> && ...);

TEST(HandlerResult, IsAValueWhenNothingInItSaysHowItWent) {
  static_assert(all_are_values<void, int, const int&, char, double, unsigned long, long double>);
  static_assert(all_are_values<std::string, std::string_view, std::filesystem::path, std::chrono::seconds>);
  static_assert(
      all_are_values<std::vector<std::string>, std::map<std::string, int>, std::array<int, 3>, Branch>);
  static_assert(all_are_values<std::pair<std::string, int>, std::tuple<>, std::tuple<int, Receipt>>);
  static_assert(all_are_values<Receipt, Money, const Receipt&, std::vector<Receipt>, std::monostate>);
  static_assert(all_are_values<nlohmann::json, nlohmann::ordered_json, std::vector<nlohmann::json>>);
}

TEST(HandlerResult, IsRefusedWhenAReaderCouldTakeItForAVerdict) {
  static_assert(all_lose_failures<bool, const bool&, Answer, PlainAnswer, std::byte, std::errc>);
  static_assert(all_lose_failures<std::error_code, std::error_condition, std::exception_ptr>);
  static_assert(all_lose_failures<std::exception, OwnError, const std::runtime_error&>);
  static_assert(
      all_lose_failures<const char*, char*, void*, Receipt*, std::nullptr_t, int Receipt::*, void (*)()>);
  static_assert(all_lose_failures<std::unique_ptr<int>, std::shared_ptr<Receipt>, std::function<void()>>);
  static_assert(all_lose_failures<char[9], const char(&)[9], std::reference_wrapper<bool>>);
  static_assert(all_lose_failures<std::optional<int>, std::any, std::variant<int, std::string>, OwnVariant>);
  static_assert(
      all_lose_failures<Flag, const Flag&, FlagOfATemporary, FlagAndText, std::vector<bool>::reference>);
  static_assert(all_lose_failures<OkFunction, OkMember, OnlyHasValue, OnlyIsSuccess>);
  static_assert(all_lose_failures<std::future<int>, std::shared_future<void>, std::coroutine_handle<>>);
}

TEST(HandlerResult, IsRefusedWhenAPartOfItSaysHowItWent) {
  using Outcome = Expected<int, std::string>;
  static_assert(
      all_lose_failures<std::pair<bool, std::string>, std::pair<int, OwnError>, std::tuple<int, Answer>>);
  static_assert(all_lose_failures<std::pair<int, std::tuple<std::string, bool>>, std::tuple<int, bool&>>);
  static_assert(all_lose_failures<std::vector<bool>, std::array<bool, 2>, std::map<std::string, bool>,
                                  std::queue<bool>>);
  static_assert(all_lose_failures<std::vector<std::future<int>>, std::vector<std::optional<int>>>);
  static_assert(all_lose_failures<std::pair<int, Outcome>, std::vector<Outcome>, std::optional<Outcome>>);
  static_assert(all_lose_failures<Expected<Outcome, int>, Expected<std::future<int>, int>>);
}

TEST(HandlerResult, IsNotRefusedForAPartThatIsWrapped) {
  static_assert(all_are_values<Kept<bool>, Kept<Answer>, Kept<const char*>, Kept<std::vector<bool>>>);
  static_assert(all_are_values<std::pair<Kept<bool>, std::string>, std::vector<Kept<Answer>>>);
  static_assert(
      all_are_values<Expected<bool, std::string>, Expected<std::optional<int>, int>, Checked<Answer>>);
}

TEST(HandlerResult, IsAValueAndNotAVerdictWhenItIsWrapped) {
  const auto event = decode<SqsRecord>(three_records);
  const auto batch = BatchProcessor<SqsRecord>{}.process(
      event, [](const SqsRecord& record) { return Kept{record.index() == 0}; });
  EXPECT_EQ(batch.to_json(), R"({"batchItemFailures":[]})");
  EXPECT_EQ(batch.messages()[0].result, true);
  EXPECT_EQ(batch.messages()[1].result, false);
}

TEST(HandlerResult, MayBeAWrappedOptional) {
  const auto event = decode<SqsRecord>(three_records);
  const auto batch = BatchProcessor<SqsRecord>{}.process(
      event, [](const SqsRecord&) -> Kept<std::optional<int>> { return {std::nullopt}; });
  ASSERT_TRUE(batch.messages()[0].result.has_value());
  EXPECT_EQ(*batch.messages()[0].result, std::nullopt);
}

TEST(HandlerOutcome, FailsItsRecordWithTheTextOfTheError) {
  EXPECT_EQ(cause_of(Expected<int, std::string>::failed("no stock"), Expected<int, std::string>(1)),
            "no stock");
}

TEST(HandlerOutcome, KeepsTheValueInside) {
  const auto event = decode<SqsRecord>(three_records);
  const auto batch =
      BatchProcessor<SqsRecord>{}.process(event, [](const SqsRecord& record) -> Expected<std::string, int> {
        if (record.index() == 1) return Expected<std::string, int>::failed(7);
        return std::string(record.message_id());
      });
  EXPECT_EQ(batch.messages()[0].result, "1");
  EXPECT_EQ(batch.messages()[1].result, std::nullopt);
  EXPECT_EQ(batch.messages()[1].cause, "error 7");
}

TEST(HandlerOutcome, KeepsAValueThatOnlyMoves) {
  const auto event = decode<SqsRecord>(three_records);
  const auto batch = BatchProcessor<SqsRecord>{}.process(
      event, [](const SqsRecord&) { return Expected<std::unique_ptr<int>, int>(std::make_unique<int>(5)); });
  EXPECT_EQ(**batch.messages()[2].result, 5);
}

TEST(HandlerOutcome, IsNotRobbedWhenItComesByReference) {
  Expected<std::string, int> shared(std::string("a text that is too long for the small string buffer"));
  const auto event = decode<SqsRecord>(three_records);
  const auto batch = BatchProcessor<SqsRecord>{}.process(
      event, [&](const SqsRecord&) -> Expected<std::string, int>& { return shared; });
  EXPECT_EQ(batch.messages()[0].result, batch.messages()[2].result);
  EXPECT_EQ(*shared, "a text that is too long for the small string buffer");
}

TEST(HandlerOutcome, MayHoldNoValue) {
  enum class Reason { none, closed = 3 };
  EXPECT_EQ(cause_of(Checked<std::string>{"shop closed"}, Checked<std::string>{}), "shop closed");
  EXPECT_EQ(cause_of(Checked<Reason>{Reason::closed}, Checked<Reason>{}), "error 3");
}

TEST(HandlerOutcome, HasACauseWhateverItsErrorIs) {
  struct Silent {};
  EXPECT_NE(cause_of(Checked<Silent>{Silent{}}, Checked<Silent>{}), "");
  EXPECT_NE(cause_of(Checked<std::string>{""}, Checked<std::string>{}), "");
  EXPECT_NE(cause_of(Checked<std::runtime_error>{std::runtime_error("")}, Checked<std::runtime_error>{}), "");
  struct WithoutText : std::exception {
    const char* what() const noexcept override { return nullptr; }
  };
  EXPECT_EQ(cause_of(Checked<const char*>{nullptr}, Checked<const char*>{}),
            "the handler returned an error without a text");
  EXPECT_EQ(cause_of(Checked<WithoutText>{WithoutText()}, Checked<WithoutText>{}),
            "the handler returned an error without a text");
  EXPECT_NE(cause_of(Checked<std::exception_ptr>{std::exception_ptr{}}, Checked<std::exception_ptr>{}), "");
  EXPECT_NE(cause_of(Checked<std::exception_ptr>{std::make_exception_ptr(17)}, Checked<std::exception_ptr>{}),
            "");
}

TEST(HandlerOutcome, ReadsTheMessageOfAnErrorCode) {
  const auto code = std::make_error_code(std::errc::timed_out);
  EXPECT_EQ(cause_of(Checked<std::error_code>{code}, Checked<std::error_code>{}), code.message());
}

TEST(HandlerOutcome, KeepsAnErrorThatIsAnException) {
  const auto event = decode<SqsRecord>(three_records);
  const auto batch = BatchProcessor<SqsRecord>{}.process(event, [](const SqsRecord& record) {
    return record.index() == 1 ? Checked<std::out_of_range>{std::out_of_range("far")}
                               : Checked<std::out_of_range>{};
  });
  EXPECT_EQ(batch.messages()[1].cause, "far");
  EXPECT_THROW(std::rethrow_exception(batch.messages()[1].exception), std::out_of_range);
}

TEST(HandlerOutcome, KeepsAnErrorThatIsAnExceptionPointer) {
  const auto error = std::make_exception_ptr(std::out_of_range("pointed at"));
  EXPECT_EQ(cause_of(Checked<std::exception_ptr>{error}, Checked<std::exception_ptr>{}), "pointed at");
}

TEST(HandlerOutcome, BecomesAHandlerOutcomeErrorOtherwise) {
  const auto event = decode<SqsRecord>(three_records);
  const auto batch =
      BatchProcessor<SqsRecord>{}.process(event, [](const SqsRecord&) { return Checked<std::string>{"no"}; });
  EXPECT_THROW(std::rethrow_exception(batch.messages()[0].exception), HandlerOutcomeError);
}

TEST(HandlerOutcome, MayComeFromTheAwsSdk) {
  const SdkOutcome throttled{.success = false, .failure = {"ThrottlingException", "Rate exceeded"}};
  EXPECT_EQ(cause_of(throttled, SdkOutcome{.result = "stored"}), "ThrottlingException: Rate exceeded");
  const auto event = decode<SqsRecord>(three_records);
  const auto batch = BatchProcessor<SqsRecord>{}.process(
      event, [](const SqsRecord&) { return SdkOutcome{.result = "stored"}; });
  EXPECT_EQ(batch.messages()[0].result, "stored");
}

TEST(HandlerOutcome, ContainsWhatItThrowsItself) {
  struct Broken {
    bool has_value() const { throw std::runtime_error("cannot tell"); }
    std::string error() const { return {}; }
  };
  const auto event = decode<SqsRecord>(three_records);
  const auto batch = BatchProcessor<SqsRecord>{}.process(event, [](const SqsRecord&) { return Broken{}; });
  EXPECT_THAT(batch.messages()[0].cause, HasSubstr("cannot tell"));
}

}  // namespace
}  // namespace batchproof
