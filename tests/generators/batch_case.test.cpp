#include <batchproof/generators/batch_case.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <batchproof/fixtures/hostile_input.hpp>
#include <batchproof/fixtures/utc_text.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "drawn.hpp"

namespace batchproof::generators {
namespace {

using fixtures::BatchCase;
using fixtures::CaseRecord;
using fixtures::Source;

constexpr int one_in_twenty = cases / 20;

std::vector<BatchCase> batches_of(Source source) {
  return drawn(batch_case(source, {.largest_batch = 10}), cases);
}

template <class Holds>
int count_if(const std::vector<BatchCase>& batches, Holds&& holds) {
  return static_cast<int>(std::count_if(batches.begin(), batches.end(), holds));
}

class GeneratedBatches : public testing::TestWithParam<Source> {
 protected:
  template <class Holds>
  int count(Holds&& holds) const {
    return count_if(batches_, holds);
  }

  const std::vector<BatchCase> batches_ = batches_of(GetParam());
};

std::size_t failures(const BatchCase& batch) {
  const std::string pattern = batch.pattern();
  return static_cast<std::size_t>(std::count(pattern.begin(), pattern.end(), 'x'));
}

bool holds_field(const BatchCase& batch, std::string_view name) {
  return std::any_of(batch.records.begin(), batch.records.end(), [name](const CaseRecord& record) {
    return std::any_of(record.fields.begin(), record.fields.end(),
                       [name](const fixtures::SeenField& field) { return field.name.starts_with(name); });
  });
}

TEST_P(GeneratedBatches, FailOftenInNoneInSomeAndInAllOfTheirRecords) {
  EXPECT_GE(count([](const BatchCase& batch) { return failures(batch) == 0; }), one_in_twenty);
  EXPECT_GE(count([](const BatchCase& batch) {
              return failures(batch) > 0 && failures(batch) < batch.records.size();
            }),
            one_in_twenty);
  EXPECT_GE(count([](const BatchCase& batch) {
              return failures(batch) > 1 && failures(batch) == batch.records.size();
            }),
            one_in_twenty);
}

TEST_P(GeneratedBatches, FailOftenInTheFirstAndInTheLastRecordAlone) {
  const auto alone = [](std::string_view pattern, std::size_t place) {
    return pattern.size() > 2 && std::count(pattern.begin(), pattern.end(), 'x') == 1 &&
           pattern[place] == 'x';
  };
  EXPECT_GE(count([&](const BatchCase& batch) { return alone(batch.pattern(), 0); }), one_in_twenty);
  EXPECT_GE(count([&](const BatchCase& batch) { return alone(batch.pattern(), batch.records.size() - 1); }),
            one_in_twenty);
}

TEST_P(GeneratedBatches, AreOftenOfTheSmallestAndTheLargestSize) {
  EXPECT_GE(count([](const BatchCase& batch) { return batch.records.empty(); }), one_in_twenty);
  EXPECT_GE(count([](const BatchCase& batch) { return batch.records.size() == 1; }), one_in_twenty);
  EXPECT_GE(count([](const BatchCase& batch) { return batch.records.size() == 10; }), one_in_twenty);
  EXPECT_EQ(count([](const BatchCase& batch) { return batch.records.size() > 10; }), 0);
}

TEST_P(GeneratedBatches, HoldEachIdentifierOnce) {
  const auto holds_twins = [](const BatchCase& batch) {
    std::set<std::string> identifiers;
    for (const CaseRecord& record : batch.records) identifiers.insert(record.item_identifier);
    return identifiers.size() < batch.records.size();
  };
  EXPECT_EQ(count(holds_twins), 0);
}

TEST_P(GeneratedBatches, GiveEachRecordAnIdentifier) {
  EXPECT_EQ(count([](const BatchCase& batch) {
              return std::any_of(batch.records.begin(), batch.records.end(),
                                 [](const CaseRecord& record) { return record.item_identifier.empty(); });
            }),
            0);
}

TEST_P(GeneratedBatches, AreWhatAwsSends) {
  for (const BatchCase& batch : batches_) {
    ASSERT_THAT(fixtures::hostile_input(batch), testing::IsEmpty()) << batch.payload();
  }
  for (const BatchCase& batch :
       drawn(batch_case(GetParam(), {.largest_batch = 300, .smallest_batch = 300}), 3)) {
    ASSERT_THAT(fixtures::hostile_input(batch), testing::IsEmpty()) << batch.payload();
  }
}

TEST_P(GeneratedBatches, AreWhatAwsSendsWhenTheyArePlain) {
  const auto generator = batch_case(GetParam());
  rc::Random random(1);
  for (int index = 0; index < 200; ++index) {
    const auto plain = generator(random.split(), 100).shrinks().next()->value();
    ASSERT_THAT(fixtures::hostile_input(plain), testing::IsEmpty()) << plain.payload();
  }
}

TEST_P(GeneratedBatches, HoldEachUniqueFieldOnce) {
  const std::set<std::string> unique_fields{"receiptHandle", "eventID", "attributes.SequenceNumber",
                                            "attributes.MessageDeduplicationId"};
  for (const BatchCase& batch : batches_) {
    std::set<std::string> seen;
    for (const CaseRecord& record : batch.records) {
      for (const fixtures::SeenField& field : record.fields) {
        const std::string name(field.name);
        if (unique_fields.count(name) == 0) continue;
        EXPECT_TRUE(seen.insert((name + '=').append(field.value)).second) << field.name << batch.payload();
      }
    }
    if (!batch.records.empty()) {
      EXPECT_FALSE(seen.empty());
    }
  }
}

TEST_P(GeneratedBatches, OftenHoldWhatAwsNeverSendsWhereThatIsAskedFor) {
  if (GetParam() == Source::kinesis) return;  // every field of Kinesis is there, and may be of any text
  const auto hostile = drawn(batch_case(GetParam(), {.largest_batch = 10, .hostile = true}), cases);
  EXPECT_GE(count_if(hostile, [](const BatchCase& batch) { return !fixtures::hostile_input(batch).empty(); }),
            cases / 2);
  EXPECT_GE(count_if(hostile, [](const BatchCase& batch) { return fixtures::hostile_input(batch).empty(); }),
            one_in_twenty);
}

TEST_P(GeneratedBatches, AreTheSameForTheSameRandomState) {
  const auto again = drawn(batch_case(GetParam(), {.largest_batch = 10}), 50);
  for (std::size_t index = 0; index < again.size(); ++index) {
    EXPECT_EQ(again[index].payload(), batches_[index].payload());
    EXPECT_EQ(again[index].pattern(), batches_[index].pattern());
  }
}

TEST_P(GeneratedBatches, ShrinkToThePlainestTextOfTheSamePattern) {
  const auto generator = batch_case(GetParam());
  rc::Random random(1);
  for (int index = 0; index < 200; ++index) {
    const auto drawn_case = generator(random.split(), 100);
    auto shrinks = drawn_case.shrinks();
    const auto plain = shrinks.next();
    ASSERT_TRUE(plain);
    EXPECT_FALSE(shrinks.next());
    EXPECT_EQ(plain->value().pattern(), drawn_case.value().pattern());
    EXPECT_FALSE(plain->shrinks().next());
  }
}

TEST_P(GeneratedBatches, MayBeOfNoRecordAtAll) {
  for (const BatchCase& batch : drawn(batch_case(GetParam(), {.largest_batch = 0}), 20)) {
    EXPECT_EQ(batch.payload(), R"({"Records":[]})");
  }
}

INSTANTIATE_TEST_SUITE_P(Source, GeneratedBatches,
                         testing::Values(Source::sqs, Source::sqs_fifo, Source::kinesis, Source::dynamodb),
                         [](const auto& tested) { return std::string(name(tested.param)); });

class GeneratedBatchesOfOtherRows : public testing::TestWithParam<Source> {};

TEST_P(GeneratedBatchesOfOtherRows, AreWhatAwsSends) {
  for (const BatchCase& batch : batches_of(GetParam()))
    ASSERT_THAT(fixtures::hostile_input(batch), testing::IsEmpty()) << batch.payload();
}

TEST_P(GeneratedBatchesOfOtherRows, HoldIdentifiersOfTheirOwn) {
  std::map<std::string, std::size_t> batch_of;
  const auto batches = batches_of(GetParam());
  for (std::size_t number = 0; number < batches.size(); ++number) {
    for (const CaseRecord& record : batches[number].records)
      EXPECT_EQ(batch_of.emplace(record.item_identifier, number).first->second, number) << record.json;
  }
}

INSTANTIATE_TEST_SUITE_P(Source, GeneratedBatchesOfOtherRows,
                         testing::Values(Source::kafka, Source::sqs_pipe, Source::kinesis_pipe,
                                         Source::dynamodb_pipe, Source::kinesis_window,
                                         Source::dynamodb_window),
                         [](const auto& tested) { return std::string(name(tested.param)); });

TEST(GeneratedWindows, AreOfTheShardAndTimeOfTheirRecords) {
  for (const Source source : {Source::kinesis_window, Source::dynamodb_window}) {
    for (const BatchCase& batch : batches_of(source)) {
      const auto event = nlohmann::json::parse(batch.payload());
      const std::string start = event["window"]["start"];
      const std::string end = event["window"]["end"];
      for (const auto& record : event["Records"]) {
        EXPECT_EQ(record["eventSourceARN"], event["eventSourceARN"]);
        const bool is_kinesis = source == Source::kinesis_window;
        if (is_kinesis) {
          EXPECT_THAT(record["eventID"].get<std::string>(),
                      testing::StartsWith(event["shardId"].get<std::string>() + ':'));
        }
        const double seconds = is_kinesis ? record["kinesis"]["approximateArrivalTimestamp"]
                                          : record["dynamodb"]["ApproximateCreationDateTime"];
        const std::string time = fixtures::utc_text(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
        EXPECT_GE(time, start);
        EXPECT_LT(time, end);
      }
    }
  }
}

class GeneratedStreamBatches : public GeneratedBatches {};

bool less_as_number(std::string_view left, std::string_view right) {
  return left.size() != right.size() ? left.size() < right.size() : left < right;
}

TEST_P(GeneratedStreamBatches, AscendBySequenceNumbersOfAllLengthsOfTheirSource) {
  std::size_t shortest = 60;
  std::size_t longest = 0;
  for (const BatchCase& batch : batches_) {
    for (std::size_t index = 0; index < batch.records.size(); ++index) {
      const std::string& number = batch.records[index].item_identifier;
      EXPECT_NE(number[0], '0');
      EXPECT_EQ(number.find_first_not_of("0123456789"), std::string::npos);
      if (index > 0) {
        EXPECT_TRUE(less_as_number(batch.records[index - 1].item_identifier, number));
      }
      shortest = std::min(shortest, number.size());
      longest = std::max(longest, number.size());
    }
  }
  const bool is_kinesis = GetParam() == Source::kinesis;
  EXPECT_EQ(shortest, 21U);
  EXPECT_GE(longest, is_kinesis ? 56U : 36U);
  EXPECT_LE(longest, is_kinesis ? 60U : 40U);
}

TEST_P(GeneratedStreamBatches, HoldSequenceNumbersOfTheirOwn) {
  std::set<std::string> numbers;
  std::size_t records = 0;
  for (const BatchCase& batch : batches_) {
    records += batch.records.size();
    for (const CaseRecord& record : batch.records) numbers.insert(record.item_identifier);
  }
  EXPECT_EQ(numbers.size(), records);
}

TEST_P(GeneratedStreamBatches, MayHoldShortSequenceNumbersWhereHostileOnesAreAskedFor) {
  std::size_t shortest = 60;
  for (const BatchCase& batch : drawn(batch_case(GetParam(), {.hostile = true}), cases)) {
    for (const CaseRecord& record : batch.records)
      shortest = std::min(shortest, record.item_identifier.size());
  }
  EXPECT_EQ(shortest, 1U);
}

TEST_P(GeneratedStreamBatches, OftenHoldSequenceNumbersWhoseTextOrderIsAnother) {
  const auto differs = [](const BatchCase& batch) {
    return !std::is_sorted(batch.records.begin(), batch.records.end(),
                           [](const CaseRecord& left, const CaseRecord& right) {
                             return left.item_identifier < right.item_identifier;
                           });
  };
  EXPECT_GE(count(differs), one_in_twenty);
}

TEST_P(GeneratedStreamBatches, OftenFailWhereTextOrderWouldMisplaceTheCheckpoint) {
  const auto misplaced = [](const BatchCase& batch) {
    std::vector<std::string> failed;
    for (const CaseRecord& record : batch.records) {
      if (record.rejected) failed.push_back(record.item_identifier);
    }
    return failed.size() < batch.records.size() && !failed.empty() &&
           *std::min_element(failed.begin(), failed.end()) != failed.front();
  };
  EXPECT_GE(count(misplaced), cases / 40);
}

INSTANTIATE_TEST_SUITE_P(Source, GeneratedStreamBatches, testing::Values(Source::kinesis, Source::dynamodb),
                         [](const auto& tested) { return std::string(name(tested.param)); });

TEST(GeneratedFifoBatches, OftenMixMessageGroups) {
  const auto batches = batches_of(Source::sqs_fifo);
  const auto several_groups = [](const BatchCase& batch) {
    std::set<std::string> groups;
    for (const CaseRecord& record : batch.records) {
      if (record.message_group_id) groups.insert(*record.message_group_id);
    }
    return groups.size() > 1;
  };
  EXPECT_GE(count_if(batches, several_groups), cases / 4);
}

/// The name with another text in place of each of these parts.
std::string replaced(std::string name, std::string_view part, std::string_view by) {
  for (auto place = name.find(part); place != std::string::npos; place = name.find(part, place + by.size()))
    name.replace(place, part.size(), by);
  return name;
}

TEST(GeneratedFifoBatches, HoldGroupsThatAreOneInAPathAUrlOrAQuotedText) {
  using Read = std::function<std::string(const std::string& name)>;
  const std::vector<Read> readers{
      [](const std::string& name) { return replaced(name, "%2F", "/"); },
      [](const std::string& name) { return replaced(name, "//", "/"); },
      [](const std::string& name) { return replaced(name, "/", "-"); },
      [](const std::string& name) { return replaced(name, "\\/", "/"); },
      [](const std::string& name) { return replaced(name, "\"", ""); },
      [](const std::string& name) { return name.substr(0, name.find('"')); },
  };
  const auto batches = drawn(batch_case(Source::sqs_fifo, {.largest_batch = 10}), 5 * cases);
  for (const Read& read : readers) {
    const auto confuses = [&](const BatchCase& batch) {
      std::map<std::string, std::string> names;
      return std::any_of(batch.records.begin(), batch.records.end(), [&](const CaseRecord& record) {
        const std::string& name = record.message_group_id.value();
        return names.try_emplace(read(name), name).first->second != name;
      });
    };
    EXPECT_GE(count_if(batches, confuses), cases / 40) << &read - readers.data();
  }
}

TEST(GeneratedFifoBatches, SometimesHoldRecordsOfNoGroupWhereHostileOnesAreAskedFor) {
  const auto batches = drawn(batch_case(Source::sqs_fifo, {.largest_batch = 10, .hostile = true}), cases);
  const auto no_group = [](const BatchCase& batch) {
    return std::any_of(batch.records.begin(), batch.records.end(),
                       [](const CaseRecord& record) { return !record.message_group_id; });
  };
  EXPECT_GE(count_if(batches, no_group), one_in_twenty);
  EXPECT_LE(count_if(batches, no_group), cases / 2);
}

TEST(GeneratedStandardBatches, SometimesComeFromAFairQueue) {
  const auto batches = batches_of(Source::sqs);
  EXPECT_GE(count_if(batches,
                     [](const BatchCase& batch) { return holds_field(batch, "attributes.MessageGroupId"); }),
            one_in_twenty);
}

TEST(GeneratedStandardBatches, SometimesHoldNullAttributesWhereHostileOnesAreAskedFor) {
  const auto batches = drawn(batch_case(Source::sqs, {.largest_batch = 10, .hostile = true}), cases);
  const auto null_attributes = [](const BatchCase& batch) {
    return batch.payload().find("\"attributes\":null") != std::string::npos;
  };
  EXPECT_GE(count_if(batches, null_attributes), one_in_twenty);
}

TEST(GeneratedFifoBatches, AreReceivedInOrderAndGetTheDeadLettersOfFifoQueues) {
  std::size_t dead_letters = 0;
  for (const BatchCase& batch : batches_of(Source::sqs_fifo)) {
    std::string before;
    for (const CaseRecord& record : batch.records) {
      const auto attributes = nlohmann::json::parse(record.json)["attributes"];
      const std::string received = attributes["ApproximateFirstReceiveTimestamp"];
      EXPECT_LE(before, received);
      before = received;
      if (!attributes.contains("DeadLetterQueueSourceArn")) continue;
      ++dead_letters;
      EXPECT_THAT(attributes["DeadLetterQueueSourceArn"].get<std::string>(), testing::EndsWith(".fifo"));
    }
  }
  EXPECT_GT(dead_letters, 0U);
}

bool ascends_in_time(const BatchCase& batch, const char* pointer) {
  double before = 0;
  for (const CaseRecord& record : batch.records) {
    const double time = nlohmann::json::parse(record.json)[nlohmann::json::json_pointer(pointer)];
    if (time < std::exchange(before, time)) return false;
  }
  return true;
}

TEST(GeneratedDynamoDbBatches, AscendInTime) {
  for (const BatchCase& batch : batches_of(Source::dynamodb))
    EXPECT_TRUE(ascends_in_time(batch, "/dynamodb/ApproximateCreationDateTime"));
}

TEST(GeneratedKinesisBatches, MostlyAscendInTime) {
  const int ascending = count_if(batches_of(Source::kinesis), [](const BatchCase& batch) {
    return ascends_in_time(batch, "/kinesis/approximateArrivalTimestamp");
  });
  EXPECT_GE(ascending, cases / 2);
  EXPECT_LE(ascending, cases - one_in_twenty);
}

TEST(GeneratedDynamoDbBatches, OftenHoldSortKeysThatAreOneDouble) {
  const int found = count_if(batches_of(Source::dynamodb), [](const BatchCase& batch) {
    std::map<double, std::set<std::string>> numbers;
    for (const CaseRecord& record : batch.records) {
      const auto json = nlohmann::json::parse(record.json);
      for (const auto& key : json["dynamodb"]["Keys"]) {
        if (!key.contains("N")) continue;
        const std::string number = key["N"];
        numbers[std::stod(number)].insert(number);
      }
    }
    return std::any_of(numbers.begin(), numbers.end(), [](const auto& one) { return one.second.size() > 1; });
  });
  EXPECT_GE(found, cases / 100);
}

TEST(GeneratedKafkaBatches, OftenHoldKeysAndOffsetsThatACarelessHandlerMixesUp) {
  int cases_of_letters = 0;
  int wide_offsets = 0;
  for (const BatchCase& batch : batches_of(Source::kafka)) {
    std::set<std::string> keys;
    bool is_narrow = false;
    bool is_wide = false;
    for (const CaseRecord& record : batch.records) {
      const auto json = nlohmann::json::parse(record.json);
      if (json.contains("key") && json["key"].is_string()) keys.insert(json["key"]);
      const std::int64_t offset = json["offset"];
      constexpr std::int64_t most_of_32_bits = 2'147'483'647;
      is_narrow = is_narrow || offset == most_of_32_bits || offset == most_of_32_bits - 1;
      is_wide = is_wide || (offset > most_of_32_bits && offset < most_of_32_bits + 100);
    }
    if (keys.count("T3JkZXItYQ==") && keys.count("T3JkZXItQQ==")) ++cases_of_letters;
    if (is_narrow && is_wide) ++wide_offsets;
  }
  EXPECT_GE(cases_of_letters, cases / 100);
  EXPECT_GE(wide_offsets, cases / 100);
}

/// How many batches hold two different records of which the reader makes one text.
template <class TextsOf>
int count_confused(const std::vector<BatchCase>& batches, const TextsOf& texts_of) {
  return count_if(batches, [&](const BatchCase& batch) {
    std::map<std::string, std::string> own;  // by the text that the reader makes
    return std::any_of(batch.records.begin(), batch.records.end(), [&](const CaseRecord& record) {
      const auto [read, whole] = texts_of(record);
      return own.try_emplace(read, whole).first->second != whole;
    });
  });
}

TEST(GeneratedDynamoDbBatches, HoldKeysThatAreOneTextWhenTheyAreJoined) {
  const auto batches = drawn(batch_case(Source::dynamodb, {.largest_batch = 10}), 5 * cases);
  for (const std::string by : {"", "#"}) {
    for (const bool is_id_first : {false, true}) {
      const auto joined = [&](const CaseRecord& record) {
        const auto keys = nlohmann::json::parse(record.json)["dynamodb"]["Keys"];
        std::string id;
        std::string other;
        for (const auto& [name, key] : keys.items())
          (name == "id" ? id : other) = key.begin()->get<std::string>();
        return std::pair(is_id_first ? id + by + other : other + by + id, keys.dump());
      };
      EXPECT_GE(count_confused(batches, joined), cases / 200) << by << is_id_first;
    }
  }
}

TEST(GeneratedKafkaBatches, HoldPartitionsAndOffsetsThatAreOneTextWhenTheyAreJoined) {
  const auto joined = [](const CaseRecord& record) {
    const auto json = nlohmann::json::parse(record.json);
    const std::string partition = json["partition"].dump();
    const std::string offset = json["offset"].dump();
    return std::pair(partition + offset, partition + ',' + offset);
  };
  EXPECT_GE(count_confused(batches_of(Source::kafka), joined), cases / 200);
}

TEST(GeneratedFifoBatches, HoldGroupsThatAreOneBeforeAMarkOrWithoutIt) {
  for (const char mark : {'_', '-', '+', '?', '*'}) {
    const auto before_it = [mark](const CaseRecord& record) {
      const std::string& name = record.message_group_id.value();
      return std::pair(name.substr(0, name.find(mark)), name);
    };
    const auto without_it = [mark](const CaseRecord& record) {
      const std::string& name = record.message_group_id.value();
      return std::pair(replaced(name, std::string(1, mark), ""), name);
    };
    const auto batches = drawn(batch_case(Source::sqs_fifo, {.largest_batch = 10}), 5 * cases);
    EXPECT_GE(count_confused(batches, before_it), cases / 100) << mark;
    EXPECT_GE(count_confused(batches, without_it), cases / 100) << mark;
  }
}

TEST(GeneratedDynamoDbBatches, HoldEveryKindOfChangeAndEveryAttributeType) {
  std::set<std::string> seen;
  for (const BatchCase& batch : batches_of(Source::dynamodb)) {
    for (const CaseRecord& record : batch.records) {
      for (const fixtures::SeenField& field : record.fields) {
        if (field.name == "kind" || field.name == "is_ttl_delete")
          seen.insert((std::string(field.name) + '=').append(field.value));
        if (field.name.starts_with("dynamodb.NewImage"))
          seen.emplace(field.name.substr(field.name.rfind('.') + 1));
      }
    }
  }
  for (const char* wanted : {"kind=insert", "kind=modify", "kind=remove", "is_ttl_delete=true", "S", "N", "B",
                             "SS[]", "NS[]", "BS[]", "M", "L", "NULL", "BOOL"}) {
    EXPECT_TRUE(seen.count(wanted)) << wanted;
  }
}

}  // namespace
}  // namespace batchproof::generators
