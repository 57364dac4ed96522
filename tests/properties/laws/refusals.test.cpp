// The laws on what must be refused: unreportable, empty_is_empty, right_source.

#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Observation refused(std::string payload) {
  Observation observation;
  observation.error = "no";
  observation.payload = std::move(payload);
  return observation;
}

Observation answered(std::string payload, const std::string& response) {
  Observation observation;
  observation.response = response;
  observation.payload = std::move(payload);
  return observation;
}

Observation refused_late(std::string payload) {
  Observation observation = refused(std::move(payload));
  observation.calls.push_back({.item_identifier = "m0", .fields = std::nullopt});
  return observation;
}

constexpr const char* without_identifier = R"({"Records":[{"messageId":"m0"},{"messageId":null}]})";
constexpr const char* from_elsewhere =
    R"({"Records":[{"messageId":"m0","eventSource":"aws:sqs"},{"messageId":"m1","eventSource":"aws:s3"}]})";

TEST(Unreportable, AsksForARefusalBeforeAnythingRan) {
  EXPECT_THAT(judge_by(unreportable, case_of(""), refused(without_identifier)), IsEmpty());
  EXPECT_THAT(judge_by(unreportable, case_of(""), refused_late(without_identifier)),
              ElementsAre(HasSubstr("and yet a record was handled")));
  EXPECT_THAT(judge_by(unreportable, case_of(""), answered(without_identifier, response_with({}))),
              ElementsAre(HasSubstr("yet it is answered")));
}

TEST(Unreportable, IsAboutRecordsWithoutAnIdentifier) {
  for (const char* payload : {without_identifier, R"({"Records":[{}]})", R"({"Records":[{"messageId":""}]})",
                              R"({"Records":[{"messageId":7}]})", R"({"Records":[null]})"}) {
    EXPECT_TRUE(is_judged_by(unreportable, case_of(""), refused(payload))) << payload;
  }
  for (const char* payload : {R"({"Records":[{"messageId":"m0"}]})", R"({"Records":[]})", "{}", "["}) {
    EXPECT_FALSE(is_judged_by(unreportable, case_of(""), refused(payload))) << payload;
  }
}

TEST(Unreportable, ReadsEachOffsetThatKafkaHasBesideAFieldThatNobodyReads) {
  const auto kafka = case_of("", fixtures::Source::kafka);
  const auto with_offset = [](const std::string& offset) {
    return refused(
        R"({"eventSource":"aws:kafka","records":{"orders-0":[{"topic":"orders","partition":0,"offset":)" +
        offset + R"(,"\e":""}]}})");
  };
  for (const char* offset : {"0", "123456789012345678", "9223372036854775807"})
    EXPECT_FALSE(is_judged_by(unreportable, kafka, with_offset(offset))) << offset;
  for (const char* offset : {"9223372036854775808", "01", "-1"})
    EXPECT_TRUE(is_judged_by(unreportable, kafka, with_offset(offset))) << offset;
}

/// The form tells: an array is an event of EventBridge Pipes, whose failures are reported by the event id.
TEST(Unreportable, LooksForTheIdentifierWhereTheFormOfTheEventHasIt) {
  const std::string numbered = R"({"eventSource":"aws:kinesis","kinesis":{"sequenceNumber":"1"}})";
  const std::string with_event_id = R"({"eventSource":"aws:kinesis","eventID":"shardId-000000000006:1"})";
  for (const fixtures::Source source : {fixtures::Source::kinesis, fixtures::Source::kinesis_pipe}) {
    const auto is_judged = [&](const std::string& payload) {
      return is_judged_by(unreportable, case_of("", source), refused(payload));
    };
    EXPECT_FALSE(is_judged(R"({"Records":[)" + numbered + "]}"));
    EXPECT_TRUE(is_judged(R"({"Records":[)" + with_event_id + "]}"));
    EXPECT_TRUE(is_judged('[' + numbered + ']'));
    EXPECT_FALSE(is_judged('[' + with_event_id + ']'));
  }
}

