// Functions with the mistakes that teams make: each is caught in default worlds.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "strangers.hpp"

namespace batchproof::simulator {
namespace {

/// The same in a table, which `claim(table, name, work)` does.
template <class Claim>
FunctionUnderTest claiming(Claim claim) {
  const auto table = std::make_shared<Texts>();
  return MakeSubject([claim, table] {
    return loop<SqsRecord>([claim, table](const SqsRecord& record, RecordProbe& work) {
      claim(*table, text(record.message_id()), [&] { work(record.message_id()); });
    });
  });
}

std::chrono::system_clock::duration age(const SqsRecord& record, const RecordProbe& work) {
  return work.clock()() - *record.attributes().sent_timestamp();
}

/// Releases a claim when the function leaves the scope.
struct Release {
  Texts& table;
  const std::string& name;
  ~Release() { table.erase(name); }
};

FunctionUnderTest by_body() {
  return once_by<SqsRecord>([](const SqsRecord& record) { return text(record.body()); });
}

FunctionUnderTest by_prefix_of_the_body() {
  return once_by<SqsRecord>([](const SqsRecord& record) { return text(record.body().substr(0, 64)); });
}

FunctionUnderTest by_md5_of_the_body() {
  return once_by<SqsRecord>([](const SqsRecord& record) { return text(record.md5_of_body()); });
}

FunctionUnderTest by_time_sent() {
  return once_by<SqsRecord>([](const SqsRecord& record) {
    return std::to_string(record.attributes().sent_timestamp()->time_since_epoch() / seconds(1));
  });
}

FunctionUnderTest by_half_of_the_id() {
  return once_by<SqsRecord>([](const SqsRecord& record) { return text(record.message_id().substr(14, 1)); });
}

FunctionUnderTest marks_before_the_work() {
  return claiming([](Texts& table, const std::string& name, auto work) {
    if (table.insert(name).second) work();
  });
}

FunctionUnderTest marks_before_the_work_in_memory() {
  return MakeSubject([] {
    return loop<SqsRecord>([seen = std::make_shared<Texts>()](const SqsRecord& record, RecordProbe& work) {
      if (seen->insert(text(record.message_id())).second) work(record.message_id());
    });
  });
}

FunctionUnderTest releases_in_a_destructor() {
  return claiming([](Texts& table, const std::string& name, auto work) {
    if (!table.insert(name).second) return;  // another instance handles it
    const Release release{table, name};
    work();
  });
}

FunctionUnderTest releases_in_a_catch() {
  return claiming([](Texts& table, const std::string& name, auto work) {
    if (!table.insert(name).second) return;
    try {
      work();
    } catch (...) {
      table.erase(name);
      throw;
    }
  });
}

FunctionUnderTest swallows_errors() {
  return stateless<SqsRecord>([](const SqsRecord& record, RecordProbe& work) {
    try {
      work(record.message_id());
    } catch (const std::exception&) {
    }
  });
}

FunctionUnderTest swallows_timeouts() {
  return stateless<SqsRecord>([](const SqsRecord& record, RecordProbe& work) {
    try {
      work(record.message_id());
    } catch (const std::system_error&) {
    }
  });
}

FunctionUnderTest gives_up_after_three() {
  return stateless<SqsRecord>([](const SqsRecord& record, RecordProbe& work) {
    if (record.attributes().approximate_receive_count() <= 3U) work(record.message_id());
  });
}

FunctionUnderTest skips_what_comes_again() {
  return stateless<SqsRecord>([](const SqsRecord& record, RecordProbe& work) {
    if (record.attributes().approximate_receive_count() == 1U) work(record.message_id());
  });
}

FunctionUnderTest skips_what_is_old() {
  return stateless<SqsRecord>([](const SqsRecord& record, RecordProbe& work) {
    if (age(record, work) < std::chrono::minutes(1)) work(record.message_id());
  });
}

FunctionUnderTest keeps_failures() {
  return MakeSubject([] {
    return [failed = std::vector<std::string>()](std::string_view payload, RecordProbe& work) mutable {
      const auto event = decode<SqsRecord>(payload);
      for (const SqsRecord& record : event.records()) {
        try {
          work(record.message_id());
        } catch (...) {
          failed.push_back(text(record.message_id()));
        }
      }
      return reporting(failed);
    };
  });
}

FunctionUnderTest counts_on() {
  return MakeSubject([] {
    return [count = std::size_t{0}](std::string_view payload, RecordProbe& work) mutable {
      const auto event = decode<SqsRecord>(payload);
      std::vector<std::string> failed;
      for (const SqsRecord& record : event.records()) {
        try {
          work(record.message_id());
        } catch (...) {
          failed.push_back(text(event.records()[count % event.size()].message_id()));
        }
        count += 1;
      }
      return reporting(failed);
    };
  });
}

FunctionUnderTest forgets_the_eleventh() {
  return MakeSubject([]() -> Subject {
    return [](std::string_view payload, RecordProbe& work) {
      const auto event = decode<SqsRecord>(payload);
      std::vector<std::string> failed;
      for (const SqsRecord& record : event.records().first(std::min<std::size_t>(10, event.size()))) {
        try {
          work(record.message_id());
        } catch (...) {
          failed.push_back(text(record.message_id()));
        }
      }
      return reporting(failed);
    };
  });
}

FunctionUnderTest answers_before_the_work() {
  return MakeSubject([] {
    return [queue = std::deque<std::string>()](std::string_view payload, RecordProbe& work) mutable {
      for (; !queue.empty(); queue.pop_front()) {
        try {
          work(queue.front());
        } catch (...) {
        }
      }
      const auto event = decode<SqsRecord>(payload);
      for (const SqsRecord& record : event.records()) queue.push_back(text(record.message_id()));
      return reporting({});
    };
  });
}

FunctionUnderTest reports_receipt_handles() {
  return MakeSubject([]() -> Subject {
    return [](std::string_view payload, RecordProbe& work) {
      const auto event = decode<SqsRecord>(payload);
      std::vector<std::string> failed;
      for (const SqsRecord& record : event.records()) {
        try {
          work(record.message_id());
        } catch (...) {
          failed.push_back(text(record.receipt_handle()));
        }
      }
      return reporting(failed);
    };
  });
}

FunctionUnderTest forgets_the_rest_after_a_failure() {
  return MakeSubject([]() -> Subject {
    return [](std::string_view payload, RecordProbe& work) {
      const auto event = decode<SqsRecord>(payload);
      for (const SqsRecord& record : event.records()) {
        try {
          work(record.message_id());
        } catch (...) {
          return reporting({text(record.message_id())});
        }
      }
      return reporting({});
    };
  });
}

FunctionUnderTest forgets_what_is_late() {
  return MakeSubject([] { return watching_the_deadline(seconds(2), false); });
}

FunctionUnderTest forgets_what_is_very_late() {
  return MakeSubject([] { return watching_the_deadline(std::chrono::milliseconds(500), false); });
}

FunctionUnderTest forgets_what_comes_at_the_last_moment() {
  return MakeSubject([] { return watching_the_deadline(std::chrono::milliseconds(100), false); });
}

FunctionUnderTest marks_before_the_work_for_a_time() {
  return [] {
    return [table = std::make_shared<std::map<std::string, std::chrono::system_clock::time_point>>()] {
      return loop<SqsRecord>([table](const SqsRecord& record, RecordProbe& work) {
        auto& until = (*table)[text(record.message_id())];
        const auto now = work.clock()();
        if (until > now) return;
        until = now + seconds(20);
        work(record.message_id());
      });
    };
  };
}

template <class Record>
FunctionUnderTest claims_for_a_day() {
  return claiming_for<Record>(std::chrono::hours(24));
}

/// Skips what is older than a record of its key, by what `time_of` makes of it.
template <class Record, class KeyOf, class TimeOf>
FunctionUnderTest skips_the_older(KeyOf key_of_record, TimeOf time_of) {
  return [key_of_record, time_of] {
    return [key_of_record, time_of, newest = std::make_shared<std::map<std::string, std::int64_t>>()] {
      return loop_in_order<Record>([=](const Record& record, RecordProbe& work) {
        const std::int64_t time = time_of(record);
        auto [known, is_first] = newest->try_emplace(key_of_record(record), time);
        if (!is_first && time < known->second) return;
        work(record.item_identifier());
        known->second = time;
      });
    };
  };
}

FunctionUnderTest skips_what_arrived_earlier() {
  return skips_the_older<KinesisStreamRecord>(
      [](const KinesisStreamRecord& record) { return text(record.partition_key()); },
      [](const KinesisStreamRecord& record) {
        return std::int64_t{record.approximate_arrival_timestamp().time_since_epoch() /
                            std::chrono::milliseconds(1)};
      });
}

FunctionUnderTest takes_offsets_for_32_bits() {
  return skips_the_older<KafkaRecord>(
      [](const KafkaRecord& record) { return text(record.topic_partition()); },
      [](const KafkaRecord& record) { return std::int64_t{static_cast<std::int32_t>(record.offset())}; });
}

/// Reads one list of the event, in place of one for each partition.
FunctionUnderTest knows_the_first_partition() {
  return MakeSubject([] {
    return [](std::string_view payload, RecordProbe& work) {
      const auto event = decode<KafkaRecord>(payload);
      std::vector<std::string> failed;
      for (const KafkaRecord& record : event.records()) {
        if (record.topic_partition() != (*event.records().begin()).topic_partition()) break;
        try {
          work(record.item_identifier());
        } catch (...) {
          failed.push_back(text(record.item_identifier()));
        }
      }
      return reporting(failed);
    };
  });
}

/// Takes a batch of Kafka for one shard, of which the lowest failure brings all that follow it back.
FunctionUnderTest reports_one_failure_for_all_partitions() {
  return MakeSubject([] {
    return [](std::string_view payload, RecordProbe& work) {
      const auto event = decode<KafkaRecord>(payload);
      std::vector<std::string> failed;
      for (const KafkaRecord& record : event.records()) {
        try {
          work(record.item_identifier());
        } catch (...) {
          if (failed.empty()) failed.push_back(text(record.item_identifier()));
        }
      }
      return reporting(failed);
    };
  });
}

FunctionUnderTest cuts_group_names() {
  return MakeSubject(
      [] { return loop_by_group([](const std::string& name) { return name.substr(0, 32); }); });
}

FunctionUnderTest folds_group_names() {
  return MakeSubject([] {
    return loop_by_group([](std::string name) {
      for (char& letter : name) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
      return name;
    });
  });
}

FunctionUnderTest reads_group_names_as_numbers() {
  return MakeSubject([] {
    return loop_by_group([](const std::string& name) { return std::to_string(std::atoi(name.c_str())); });
  });
}

FunctionUnderTest goes_on_after_a_failure_in_order() {
  return stateless<SqsRecord>([](const SqsRecord& record, RecordProbe& work) { work(record.message_id()); });
}

FunctionUnderTest compares_sequence_numbers_as_64_bits() {
  return above_the_last([](const std::string& left, const std::string& right) {
    return std::strtoull(left.c_str(), nullptr, 10) > std::strtoull(right.c_str(), nullptr, 10);
  });
}

FunctionUnderTest by_key() {
  return once_by<DynamoDbRecord>([](const DynamoDbRecord& record) { return key_of(record); });
}

FunctionUnderTest by_partition_key() {
  return once_by<KinesisStreamRecord>(
      [](const KinesisStreamRecord& record) { return text(record.partition_key()); });
}

FunctionUnderTest ignores_modifications() {
  return stateless<DynamoDbRecord>([](const DynamoDbRecord& record, RecordProbe& work) {
    if (record.event_name() != "MODIFY") work(record.sequence_number());
  });
}

FunctionUnderTest takes_modifications_for_insertions() {
  return MakeSubject([] {
    return loop<DynamoDbRecord>(
        [there = std::make_shared<Texts>()](const DynamoDbRecord& record, RecordProbe& work) {
          if (record.kind() == ChangeKind::remove) {
            work(record.sequence_number());
            there->erase(key_of(record));
          } else if (!there->contains(key_of(record))) {
            work(record.sequence_number());
            there->insert(key_of(record));
          }
        });
  });
}

FunctionUnderTest ignores_removals() {
  return stateless<DynamoDbRecord>([](const DynamoDbRecord& record, RecordProbe& work) {
    if (record.new_image()) work(record.sequence_number());
  });
}

/// Reports the one failure that `choose(failed)` chooses.
template <class Choose>
FunctionUnderTest reports_one(Choose choose) {
  return MakeSubject([choose]() -> Subject {
    return [choose](std::string_view payload, RecordProbe& work) {
      const auto event = decode<KinesisStreamRecord>(payload);
      std::vector<std::string> failed;
      for (const KinesisStreamRecord& record : event.records()) {
        try {
          work(record.sequence_number());
        } catch (...) {
          failed.push_back(text(record.sequence_number()));
        }
      }
      if (failed.size() < 2) return reporting(failed);
      return reporting({choose(failed)});
    };
  });
}

FunctionUnderTest reports_the_last() {
  return reports_one([](const std::vector<std::string>& failed) { return failed.back(); });
}

FunctionUnderTest reports_the_lowest_text() {
  return reports_one(
      [](const std::vector<std::string>& failed) { return *std::min_element(failed.begin(), failed.end()); });
}

FunctionUnderTest reports_the_lowest_double() {
  return reports_one([](const std::vector<std::string>& failed) {
    return *std::min_element(
        failed.begin(), failed.end(), [](const std::string& left, const std::string& right) {
          return std::strtod(left.c_str(), nullptr) < std::strtod(right.c_str(), nullptr) ||
                 (std::strtod(left.c_str(), nullptr) == std::strtod(right.c_str(), nullptr) && left > right);
        });
  });
}

FunctionUnderTest resumes_behind_the_failure() {
  return MakeSubject([]() -> Subject {
    return [](std::string_view payload, RecordProbe& work) {
      const auto event = decode<KinesisStreamRecord>(payload);
      for (std::size_t place = 0; place < event.size(); ++place) {
        try {
          work(event.records()[place].sequence_number());
        } catch (...) {
          const std::size_t next = std::min(place + 1, event.size() - 1);
          return reporting({text(event.records()[next].sequence_number())});
        }
      }
      return reporting({});
    };
  });
}

/// Each violates a law in some worlds.
const std::vector<Stranger>& broken_strangers() {
  static const std::vector<Stranger> all{
      {.name = "deduplicates_by_body", .make = by_body},
      {.name = "deduplicates_by_prefix_of_the_body", .make = by_prefix_of_the_body},
      {.name = "deduplicates_by_md5_of_the_body", .make = by_md5_of_the_body},
      {.name = "deduplicates_by_time_sent", .make = by_time_sent},
      {.name = "deduplicates_by_part_of_the_id", .make = by_half_of_the_id},
      {.name = "marks_before_the_work", .make = marks_before_the_work},
      {.name = "marks_before_the_work_in_memory", .make = marks_before_the_work_in_memory},
      {.name = "releases_in_a_destructor", .make = releases_in_a_destructor},
      {.name = "releases_in_a_catch", .make = releases_in_a_catch},
      {.name = "swallows_errors", .make = swallows_errors},
      {.name = "swallows_timeouts", .make = swallows_timeouts},
      {.name = "gives_up_after_three", .make = gives_up_after_three},
      {.name = "skips_what_comes_again", .make = skips_what_comes_again},
      {.name = "skips_what_is_old", .make = skips_what_is_old},
      {.name = "keeps_failures", .make = keeps_failures},
      {.name = "counts_on", .make = counts_on},
      {.name = "forgets_the_eleventh", .make = forgets_the_eleventh},
      {.name = "answers_before_the_work", .make = answers_before_the_work},
      {.name = "reports_receipt_handles", .make = reports_receipt_handles},
      {.name = "forgets_the_rest_after_a_failure", .make = forgets_the_rest_after_a_failure},
      {.name = "forgets_what_is_late", .make = forgets_what_is_late},
      {.name = "forgets_what_is_very_late", .make = forgets_what_is_very_late},
      {.name = "cuts_group_names",
       .source = Source::sqs_fifo,
       .make = cuts_group_names,
       .claims = {.skip_group_on_error = true}},
      {.name = "folds_group_names",
       .source = Source::sqs_fifo,
       .make = folds_group_names,
       .claims = {.skip_group_on_error = true}},
      {.name = "reads_group_names_as_numbers",
       .source = Source::sqs_fifo,
       .make = reads_group_names_as_numbers,
       .claims = {.skip_group_on_error = true}},
      {.name = "goes_on_after_a_failure_in_order",
       .source = Source::sqs_fifo,
       .make = goes_on_after_a_failure_in_order},
      {.name = "compares_sequence_numbers_as_64_bits",
       .source = Source::sqs_fifo,
       .make = compares_sequence_numbers_as_64_bits},
      {.name = "deduplicates_by_key", .source = Source::dynamodb, .make = by_key},
      {.name = "deduplicates_by_partition_key", .source = Source::kinesis, .make = by_partition_key},
      {.name = "ignores_modifications", .source = Source::dynamodb, .make = ignores_modifications},
      {.name = "takes_modifications_for_insertions",
       .source = Source::dynamodb,
       .make = takes_modifications_for_insertions},
      {.name = "ignores_removals", .source = Source::dynamodb, .make = ignores_removals},
      {.name = "reports_the_last", .source = Source::kinesis, .make = reports_the_last},
      {.name = "reports_the_lowest_text", .source = Source::kinesis, .make = reports_the_lowest_text},
      {.name = "reports_the_lowest_double", .source = Source::kinesis, .make = reports_the_lowest_double},
      {.name = "claims_records_for_a_day",
       .source = Source::kinesis,
       .make = claims_for_a_day<KinesisStreamRecord>},
      {.name = "claims_messages_for_a_day", .make = claims_for_a_day<SqsRecord>},
      {.name = "skips_what_arrived_earlier", .source = Source::kinesis, .make = skips_what_arrived_earlier},
      {.name = "takes_offsets_for_32_bits", .source = Source::kafka, .make = takes_offsets_for_32_bits},
      {.name = "knows_the_first_partition", .source = Source::kafka, .make = knows_the_first_partition},
      {.name = "reports_one_failure_for_all_partitions",
       .source = Source::kafka,
       .make = reports_one_failure_for_all_partitions},
      {.name = "resumes_behind_the_failure", .source = Source::kinesis, .make = resumes_behind_the_failure},
  };
  return all;
}

/// How many default worlds it takes until a law is violated; nothing where none of the first twenty does.
std::optional<std::uint64_t> worlds_until_caught(const Stranger& stranger) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const FinishedWorld finished = run_world(stranger.make(), world_of(stranger, seed));
    for (const EndToEndLaw& law : end_to_end_laws())
      if (law.applies(finished.world) && !law.violations(finished).empty()) return seed;
  }
  return std::nullopt;
}

