#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/fixtures/hostile_input.hpp>
#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/kinesis_message.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/shrink.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "hand_made.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;

bool holds(const BatchCase& batch, const std::string& body) {
  return std::any_of(batch.records.begin(), batch.records.end(),
                     [&](const auto& record) { return record.json.find(body) != std::string::npos; });
}

BatchCase long_case(std::size_t size, std::size_t rejected_every) {
  BatchCase batch;
  for (std::size_t index = 0; index < size; ++index) {
    batch.records.push_back(fixtures::to_case_record(fixtures::SqsMessage{
        .message_id = "long-name-" + std::to_string(index), .body = "body-" + std::to_string(index) + "."}));
    batch.records.back().rejected = index % rejected_every == 0;
  }
  return batch;
}

TEST(Shrink, LeavesOutEveryRecordThatDoesNotMatter) {
  const auto smallest = shrink(long_case(100, 3), [](const BatchCase& batch) {
    return holds(batch, "body-17.") && holds(batch, "body-80.");
  });
  EXPECT_EQ(smallest.pattern(), "oo");
}

TEST(Shrink, AcceptsRecordsThatNeedNotBeRejected) {
  const auto smallest = shrink(long_case(50, 1), [](const BatchCase& batch) {
    return batch.pattern().find('x') < 2 && batch.records.size() > 2;
  });
  EXPECT_TRUE(smallest.pattern() == "xoo" || smallest.pattern() == "oxo") << smallest.pattern();
}

TEST(Shrink, MakesRecordsPlain) {
  const auto smallest =
      shrink(long_case(9, 3), [](const BatchCase& batch) { return batch.pattern().find('x') < 9; });
  ASSERT_EQ(smallest.pattern(), "x");
  EXPECT_EQ(smallest.records[0].item_identifier, fixtures::plain_identifier(smallest.source, 0));
}

TEST(Shrink, KeepsPartitionsApart) {
  BatchCase batch{.source = fixtures::Source::kafka, .records = {}};
  for (const std::int64_t partition : {1, 0}) {
    batch.records.push_back(
        fixtures::to_case_record(fixtures::KafkaMessage{.partition = partition, .offset = 5}));
    batch.records.push_back(fixtures::to_case_record(fixtures::KafkaMessage{
        .partition = partition, .offset = 6, .value = std::nullopt, .null_fields = true}));
  }
  ASSERT_TRUE(fixtures::hostile_input(batch).empty());
  const auto smallest = shrink(batch, [](const BatchCase& smaller) {
    return smaller.records.size() == 4 && holds(smaller, R"("value":null)");
  });
  EXPECT_TRUE(fixtures::hostile_input(smallest).empty()) << smallest.payload();
}

