#include <batchproof/generators/damaged_payload.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/fixtures/seen_fields.hpp>
#include <set>
#include <string>

#include "drawn.hpp"

namespace batchproof::generators {
namespace {

using fixtures::Source;

/// True when the damage is noticed at once, by refusing the whole event.
template <class Record>
bool refused(const std::string& payload) {
  try {
    const auto event = decode<Record>(payload);
    for (const Record& record : event.records()) fixtures::seen_fields(record);
    return false;
  } catch (const EventError&) {
    return true;
  }
}

template <class Record>
void expect_damage(Source source) {
  int refusals = 0;
  std::set<std::string> kinds;
  for (const DamagedPayload& damaged : drawn(damaged_payload(source), cases)) {
    EXPECT_FALSE(damaged.damage.empty());
    kinds.insert(damaged.damage.substr(0, damaged.damage.find_first_of("0123456789")));
    bool noticed = false;
    EXPECT_NO_THROW(noticed = refused<Record>(damaged.payload)) << damaged.damage << '\n'
                                                                << damaged.payload.substr(0, 2000);
    refusals += noticed ? 1 : 0;
  }
  EXPECT_GE(refusals, cases / 4);
  EXPECT_LE(refusals, cases * 9 / 10);
  EXPECT_GE(kinds.size(), 10U);
}

TEST(DamagedPayload, ShowsEachDamageInOneCaseOfAHundred) {
  constexpr int draws_of_damage = 2000;
  const auto damaged_events = drawn(damaged_payload(Source::sqs), draws_of_damage);
  for (const char* damage :
       {"truncated at byte ", "a byte changed at byte ", "a bit flipped at byte ", "bytes lost at byte ",
        "a second document", "text after the end", "invalid UTF-8", "a bad escape", "no event at all",
        " dropped", " became null", " became ", " of another source", ": a second field ",
        " brackets in a field ", " without an identifier", "/window added"}) {
    const auto count = std::count_if(
        damaged_events.begin(), damaged_events.end(),
        [damage](const DamagedPayload& damaged) { return damaged.damage.find(damage) != std::string::npos; });
    EXPECT_GE(count, draws_of_damage / 100) << damage;
  }
}

TEST(DamagedPayload, OfAQueueIsRefusedOrReadable) { expect_damage<SqsRecord>(Source::sqs); }
TEST(DamagedPayload, OfAFifoQueueIsRefusedOrReadable) { expect_damage<SqsRecord>(Source::sqs_fifo); }
TEST(DamagedPayload, OfAKinesisStreamIsRefusedOrReadable) {
  expect_damage<KinesisStreamRecord>(Source::kinesis);
}
TEST(DamagedPayload, OfADynamoDbStreamIsRefusedOrReadable) {
  expect_damage<DynamoDbRecord>(Source::dynamodb);
}

}  // namespace
}  // namespace batchproof::generators
