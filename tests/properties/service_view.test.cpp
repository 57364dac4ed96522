#include <gmock/gmock.h>

#include <batchproof/properties/service_view.hpp>

#include "hand_made.hpp"

namespace batchproof::properties {
namespace {

ServiceView view_of(const char* response, fixtures::Source source = fixtures::Source::sqs) {
  Observation observation;
  observation.response = response;
  fixtures::BatchCase batch_case = case_of("oo");
  batch_case.source = source;
  return read_as_service(observation, batch_case);
}

TEST(ServiceView, TakesTheseForACompleteSuccess) {
  for (const char* response :
       {R"({"batchItemFailures":[]})", R"({"batchItemFailures":null})", "{}", "null"}) {
    EXPECT_FALSE(view_of(response).complete_failure) << response;
    EXPECT_TRUE(view_of(response).reported.empty()) << response;
  }
}

TEST(ServiceView, TakesTheseForACompleteFailure) {
  for (const char* response : {R"({"batchItemFailures":[{"itemIdentifier":""}]})",
                               R"({"batchItemFailures":[{"itemIdentifier":null}]})",
                               R"({"batchItemFailures":[{"itemIdentifer":"m0"}]})",
                               R"({"batchItemFailures":[{"itemIdentifier":"m2"}]})",
                               R"({"batchItemFailures":[)", "", "\xEF\xBB\xBF{\"batchItemFailures\":[]}"}) {
    EXPECT_TRUE(view_of(response).complete_failure) << response;
    EXPECT_TRUE(view_of(response).reports("m1")) << response;
  }
}

TEST(ServiceView, TakesAnEmptyListForASuccessOfAStreamAlone) {
  for (const auto source : fixtures::all_sources) {
    EXPECT_EQ(view_of("[]", source).complete_failure.has_value(), !fixtures::is_stream(source));
    EXPECT_TRUE(view_of("[1]", source).complete_failure);
    EXPECT_TRUE(view_of("\"\"", source).complete_failure);
  }
}

TEST(ServiceView, ReadsTheListedIdentifiersInTheirOrder) {
  const auto view = view_of(R"({"batchItemFailures":[{"itemIdentifier":"m1"},{"itemIdentifier":"m0"}]})");
  EXPECT_THAT(view.reported, ::testing::ElementsAre("m1", "m0"));
  EXPECT_FALSE(view.complete_failure);
}

TEST(ServiceView, StartsAgainAtTheLowestNumber) {
  EXPECT_EQ((ServiceView{{{"10", "9", "11"}}}.checkpoint()), "9");
  EXPECT_EQ((ServiceView{{{"010", "9"}}}.checkpoint()), "9");
  EXPECT_EQ(ServiceView({}).checkpoint(), std::nullopt);
}

}  // namespace
}  // namespace batchproof::properties