TEST(Shrink, KeepsTheRecordsOfAWindowWithinIt) {
  BatchCase batch{.source = fixtures::Source::kinesis_window, .records = {}};
  for (const char* const data : {"7", "8"})
    batch.records.push_back(fixtures::to_case_record(
        fixtures::KinesisMessage{.sequence_number = data,
                                 .data = data,
                                 .approximate_arrival_timestamp = std::chrono::seconds(1'600'000'000)}));
  ASSERT_TRUE(fixtures::hostile_input(batch).empty());
  const auto smallest = shrink(batch, [](const BatchCase& smaller) {
    return smaller.records.size() == 2 && holds(smaller, R"("data":"Nw==")");
  });
  EXPECT_TRUE(fixtures::hostile_input(smallest).empty()) << smallest.payload();
}

/// Answers without the state of the window when the first of several records has a payload.
std::string lose_the_state(std::string_view payload, RecordProbe& probe) {
  const auto records = nlohmann::json::parse(payload).at("Records");
  std::vector<std::string> failed;
  for (const auto& record : records) {
    const std::string number = record.at("kinesis").at("sequenceNumber");
    if (!probe.attempt(number).has_value()) failed.push_back(number);
  }
  const bool loses = records.size() > 1 && records[0].at("kinesis").at("data") != "";
  return fixtures::response_that_reports(
      failed, loses ? fixtures::Source::kinesis : fixtures::Source::kinesis_window);
}

TEST(Shrink, MovesAWindowWithItsRecords) {
  const Report report =
      verify_laws({&well_formed, 1}, fixtures::Source::kinesis_window, lose_the_state, {}, {.seed = 1});
  ASSERT_EQ(report.broken_law(), "well-formed") << report.text();
  const BatchCase& smallest = report.counterexample().batch_case;
  ASSERT_EQ(smallest.pattern(), "oo");
  EXPECT_THAT(fixtures::hostile_input(smallest), ::testing::IsEmpty()) << smallest.payload();
  for (const auto& record : smallest.records)
    EXPECT_THAT(record.json, ::testing::HasSubstr(R"("approximateArrivalTimestamp":1545084650.987)"));
}

TEST(Shrink, EndsAfterItsTime) {
  int tries = 0;
  const auto smallest = shrink(
      long_case(50, 3),
      [&](const BatchCase&) {
        ++tries;
        return true;
      },
      Simplify::everything, std::chrono::milliseconds(0));
  EXPECT_EQ(tries, 1);
  EXPECT_EQ(smallest.records.size(), 50U);
}

TEST(Shrink, AcceptsManyRecordsInFewTries) {
  int tries = 0;
  const auto needs_all_and_the_last = [&](const BatchCase& batch) {
    ++tries;
    return batch.records.size() == 200 && batch.records.back().rejected;
  };
  const auto smallest = shrink(long_case(200, 1), needs_all_and_the_last);
  EXPECT_EQ(smallest.pattern().find('x'), 199U);
  EXPECT_LT(tries, 2 * 2 * 200 + 100);  // nearly all leave out records, twice; each one accepted alone: 1,000
}

bool has_twins(const BatchCase& batch) {
  return batch.records.size() == 2 && batch.records[0].item_identifier == batch.records[1].item_identifier;
}

TEST(Shrink, LeavesTwinsTwins) {
  BatchCase batch = long_case(2, 3);
  batch.records[1] = batch.records[0];
  const auto smallest = shrink(batch, has_twins);
  ASSERT_TRUE(has_twins(smallest));
  EXPECT_EQ(smallest.records[0].item_identifier, fixtures::plain_identifier(smallest.source, 0));
}

BatchCase case_of_groups(const std::vector<std::string>& groups) {
  BatchCase batch{.source = fixtures::Source::sqs_fifo, .records = {}};
  for (const std::string& group : groups) {
    batch.records.push_back(fixtures::to_case_record(
        fixtures::SqsMessage{.message_id = "message-" + std::to_string(batch.records.size()),
                             .message_group_id = group,
                             .event_source_arn = "arn:aws:sqs:us-east-2:123456789012:my-queue.fifo"}));
  }
  return batch;
}

TEST(Shrink, PutsMessagesIntoFewGroupsWithShortNames) {
  const auto two = [](const BatchCase& batch) { return batch.records.size() == 2; };
  const auto one_group = shrink(case_of_groups({"long-name-1", "long-name-2"}), two);
  EXPECT_EQ(one_group.records[0].message_group_id, "group-0");
  EXPECT_EQ(one_group.records[1].message_group_id, "group-0");

  const auto two_groups = shrink(case_of_groups({"long-name-1", "long-name-2"}), [&](const BatchCase& batch) {
    return two(batch) && batch.records[0].message_group_id != batch.records[1].message_group_id;
  });
  EXPECT_EQ(two_groups.records[0].message_group_id, "group-0");
  EXPECT_EQ(two_groups.records[1].message_group_id, "group-1");
}

BatchCase case_of_numbers(const std::vector<std::string>& sequence_numbers) {
  BatchCase batch{.source = fixtures::Source::kinesis, .records = {}};
  for (const std::string& number : sequence_numbers) {
    batch.records.push_back(fixtures::to_case_record(fixtures::KinesisMessage{.sequence_number = number}));
  }
  return batch;
}

TEST(Shrink, CountsSequenceNumbersFromOneWhereTheyDoNotMatter) {
  const auto any = shrink(case_of_numbers({"998", "1001"}),
                          [](const BatchCase& batch) { return batch.records.size() == 2; });
  EXPECT_EQ(any.records[1].item_identifier, "2");
  const auto out_of_text_order = shrink(case_of_numbers({"998", "1001"}), [](const BatchCase& batch) {
    return batch.records.size() == 2 && batch.records[1].item_identifier < batch.records[0].item_identifier;
  });
  EXPECT_EQ(out_of_text_order.records[1].item_identifier, "1001");
}

BatchCase case_in_window(const std::vector<std::string>& numbers, fixtures::InvocationOfWindow invocation) {
  BatchCase batch = case_of_numbers(numbers);
  batch.source = fixtures::Source::kinesis_window;
  batch.invocation = std::move(invocation);
  return batch;
}

TEST(Shrink, KeepsTheInvocationOfItsWindowThatShowsTheFault) {
  for (const bool is_final : {false, true}) {
    const auto smallest =
        shrink(case_in_window({"1", "2", "3", "4"}, {.state = R"({"folded":[]})", .is_final = is_final}),
               [is_final](const BatchCase& batch) {
                 const auto event = nlohmann::json::parse(batch.payload());
                 return !batch.records.empty() && event.at("isFinalInvokeForWindow") == is_final;
               });
    EXPECT_EQ(smallest.records.size(), 1U);
    EXPECT_EQ(smallest.invocation, (fixtures::InvocationOfWindow{.state = "{}", .is_final = is_final}));
  }
}

TEST(Shrink, KeepsTheStateOfTheWindowThatShowsTheFault) {
  const auto smallest = shrink(
      case_in_window({"1", "2"}, {.state = R"({"folded":[]})", .is_final = true}),
      [](const BatchCase& batch) { return nlohmann::json::parse(batch.payload()).at("state").size() == 1; });
  EXPECT_EQ(smallest.invocation, fixtures::InvocationOfWindow{.state = R"({"folded":[]})"});
}

TEST(Shrink, TriesTheFirstInvocationOfAWindowOnce) {
  int tries = 0;
  shrink(case_in_window({"1"}, {.state = R"({"folded":[]})"}), [&tries](const BatchCase& batch) {
    const bool begins = fixtures::invocation_of_window(batch).begins_window();
    if (begins) ++tries;
    return !begins;
  });
  EXPECT_EQ(tries, 1);
}

TEST(Shrink, KeepsPayloadsAndVerdictsTogetherWhenAskedTo) {
  const auto smallest = shrink(
      long_case(9, 3), [](const BatchCase& batch) { return batch.pattern().find('x') < 9; },
      Simplify::records_only);
  ASSERT_EQ(smallest.pattern(), "x");
  EXPECT_THAT(smallest.records[0].item_identifier, ::testing::StartsWith("long-name-"));
}

TEST(Shrink, GivesBackWhatDoesNotBreak) {
  EXPECT_EQ(shrink(long_case(4, 2), [](const BatchCase&) { return false; }).pattern(), "xoxo");
}

TEST(Shrink, NeedsFewTriesForALargeBatch) {
  int tries = 0;
  shrink(long_case(10'000, 10'001), [&](const BatchCase& batch) {
    ++tries;
    return batch.pattern().find('x') != std::string::npos;
  });
  EXPECT_LT(tries, 100);
}

TEST(Shrink, LeavesOutBytes) {
  const std::string payload = "aaaaaaaaaaaa[bbbbbbbbbbbbbb]cccccccccccccc";
  EXPECT_EQ(shrink_bytes(payload, [](const std::string& bytes) { return bytes.find('[') < bytes.find(']'); }),
            "[");
  EXPECT_EQ(shrink_bytes(payload, [](const std::string&) { return false; }), payload);
}

TEST(ShrinkBytes, LeavesOutWholeMembers) {
  const auto has_number = [](const std::string& bytes) {
    return nlohmann::json::accept(bytes) && bytes.find("13") != std::string::npos;
  };
  EXPECT_EQ(shrink_bytes(R"({"a": "x,\"]}", "b": {"c": [1, 13, {"d": null}], "e": {}}, "f": [[], "g"]})",
                         has_number),
            R"({"":{"":[13]}})");
}

TEST(ShrinkBytes, LooksForMembersInAnyText) {
  for (const std::string text : {"", "{", "}", ",", "\"", "{\"", "[\"\\", "[,]", "{\"a\":[1,", "]],{"}) {
    EXPECT_EQ(shrink_bytes(text, [](const std::string&) { return true; }), "") << text;
    EXPECT_EQ(shrink_bytes(text, [&](const std::string& bytes) { return bytes == text; }), text);
  }
}

TEST(ShrinkBytes, TakesOffBracketsOnBothSides) {
  const auto nested = [](std::size_t depth) {
    return R"({"a":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  int tries = 0;
  const auto is_deep = [&](const std::string& bytes) {
    ++tries;
    const auto depth = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '['));
    return depth >= 600 && bytes == nested(depth);
  };
  EXPECT_EQ(shrink_bytes(nested(5000), is_deep, 100), nested(600));
  EXPECT_LT(tries, 200);
}

}  // namespace
}  // namespace batchproof::properties
