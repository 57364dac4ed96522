#include <batchproof/batch_response.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace batchproof {
namespace {

using ::testing::ElementsAre;

TEST(EncodeResponse, WritesAnEmptyListWhenEveryRecordSucceeded) {
  EXPECT_EQ(BatchResponse().to_json(), R"({"batchItemFailures":[]})");
  EXPECT_EQ(BatchResponse(std::vector<std::string_view>{}).to_json(), R"({"batchItemFailures":[]})");
}

TEST(EncodeResponse, WritesCompactJsonInBatchOrder) {
  EXPECT_EQ(BatchResponse({"b", "a"}).to_json(),
            R"({"batchItemFailures":[{"itemIdentifier":"b"},{"itemIdentifier":"a"}]})");
}

TEST(EncodeResponse, WritesARepeatedIdentifierOnceWhereItFirstAppeared) {
  const BatchResponse response({"2", "1", "2", "3", "1"});
  EXPECT_THAT(response.item_identifiers(), ElementsAre("2", "1", "3"));
  EXPECT_EQ(
      response.to_json(),
      R"({"batchItemFailures":[{"itemIdentifier":"2"},{"itemIdentifier":"1"},{"itemIdentifier":"3"}]})");
}

TEST(EncodeResponse, EscapesWhatJsonMustEscapeAndNothingElse) {
  const std::string identifier("q\" b\\ s/ \x01\n\x1F\x7F \xC3\xA9 \xF0\x9F\x98\x80 \0", 23);
  const std::string json = BatchResponse({identifier}).to_json();
  EXPECT_EQ(json,
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"q\\\" b\\\\ s/ \\u0001\\u000a\\u001f\x7F \xC3\xA9 "
            "\xF0\x9F\x98\x80 \\u0000\"}]}");
  EXPECT_EQ(nlohmann::json::parse(json)["batchItemFailures"][0]["itemIdentifier"], identifier);
}

TEST(BatchResponse, OwnsItsText) {
  std::string identifier = "a rather long identifier that lives on the heap";
  const BatchResponse response({identifier});
  identifier.assign(identifier.size(), '#');
  EXPECT_THAT(response.item_identifiers(), ElementsAre("a rather long identifier that lives on the heap"));
}

TEST(BatchResponse, GivesItsIdentifiersAwayWhenItIsATemporary) {
  const std::vector<std::string> identifiers = BatchResponse({"1", "2"}).item_identifiers();
  EXPECT_THAT(identifiers, ElementsAre("1", "2"));
}

}  // namespace
}  // namespace batchproof
