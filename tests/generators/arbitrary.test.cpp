#include <batchproof/generators/arbitrary.hpp>

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <batchproof/batch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

namespace batchproof::generators {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

TEST(Arbitrary, GivesBatchesOfEachSourceToAProperty) {
  EXPECT_TRUE(rc::check([](const SqsBatch& batch, const SqsFifoBatch& fifo_batch) {
    RC_ASSERT(decode<SqsRecord>(batch.payload()).size() == batch.records.size());
    RC_ASSERT(decode<SqsRecord>(fifo_batch.payload()).size() == fifo_batch.pattern().size());
    RC_ASSERT(batch.source == fixtures::Source::sqs);
    RC_ASSERT(fifo_batch.source == fixtures::Source::sqs_fifo);
  }));
  EXPECT_TRUE(rc::check([](const KinesisBatch& batch, const DynamoDbBatch& dynamodb_batch) {
    RC_ASSERT(decode<KinesisStreamRecord>(batch.payload()).size() == batch.records.size());
    RC_ASSERT(decode<DynamoDbRecord>(dynamodb_batch.payload()).size() == dynamodb_batch.records.size());
  }));
  EXPECT_TRUE(rc::check([] {
    const KafkaBatch batch = *kafka_batch({.largest_batch = 3});
    RC_ASSERT(decode<KafkaRecord>(batch.payload()).size() == batch.records.size());
    RC_ASSERT(batch.records.size() <= 3U);
  }));
}

TEST(Arbitrary, IsOfItsSourceWhenMadeByHand) {
  EXPECT_EQ(SqsFifoBatch().source, fixtures::Source::sqs_fifo);
  EXPECT_EQ(KinesisBatch().payload(), R"({"Records":[]})");
}

TEST(Arbitrary, PrintsThePatternAndTheEvent) {
  const auto batch =
      *sqs_batch({.largest_batch = 2, .smallest_batch = 2, .failure_pattern = FailurePattern::last})(
           rc::Random(1), 10)
           .shrinks()
           .next();
  std::ostringstream stream;
  stream << batch.value();
  const std::string text = stream.str();
  EXPECT_THAT(
      text,
      StartsWith("sqs, pattern ox\n{\"Records\":[\n{\"messageId\":\"00000000-0000-4000-8000-000000000000\""));
  EXPECT_EQ(nlohmann::json::parse(text.substr(text.find('\n'))),
            nlohmann::json::parse(batch.value().payload()));
  std::ostringstream shown;
  rc::show(batch.value(), shown);
  EXPECT_EQ(shown.str(), text);
}

/// The smallest batch that greedy shrinking finds for which the predicate holds.
template <class Batch, class Holds>
Batch shrunk(rc::Shrinkable<Batch> shrinkable, const Holds& holds) {
  auto shrinks = shrinkable.shrinks();
  while (auto next = shrinks.next()) {
    if (!holds(next->value())) continue;
    shrinkable = *next;
    shrinks = shrinkable.shrinks();
  }
  return shrinkable.value();
}

template <class Batch>
std::set<std::string> shrunk_patterns(const rc::Gen<Batch>& generator, const std::string& needed) {
  const auto holds = [&](const Batch& batch) { return batch.pattern().find(needed) != std::string::npos; };
  std::set<std::string> patterns;
  rc::Random random(3);
  for (int index = 0; index < 60; ++index) {
    const auto drawn = generator(random.split(), index);
    if (!holds(drawn.value())) continue;
    const Batch smallest = shrunk(drawn, holds);
    patterns.insert(smallest.pattern());
    for (const auto& record : smallest.records) {
      EXPECT_EQ(record.json.find("\"body\":\"{}\"") != std::string::npos, true) << record.json;
    }
  }
  return patterns;
}

TEST(Arbitrary, ShrinksToThePlainRecordsThatCount) {
  EXPECT_THAT(shrunk_patterns(sqs_batch(), "x"), ElementsAre("x"));
  EXPECT_THAT(shrunk_patterns(sqs_fifo_batch(), "xo"), ElementsAre("xo"));
}

TEST(Arbitrary, ShrinksWithinItsOptions) {
  EXPECT_THAT(shrunk_patterns(sqs_batch({.smallest_batch = 3, .failure_pattern = FailurePattern::all}), "x"),
              ElementsAre("xxx"));
  EXPECT_THAT(shrunk_patterns(sqs_batch({.failure_pattern = FailurePattern::last}), "x"), ElementsAre("x"));
  EXPECT_THAT(shrunk_patterns(sqs_batch({.largest_batch = 4,
                                         .smallest_batch = 4,
                                         .failure_pattern = FailurePattern::alternating}),
                              "x"),
              ElementsAre("oxox", "xoxo"));
}

}  // namespace
}  // namespace batchproof::generators
