#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Observation answer(const std::string& payload, const std::string& response) {
  Observation observation;
  observation.payload = payload;
  observation.response = response;
  return observation;
}

const std::string empty_response = response_with({});

TEST(Total, HoldsForAnyError) {
  Observation observation = answer("[", "");
  observation.response.reset();
  EXPECT_THAT(judge_by(total, case_of(""), observation), IsEmpty());
}

TEST(Total, IsViolatedByAnEventErrorAfterARecordWasHandled) {
  const auto batch = case_of("o");
  auto observation = thrown_run_of(batch, {0});
  EXPECT_THAT(judge_by(total, batch, observation), IsEmpty());
  observation.threw_event_error = true;
  EXPECT_THAT(judge_by(total, batch, observation), ElementsAre(HasSubstr("after a record had been handled")));
}

TEST(Total, IsViolatedByAnAnswerToWhatHoldsNoBatch) {
  for (const char* payload :
       {"", "[", "{}", R"({"Records":null})", R"({"Records":{}})", R"({"records":[]})"}) {
    EXPECT_EQ(judge_by(total, case_of(""), answer(payload, empty_response)).size(), 1U) << payload;
  }
  EXPECT_THAT(judge_by(total, case_of(""), answer(R"({"Records":[]})", empty_response)), IsEmpty());
}

TEST(Total, IsViolatedByAResponseThatFailsTheWholeBatch) {
  EXPECT_THAT(judge_by(total, case_of(""), answer(R"({"Records":[]})", "{}")), IsEmpty());
  EXPECT_THAT(judge_by(total, case_of(""), answer(R"({"Records":[]})", "done")),
              ElementsAre(HasSubstr("not JSON")));
}

TEST(Total, IsViolatedByARecordThatCanBeReadAndIsLost) {
  const std::string payload = R"({"Records":[{"messageId":"m0"},{"messageId":"m1"}]})";
  EXPECT_THAT(judge_by(total, case_of("oo"), answer(payload, response_with({"m0"}))),
              ElementsAre(HasSubstr("\"m1\"")));
  EXPECT_THAT(judge_by(total, case_of("oo"), answer(payload, response_with({"m0", "m1"}))), IsEmpty());
}

TEST(Total, IsViolatedByARecordWithoutAnIdentifierThatIsDropped) {
  const std::string payload = R"({"Records":[{"messageId":null}]})";
  EXPECT_THAT(judge_by(total, case_of(""), answer(payload, empty_response)),
              ElementsAre(HasSubstr("is lost")));
  auto handled = answer(payload, empty_response);
  handled.calls.emplace_back();
  EXPECT_THAT(judge_by(total, case_of(""), handled), IsEmpty());
}

TEST(Total, WantsAnEventErrorToNameARecordOfTheEvent) {
  const auto judge = [](const char* payload, const char* place,
                        fixtures::Source source = fixtures::Source::sqs) {
    Observation run;
    run.payload = payload;
    run.error = "no";
    run.threw_event_error = true;
    run.error_place = place;
    return judge_by(total, case_of("", source), run);
  };
  for (const char* place : {"", "/Records", "/Records/0", "/Records/0/messageId", "/window"})
    EXPECT_THAT(judge(R"({"Records":[{}]})", place), IsEmpty()) << place;
  for (const char* place : {"/Records/1", "/Records/1/messageId"})
    EXPECT_THAT(judge(R"({"Records":[{}]})", place), ElementsAre(HasSubstr("that is not in the event")))
        << place;
  EXPECT_THAT(judge("[{}]", "/0/eventID"), IsEmpty());
  EXPECT_THAT(judge("[{}]", "/1/eventID"), ElementsAre(HasSubstr("that is not in the event")));
  EXPECT_THAT(judge(R"({"Records":[{})", "/Records/1"), IsEmpty()) << "no JSON";
  const char* const kafka = R"({"records":{"a~b-0":[{}]}})";
  for (const char* place : {"/records", "/records/a~0b-0/0", "/records/a~0b-0/0/offset"})
    EXPECT_THAT(judge(kafka, place, fixtures::Source::kafka), IsEmpty()) << place;
  for (const char* place : {"/records/a~0b-0/1", "/records/a~b-1/0/offset"})
    EXPECT_THAT(judge(kafka, place, fixtures::Source::kafka), ElementsAre(HasSubstr("not in the event")))
        << place;
}

}  // namespace
}  // namespace batchproof::properties