TEST(EmptyIsEmpty, AsksForTheEmptyResponse) {
  const std::string empty = R"({"Records":[]})";
  EXPECT_TRUE(is_judged_by(empty_is_empty, case_of(""), refused(empty)));
  EXPECT_THAT(judge_by(empty_is_empty, case_of(""), answered(empty, response_with({}))), IsEmpty());
  EXPECT_THAT(judge_by(empty_is_empty, case_of(""), refused(empty)),
              ElementsAre(HasSubstr("is not answered: no")));
  for (const char* same : {"{}", "null", "{ \"batchItemFailures\": [] }"})
    EXPECT_THAT(judge_by(empty_is_empty, case_of(""), answered(empty, same)), IsEmpty()) << same;
  EXPECT_EQ(judge_by(empty_is_empty, case_of(""), answered(empty, response_with({"m0"}))).size(), 1U);
}

TEST(EmptyIsEmpty, AsksForAnErrorWhereThereIsNoList) {
  for (const char* payload : {"{}", R"({"Records":null})", R"({"Records":{}})", R"({"records":[]})"}) {
    EXPECT_TRUE(is_judged_by(empty_is_empty, case_of(""), refused(payload))) << payload;
    EXPECT_THAT(judge_by(empty_is_empty, case_of(""), refused(payload)), IsEmpty()) << payload;
    EXPECT_THAT(judge_by(empty_is_empty, case_of(""), answered(payload, response_with({}))),
                ElementsAre(HasSubstr("no list of records")))
        << payload;
  }
  EXPECT_FALSE(is_judged_by(empty_is_empty, case_of(""), refused(without_identifier)));
}

TEST(EmptyIsEmpty, TakesAFieldThatNobodyReadsAsItIs) {
  for (const char* value : {"nul", "1\"\"", "01", "1\",[\""}) {
    const std::string payload =
        R"({"Records":[{"messageId":"m0","eventSource":"aws:sqs","unread":)" + std::string(value) + "}]}";
    EXPECT_FALSE(is_judged_by(empty_is_empty, case_of(""), answered(payload, response_with({})))) << payload;
  }
}

TEST(RightSource, AsksForARefusalBeforeAnythingRan) {
  EXPECT_THAT(judge_by(right_source, case_of(""), refused(from_elsewhere)), IsEmpty());
  EXPECT_THAT(judge_by(right_source, case_of(""), refused_late(from_elsewhere)),
              ElementsAre(HasSubstr("and yet a record was handled")));
  EXPECT_THAT(judge_by(right_source, case_of(""), answered(from_elsewhere, response_with({}))),
              ElementsAre(HasSubstr("yet it is answered")));
}

TEST(RightSource, AsksThisLibraryToNameTheEvent) {
  const char* const of_a_topic =
      R"({"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","Sns":{"Message":"hi"}}]})";
  const auto judge = [](const char* payload, const std::string& error, bool is_of_this_library = true,
                        bool threw_event_error = true) {
    Observation run = refused(payload);
    run.error = error;
    run.is_of_this_library = is_of_this_library;
    run.threw_event_error = threw_event_error;
    return is_judged_by(right_source, case_of(""), run) ? judge_by(right_source, case_of(""), run)
                                                        : std::vector<Violation>{"not judged"};
  };
  const std::string named =
      "no; this is an Amazon SNS notification: SNS reads no partial batch response; subscribe an SQS queue";
  EXPECT_THAT(judge(of_a_topic, named), IsEmpty());
  EXPECT_THAT(judge(of_a_topic, "no"),
              ElementsAre(HasSubstr("the error does not say \"this is an Amazon SNS")));
  EXPECT_THAT(judge(of_a_topic, named, true, false), ElementsAre(HasSubstr("not refused by an EventError")));
  EXPECT_THAT(judge(of_a_topic, "no", false), ElementsAre("not judged"));
  EXPECT_THAT(judge("hello", "no"), IsEmpty());
  EXPECT_THAT(judge("hello", named), ElementsAre(HasSubstr("the error guesses")));
}

TEST(RightSource, IsAboutOtherSourcesAndTumblingWindows) {
  const auto kinesis = case_of("", fixtures::Source::kinesis);
  EXPECT_TRUE(is_judged_by(right_source, kinesis, refused(from_elsewhere)));
  EXPECT_TRUE(is_judged_by(right_source, kinesis, refused(R"({"Records":[],"window":{}})")));
  EXPECT_FALSE(is_judged_by(right_source, kinesis,
                            refused(R"({"Records":[{"eventSource":"aws:kinesis"}],"window":null})")));
  EXPECT_FALSE(is_judged_by(right_source, case_of(""), refused(R"({"Records":[{}]})")));
}

}  // namespace
}  // namespace batchproof::properties
