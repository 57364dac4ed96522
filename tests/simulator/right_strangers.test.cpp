// Functions as teams write them, without such mistakes: none violates a law in any world.

#include <gmock/gmock.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "strangers.hpp"

namespace batchproof::simulator {
namespace {

FunctionUnderTest reports_what_is_late() {
  return MakeSubject([] { return watching_the_deadline(seconds(2), true); });
}

FunctionUnderTest skips_groups() {
  return MakeSubject([] { return loop_by_group([](const std::string& name) { return name; }); });
}

FunctionUnderTest compares_sequence_numbers() {
  return above_the_last([](const std::string& left, const std::string& right) {
    return left.size() != right.size() ? left.size() > right.size() : left > right;
  });
}

FunctionUnderTest by_message_id_in_memory() {
  return once_by<SqsRecord>([](const SqsRecord& record) { return text(record.message_id()); });
}

FunctionUnderTest by_message_id_in_a_table() {
  return once_by<SqsRecord>([](const SqsRecord& record) { return text(record.message_id()); }, true);
}

FunctionUnderTest by_receipt_handle() {
  return once_by<SqsRecord>([](const SqsRecord& record) { return text(record.receipt_handle()); });
}

FunctionUnderTest by_deduplication_id() {
  const auto table = std::make_shared<Texts>();
  return MakeSubject([table] {
    return loop_in_order<SqsRecord>([table](const SqsRecord& record, RecordProbe& work) {
      const std::string name = text(*record.attributes().message_deduplication_id());
      if (table->contains(name)) return;
      work(record.message_id());
      table->insert(name);
    });
  });
}

FunctionUnderTest by_sequence_number() {
  return once_by<KinesisStreamRecord>(
      [](const KinesisStreamRecord& record) { return text(record.sequence_number()); }, true);
}

FunctionUnderTest by_event_id() {
  return once_by<DynamoDbRecord>([](const DynamoDbRecord& record) { return text(*record.event_id()); }, true);
}

FunctionUnderTest claims_in_memory_and_releases() {
  return MakeSubject([] {
    return loop<SqsRecord>([seen = std::make_shared<Texts>()](const SqsRecord& record, RecordProbe& work) {
      const std::string name = text(record.message_id());
      if (!seen->insert(name).second) return;
      try {
        work(name);
      } catch (...) {
        seen->erase(name);
        throw;
      }
    });
  });
}

FunctionUnderTest claims_in_a_table_for_a_time() { return claiming_for<SqsRecord>(seconds(20)); }

template <class Record>
FunctionUnderTest claims_until_the_deadline() {
  return claiming_for<Record>();
}

FunctionUnderTest claims_all_or_nothing() {
  return claiming_for<SqsRecord>({}, [](auto handle) { return as_a_whole<SqsRecord>(handle); });
}

FunctionUnderTest reports_what_is_late_on_a_stream() {
  return MakeSubject([] { return watching_the_deadline<KinesisStreamRecord>(seconds(2), true); });
}

FunctionUnderTest claims_for_longer_than_a_delivery() { return claiming_for<SqsRecord>(seconds(40)); }

FunctionUnderTest tries_thrice() {
  return stateless<SqsRecord>([](const SqsRecord& record, RecordProbe& work) {
    for (int tries = 1;; ++tries) {
      try {
        return work(record.message_id());
      } catch (...) {
        if (tries == 3) throw;
      }
    }
  });
}

FunctionUnderTest breaks_the_circuit() {
  return MakeSubject([] {
    return loop<SqsRecord>([failures = std::make_shared<int>(0)](const SqsRecord& record, RecordProbe& work) {
      if (*failures >= 3 && ++*failures % 4 != 0) throw std::runtime_error("the circuit is open");
      try {
        work(record.message_id());
        *failures = 0;
      } catch (...) {
        *failures += 1;
        throw;
      }
    });
  });
}

FunctionUnderTest writes_all_or_nothing() {
  return MakeSubject([] {
    return as_a_whole<SqsRecord>(
        [](const SqsRecord& record, RecordProbe& work) { work(record.message_id()); });
  });
}

template <class Record = SqsRecord>
FunctionUnderTest stops_in_order() {
  return MakeSubject([] {
    return loop_in_order<Record>(
        [](const Record& record, RecordProbe& work) { work(record.item_identifier()); });
  });
}

/// As a function does whose language sorts the members of an object.
FunctionUnderTest stops_all_partitions_in_the_order_of_their_names() {
  return MakeSubject([] {
    return [](std::string_view payload, RecordProbe& work) {
      const auto event = decode<KafkaRecord>(payload);
      std::map<std::string, std::vector<std::string>> partitions;
      for (const KafkaRecord& record : event.records())
        partitions[text(record.topic_partition())].push_back(text(record.item_identifier()));
      std::vector<std::string> failed;
      for (const auto& [partition, records] : partitions) {
        for (const std::string& record : records) {
          try {
            if (failed.empty()) {
              work(record);
              continue;
            }
          } catch (...) {
          }
          failed.push_back(record);
        }
      }
      return reporting(failed);
    };
  });
}

FunctionUnderTest goes_on_in_each_partition() {
  return stateless<KafkaRecord>(
      [](const KafkaRecord& record, RecordProbe& work) { work(record.item_identifier()); });
}

/// None violates a law in any world.
const std::vector<Stranger>& right_strangers() {
  static const std::vector<Stranger> all{
      {.name = "deduplicates_by_message_id_in_memory", .make = by_message_id_in_memory},
      {.name = "deduplicates_by_message_id_in_a_table", .make = by_message_id_in_a_table},
      {.name = "deduplicates_by_receipt_handle", .make = by_receipt_handle},
      {.name = "deduplicates_by_deduplication_id", .source = Source::sqs_fifo, .make = by_deduplication_id},
      {.name = "deduplicates_by_sequence_number", .source = Source::kinesis, .make = by_sequence_number},
      {.name = "deduplicates_by_event_id", .source = Source::dynamodb, .make = by_event_id},
      {.name = "compares_sequence_numbers", .source = Source::sqs_fifo, .make = compares_sequence_numbers},
      {.name = "claims_in_memory_and_releases", .make = claims_in_memory_and_releases},
      {.name = "claims_in_a_table_for_a_time", .make = claims_in_a_table_for_a_time},
      {.name = "claims_records_until_the_deadline",
       .source = Source::kinesis,
       .make = claims_until_the_deadline<KinesisStreamRecord>},
      {.name = "claims_changes_until_the_deadline",
       .source = Source::dynamodb,
       .make = claims_until_the_deadline<DynamoDbRecord>},
      {.name = "claims_records_of_a_pipe_until_the_deadline",
       .source = Source::kinesis_pipe,
       .make = claims_until_the_deadline<KinesisStreamRecord>},
      {.name = "claims_for_longer_than_a_delivery", .make = claims_for_longer_than_a_delivery},
      {.name = "reports_what_is_late", .make = reports_what_is_late},
      {.name = "reports_what_is_late_on_a_stream",
       .source = Source::kinesis,
       .make = reports_what_is_late_on_a_stream},
      {.name = "stops_in_order", .source = Source::sqs_fifo, .make = stops_in_order<>},
      {.name = "stops_on_a_standard_queue",
       .make = stops_in_order<>,
       .claims = {.stop_on_first_failure = true}},
      {.name = "stops_on_a_standard_queue_which_has_no_groups",
       .make = stops_in_order<>,
       .claims = {.skip_group_on_error = true, .stop_on_first_failure = true}},
      {.name = "stops_all_partitions_of_a_batch",
       .source = Source::kafka,
       .make = stops_in_order<KafkaRecord>},
      {.name = "stops_all_partitions_in_the_order_of_their_names",
       .source = Source::kafka,
       .make = stops_all_partitions_in_the_order_of_their_names},
      {.name = "goes_on_in_each_partition", .source = Source::kafka, .make = goes_on_in_each_partition},
      {.name = "claims_records_of_kafka_until_the_deadline",
       .source = Source::kafka,
       .make = claims_until_the_deadline<KafkaRecord>},
      {.name = "skips_groups",
       .source = Source::sqs_fifo,
       .make = skips_groups,
       .claims = {.skip_group_on_error = true}},
      {.name = "tries_thrice", .make = tries_thrice, .design = {.retries_inside = true}},
      {.name = "breaks_the_circuit", .make = breaks_the_circuit, .design = {.stops_early = true}},
      {.name = "writes_all_or_nothing", .make = writes_all_or_nothing, .design = {.all_or_nothing = true}},
      {.name = "claims_all_or_nothing", .make = claims_all_or_nothing, .design = {.all_or_nothing = true}},
  };
  return all;
}

class RightStrangers : public ::testing::TestWithParam<Stranger> {};

void expect_every_law(const Stranger& stranger, const World& world) {
  const FinishedWorld finished = run_world(stranger.make(), world);
  for (const EndToEndLaw& law : end_to_end_laws()) {
    if (!law.applies(world)) continue;
    ASSERT_THAT(law.violations(finished), ::testing::IsEmpty()) << law.id << " " << to_json(world);
  }
}

TEST_P(RightStrangers, KeepTheLawsInDefaultWorlds) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) expect_every_law(GetParam(), world_of(GetParam(), seed));
}

TEST_P(RightStrangers, KeepTheLawsInRandomWorlds) {
  const Stranger& stranger = GetParam();
  EXPECT_TRUE(simulate_random_worlds(stranger.make(), stranger.source, stranger.claims,
                                     {.worlds = 150, .design = stranger.design}));
}

INSTANTIATE_TEST_SUITE_P(All, RightStrangers, ::testing::ValuesIn(right_strangers()), name_of);

}  // namespace
}  // namespace batchproof::simulator
