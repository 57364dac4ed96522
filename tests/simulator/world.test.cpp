#include <gmock/gmock.h>

#include <batchproof/simulator/random.hpp>
#include <batchproof/simulator/world.hpp>
#include <functional>
#include <limits>

namespace batchproof::simulator {
namespace {

using fixtures::Source;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// Why a world of this source with one change cannot be; empty when it can.
std::string refusal(Source source, const std::function<void(World&)>& change) {
  World world{.source = source};
  change(world);
  try {
    refuse_impossible(world);
    return "";
  } catch (const ImpossibleWorld& error) {
    return error.what();
  }
}

TEST(Random, DrawsTheSameNumbersEverywhere) {
  Random random(7);
  EXPECT_EQ(random.below(1000), 15U);
  EXPECT_EQ(random.below(1000), 250U);
  EXPECT_FALSE(random.chance(0));
  EXPECT_TRUE(random.chance(1));
}

TEST(World, CanBeLeftAtItsDefaultsForEachSource) {
  for (const Source source : fixtures::all_sources) EXPECT_EQ(refusal(source, [](World&) {}), "");
}

TEST(World, HasMorePartitionsOfKafkaThanShards) {
  EXPECT_EQ(with_defaults({.source = Source::kafka}).stream.shards, 4U);
  EXPECT_EQ(with_defaults({.source = Source::kinesis}).stream.shards, 2U);
  EXPECT_EQ(with_defaults({.source = Source::kafka, .stream = {.shards = 1}}).stream.shards, 1U);
}

TEST(World, OfAPipeAlwaysReadsTheResponseWithinFiveMinutes) {
  for (const Source source : fixtures::pipe_sources) {
    EXPECT_EQ(refusal(source, [](World&) {}), "") << fixtures::name(source);
    EXPECT_THAT(refusal(source, [](World& world) { world.report_batch_item_failures = false; }),
                AllOf(HasSubstr("a pipe always reads the response"), HasSubstr("EventBridge user guide")));
    const auto with_timeout = [](std::chrono::seconds timeout) {
      return [timeout](World& world) {
        world.function_timeout = timeout;
        world.queue.visibility_timeout = minutes(10);
      };
    };
    EXPECT_EQ(refusal(source, with_timeout(seconds(300))), "");
    EXPECT_THAT(refusal(source, with_timeout(seconds(301))), HasSubstr("after 5 minutes"));
  }
}

class RandomWorld : public testing::TestWithParam<Source> {};

TEST_P(RandomWorld, CanExist) {
  for (std::uint64_t seed = 0; seed < 500; ++seed)
    EXPECT_NO_THROW(refuse_impossible(random_world(GetParam(), seed)));
}

TEST_P(RandomWorld, IsReadAsItWasWritten) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const std::string written = to_json(random_world(GetParam(), seed));
    EXPECT_EQ(to_json(world_from_json(written)), written);
  }
}

INSTANTIATE_TEST_SUITE_P(OfEachSource, RandomWorld, testing::ValuesIn(fixtures::all_sources));
INSTANTIATE_TEST_SUITE_P(OfEachPipe, RandomWorld, testing::ValuesIn(fixtures::pipe_sources));
INSTANTIATE_TEST_SUITE_P(OfEachWindow, RandomWorld, testing::ValuesIn(fixtures::window_sources));