class BrokenStrangers : public ::testing::TestWithParam<Stranger> {};

TEST_P(BrokenStrangers, AreCaughtInDefaultWorlds) {
  const auto worlds = worlds_until_caught(GetParam());
  ASSERT_TRUE(worlds);
  RecordProperty("worlds", static_cast<int>(*worlds));
}

INSTANTIATE_TEST_SUITE_P(All, BrokenStrangers, ::testing::ValuesIn(broken_strangers()), name_of);

/// These do harm only with settings that the default world does not have.
const std::vector<Stranger>& strangers_broken_elsewhere() {
  static const std::vector<Stranger> all{
      {.name = "forgets_what_comes_at_the_last_moment", .make = forgets_what_comes_at_the_last_moment},
      {.name = "marks_before_the_work_for_a_time", .make = marks_before_the_work_for_a_time},
  };
  return all;
}

TEST(StrangersThatClaim, AreSaidToRefuseWhatAnEndedInstanceHad) {
  const auto report = simulate(claims_for_a_day<SqsRecord>(), {.faults = {.crash_rate = 0.3}});
  EXPECT_THAT(report.text(), ::testing::HasSubstr("nor ever again after an instance ended with it"));
}

class StrangersBrokenElsewhere : public ::testing::TestWithParam<Stranger> {};

TEST_P(StrangersBrokenElsewhere, AreCaughtInRandomWorldsOfFewMessages) {
  const auto report = simulate_random_worlds(GetParam().make(), GetParam().source);
  ASSERT_FALSE(report.passed());
  EXPECT_LE(report.counterexample()->smallest.messages, 3U) << report.text();
}

INSTANTIATE_TEST_SUITE_P(All, StrangersBrokenElsewhere, ::testing::ValuesIn(strangers_broken_elsewhere()),
                         name_of);

}  // namespace
}  // namespace batchproof::simulator
