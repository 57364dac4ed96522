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

}  // namespace
}  // namespace batchproof::properties