TEST(World, IsRefusedWithTheRuleThatItBreaks) {
  EXPECT_THAT(refusal(Source::sqs, [](World& world) { world.queue.visibility_timeout = seconds(4); }),
              AllOf(HasSubstr("visibility_timeout is 4000 ms, below the function_timeout of 5000 ms"),
                    HasSubstr("Using Lambda with Amazon SQS")));
  EXPECT_THAT(refusal(Source::sqs, [](World& world) { world.batch_size = 0; }), HasSubstr("batch_size is 0"));
  EXPECT_THAT(refusal(Source::sqs_fifo, [](World& world) { world.batch_size = 11; }),
              HasSubstr("a FIFO queue allows 10"));
  EXPECT_THAT(refusal(Source::sqs,
                      [](World& world) {
                        world.batch_size = 11;
                        world.batch_window = seconds(0);
                      }),
              HasSubstr("batch_window of 1 s"));
  EXPECT_THAT(refusal(Source::sqs_fifo, [](World& world) { world.batch_window = seconds(1); }),
              HasSubstr("allows no batch_window"));
  EXPECT_THAT(refusal(Source::kinesis, [](World& world) { world.batch_size = 10'001; }), HasSubstr("10,000"));
  EXPECT_THAT(refusal(Source::kinesis, [](World& world) { world.stream.maximum_retry_attempts = -2; }),
              HasSubstr("maximum_retry_attempts is not from -1 to 10,000"));
  EXPECT_THAT(refusal(Source::dynamodb, [](World& world) { world.stream.shards = 0; }),
              HasSubstr("shards is 0"));
  EXPECT_THAT(refusal(Source::dynamodb, [](World& world) { world.stream.parallelization_factor = 11; }),
              HasSubstr("from 1 to 10"));
  EXPECT_THAT(refusal(Source::sqs, [](World& world) { world.queue.max_receive_count = 0; }),
              HasSubstr("max_receive_count"));
  EXPECT_THAT(refusal(Source::sqs, [](World& world) { world.payload_limit = 7'000'000; }),
              HasSubstr("payload_limit is not above 0 and up to 6 MB"));
  EXPECT_THAT(
      refusal(Source::sqs,
              [](World& world) { world.faults = {.crash_rate = 0.6, .malformed_response_rate = 0.6}; }),
      HasSubstr("the sum of crash_rate"));
  EXPECT_THAT(refusal(Source::sqs, [](World& world) { world.faults.poison = 101; }),
              HasSubstr("poison is 101 of 100 messages"));
}

TEST(World, KeepsRecordsAsLongAsItsStreamCan) {
  const auto with = [](std::chrono::milliseconds retention) {
    return [retention](World& world) { world.stream.retention = retention; };
  };
  for (const auto time : {hours(24), hours(25), hours(8'760)})
    EXPECT_EQ(refusal(Source::kinesis, with(time)), "");
  for (const std::chrono::milliseconds time :
       {milliseconds(minutes(1)), milliseconds(hours(23)), milliseconds(hours(8'761))})
    EXPECT_THAT(refusal(Source::kinesis, with(time)),
                AllOf(HasSubstr("a Kinesis stream keeps records from 24 to 8,760 hours"),
                      HasSubstr("Changing the data retention period")));
  EXPECT_THAT(refusal(Source::kinesis, with(hours(24) + minutes(30))), HasSubstr("whole hours"));
  EXPECT_EQ(refusal(Source::dynamodb, with(hours(24))), "");
  for (const auto time : {hours(23), hours(25), hours(168)})
    EXPECT_THAT(refusal(Source::dynamodb, with(time)),
                AllOf(HasSubstr("a DynamoDB stream keeps records for 24 hours"),
                      HasSubstr("Change data capture for DynamoDB Streams")));
}

TEST(World, KeepsMessagesAsLongAsItsQueueCan) {
  const auto with = [](std::chrono::milliseconds retention) {
    return [retention](World& world) { world.queue.retention = retention; };
  };
  for (const std::chrono::milliseconds time : {milliseconds(minutes(1)), milliseconds(hours(14 * 24))})
    EXPECT_EQ(refusal(Source::sqs, with(time)), "");
  for (const std::chrono::milliseconds time :
       {milliseconds(seconds(59)), milliseconds(hours(14 * 24) + seconds(1))})
    EXPECT_THAT(refusal(Source::sqs, with(time)),
                AllOf(HasSubstr("from 1 minute to 14 days"), HasSubstr("SetQueueAttributes")));
}

TEST(World, HasTimesInTheUnitsOfAws) {
  const milliseconds uneven(61'500);
  EXPECT_THAT(refusal(Source::sqs, [&](World& world) { world.batch_window = uneven; }),
              AllOf(HasSubstr("batch_window is 61500 ms, and AWS takes whole seconds"),
                    HasSubstr("CreateEventSourceMapping")));
  EXPECT_THAT(refusal(Source::kinesis, [&](World& world) { world.batch_window = uneven; }),
              HasSubstr("batch_window is 61500 ms, and AWS takes whole seconds"));
  EXPECT_THAT(refusal(Source::sqs, [&](World& world) { world.queue.visibility_timeout = uneven; }),
              HasSubstr("visibility_timeout is 61500 ms, and AWS takes whole seconds"));
  EXPECT_THAT(refusal(Source::sqs_fifo, [&](World& world) { world.queue.retention = uneven; }),
              HasSubstr("retention is 61500 ms, and AWS takes whole seconds"));
  EXPECT_THAT(refusal(Source::dynamodb, [&](World& world) { world.stream.maximum_record_age = uneven; }),
              HasSubstr("maximum_record_age is 61500 ms, and AWS takes whole seconds"));
  EXPECT_THAT(refusal(Source::kinesis, [&](World& world) { world.function_timeout = uneven; }),
              HasSubstr("function_timeout is 61500 ms, and AWS takes whole seconds"));
}

TEST(World, IsRefusedBeyondTheRangesOfAws) {
  const auto refuses = [](Source source, const char* name, const std::function<void(World&)>& change) {
    EXPECT_THAT(refusal(source, change), HasSubstr(name));
  };
  refuses(Source::sqs, "batch_window is not from 0", [](World& world) { world.batch_window = seconds(301); });
  refuses(Source::sqs, "batch_window is not from 0", [](World& world) { world.batch_window = seconds(-1); });
  refuses(Source::sqs, "function_timeout is not from 1 to 900 s",
          [](World& world) { world.function_timeout = milliseconds(0); });
  refuses(Source::kinesis, "function_timeout is not from 1 to 900 s",
          [](World& world) { world.function_timeout = seconds(901); });
  refuses(Source::sqs, "visibility_timeout is above 12 hours",
          [](World& world) { world.queue.visibility_timeout = hours(12) + seconds(1); });
  refuses(Source::sqs, "concurrency is 0", [](World& world) { world.queue.concurrency = 0; });
  refuses(Source::sqs, "concurrency is 1001", [](World& world) { world.queue.concurrency = 1'001; });
  refuses(Source::sqs, "max_receive_count is not from 1 to 1,000",
          [](World& world) { world.queue.max_receive_count = 1'001; });
  refuses(Source::sqs, "batch_size is 10001", [](World& world) { world.batch_size = 10'001; });
  refuses(Source::kinesis, "maximum_retry_attempts is not from -1 to 10,000",
          [](World& world) { world.stream.maximum_retry_attempts = 10'001; });
  refuses(Source::kinesis, "maximum_record_age is not from 60 s to 604,800 s",
          [](World& world) { world.stream.maximum_record_age = seconds(59); });
  refuses(Source::kinesis, "maximum_record_age is not from 60 s to 604,800 s",
          [](World& world) { world.stream.maximum_record_age = seconds(604'801); });
  refuses(Source::kinesis, "parallelization_factor is not from 1 to 10",
          [](World& world) { world.stream.parallelization_factor = 0; });
}

TEST(World, HasRatesFromZeroToOne) {
  for (const double rate : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THAT(refusal(Source::sqs, [&](World& world) { world.faults.crash_rate = rate; }),
                HasSubstr("crash_rate is"));
    EXPECT_THAT(refusal(Source::sqs, [&](World& world) { world.faults.duplicate_rate = rate; }),
                HasSubstr("rates are from 0 to 1"));
  }
}

TEST(World, IsWrittenAsJson) {
  EXPECT_THAT(to_json({.source = Source::kinesis, .seed = 7, .stream = {.bisect_on_error = true}}),
              AllOf(HasSubstr(R"({"source":"kinesis","seed":7,)"), HasSubstr(R"("bisect_on_error":true)")));
}

std::string complaint_about(const std::string& written, const std::string& now) {
  std::string text = to_json({});
  const auto place = text.find(written);
  EXPECT_NE(place, std::string::npos) << written;
  text.replace(place, written.size(), now);
  try {
    world_from_json(text);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

TEST(World, IsReadWithAClearErrorWhereItIsWrong) {
  EXPECT_EQ(complaint_about("{", "["), "the world is not a JSON object");
  EXPECT_EQ(complaint_about("\"sqs\"", "\"sns\""),
            "\"source\" of the world is none of sqs, sqs_fifo, kinesis, dynamodb and kafka");
  EXPECT_EQ(complaint_about("\"seed\"", "\"sead\""), "\"seed\" of the world is missing");
  EXPECT_EQ(complaint_about("\"queue\"", "\"stream\""), "\"queue\" of the world is missing");
  EXPECT_EQ(complaint_about("\"messages\":100", "\"messages\":-1"),
            "\"messages\" of the world is not a number from 0");
  EXPECT_EQ(complaint_about("\"batch_window_ms\":1000", "\"batch_window_ms\":\"0\""),
            "\"batch_window_ms\" of the world is not an integer");
  EXPECT_EQ(complaint_about("\"messages\":100", "\"messages\":1000000000000"),
            "\"messages\" of the world is above 10,000,000");
  for (const char* number : {"9223372036854775807", "18446744073709551615", "-9223372036854775808"}) {
    EXPECT_EQ(complaint_about("\"batch_window_ms\":1000", "\"batch_window_ms\":" + std::string(number)),
              "\"batch_window_ms\" of the world is out of range");
  }
  EXPECT_EQ(complaint_about("\"report_batch_item_failures\":true", "\"report_batch_item_failures\":1"),
            "\"report_batch_item_failures\" of the world is not true or false");
  EXPECT_EQ(complaint_about("\"flaky_rate\":0.2", "\"flaky_rate\":null"),
            "\"flaky_rate\" of the world is not a number");
}

}  // namespace
}  // namespace batchproof::simulator
