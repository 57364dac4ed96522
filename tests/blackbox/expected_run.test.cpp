#include "expected_run.hpp"

#include <gtest/gtest.h>

#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::blackbox {
namespace {

using fixtures::BatchCase;
using fixtures::Source;

/// Records of one key, as in `BatchCase::pattern`.
BatchCase of_one_key(std::string_view pattern) {
  BatchCase batch{.source = Source::kinesis_pipe, .records = {}};
  for (const char letter : pattern) {
    const std::size_t place = batch.records.size();
    const auto identifier = fixtures::plain_identifier(batch.source, place);
    batch.records.push_back(
        fixtures::info_of(batch.source).plain_record({.identifier = identifier, .place = place}));
    batch.records.back().rejected = letter == 'x';
    batch.records.back().verdict_unknown = letter == '?';
  }
  return batch;
}

/// The places of the records that the function handled, by its answer. `answer` has an R for each record that
/// is reported.
std::string handled(std::string_view pattern, std::string_view answer) {
  const BatchCase batch = of_one_key(pattern);
  std::vector<std::string> reported;
  for (std::size_t place = 0; place < answer.size(); ++place)
    if (answer[place] == 'R') reported.push_back(batch.records[place].item_identifier);
  RecordProbe probe(batch);
  call_as_expected(probe, batch, {.order_by_key = true},
                   fixtures::response_that_reports(reported, batch.source));
  std::string places;
  for (const auto& call : std::move(probe).calls()) {
    for (std::size_t place = 0; place < batch.records.size(); ++place)
      if (batch.records[place].item_identifier == call.item_identifier) places += std::to_string(place);
  }
  return places;
}

TEST(HandledRecordsOfAKey, AreThoseBeforeTheFirstFailureOfAFunctionThatLeavesTheKey) {
  EXPECT_EQ(handled("xxo", "RRR"), "0");
  EXPECT_EQ(handled("xx?", "RRR"), "0");
  EXPECT_EQ(handled("oxo", "-RR"), "01");
}

TEST(HandledRecordsOfAKey, AreAllOfAFunctionThatGoesOn) {
  EXPECT_EQ(handled("xxo", "RR-"), "012");
  EXPECT_EQ(handled("xx?", "RR-"), "012");
  EXPECT_EQ(handled("xx?o", "RRR-"), "0123");
}

TEST(HandledRecordsOfAKey, DoNotHideANearMissThatIsLost) {
  EXPECT_EQ(handled("xx?o", "RR-R"), "0") << "the near miss was left, and is not reported";
}

}  // namespace
}  // namespace batchproof::blackbox
