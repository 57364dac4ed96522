// Functions as teams write them, broken and right, which are not processors of this library.

#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/simulator.hpp>
#include <cctype>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace batchproof::simulator {
namespace {

using fixtures::Source;
using fixtures::Subject;
using std::chrono::seconds;

/// A function, and what it claims.
struct Stranger {
  std::string_view name;
  fixtures::Source source = fixtures::Source::sqs;
  FunctionUnderTest (*make)();  ///< with the tables that its instances share, all of them empty
  fixtures::ProcessorClaims claims{};
  Design design{};
};

using Texts = std::set<std::string, std::less<>>;

std::string text(std::string_view view) { return std::string(view); }

std::string group_of(const SqsRecord& record) { return text(record.message_group_id().value_or("")); }

std::string key_of(const DynamoDbRecord& record) { return text(record.keys()->find("id")->as_string()); }

/// An answer that lists these identifiers.
std::string reporting(const std::vector<std::string>& identifiers) {
  std::string items;
  for (const std::string& identifier : identifiers)
    items += (items.empty() ? "" : ",") + (R"({"itemIdentifier":")" + identifier + R"("})");
  return R"({"batchItemFailures":[)" + items + "]}";
}

/// A loop that calls `handle(record, work)` for each record and reports those that throw. `work(record)` is
/// the work that the simulation counts.
template <class Record, class Handle>
Subject loop(Handle handle) {
  return [handle](std::string_view payload, RecordProbe& work) {
    const auto event = decode<Record>(payload);
    std::vector<std::string> failed;
    for (const Record& record : event.records()) {
      try {
        handle(record, work);
      } catch (...) {
        failed.push_back(text(record.item_identifier()));
      }
    }
    return reporting(failed);
  };
}

/// A loop that stops at its first failure, and reports it and all records after it.
template <class Record, class Handle>
Subject loop_in_order(Handle handle) {
  return [handle](std::string_view payload, RecordProbe& work) {
    const auto event = decode<Record>(payload);
    std::vector<std::string> failed;
    for (const Record& record : event.records()) {
      try {
        if (failed.empty()) handle(record, work);
      } catch (...) {
        failed.push_back(text(record.item_identifier()));
        continue;
      }
      if (!failed.empty()) failed.push_back(text(record.item_identifier()));
    }
    return reporting(failed);
  };
}

/// A loop that skips the groups in which one failed, by the group's name as `name_of` has it.
template <class NameOf>
Subject loop_by_group(NameOf name_of) {
  return [name_of](std::string_view payload, RecordProbe& work) {
    const auto event = decode<SqsRecord>(payload);
    std::vector<std::string> failed;
    Texts stopped;
    for (const SqsRecord& record : event.records()) {
      const std::string group = name_of(group_of(record));
      try {
        if (stopped.contains(group)) throw 1;
        work(record.message_id());
      } catch (...) {
        stopped.insert(group);
        failed.push_back(text(record.message_id()));
      }
    }
    return reporting(failed);
  };
}

/// Handles each record once by what `name_of` makes of it, and remembers it after the work; in its own memory
/// or, if `shares`, in a table of all instances.
template <class Record, class NameOf>
FunctionUnderTest once_by(NameOf name_of, bool shares = false) {
  const auto table = std::make_shared<Texts>();
  return MakeSubject([name_of, shares, table] {
    const auto seen = shares ? table : std::make_shared<Texts>();
    return loop<Record>([name_of, seen](const Record& record, RecordProbe& work) {
      const std::string name = name_of(record);
      if (seen->contains(name)) return;
      work(record.item_identifier());
      seen->insert(name);
    });
  });
}

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

/// A function without state.
template <class Record, class Handle>
FunctionUnderTest stateless(Handle handle) {
  return MakeSubject([handle] { return loop<Record>(handle); });
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

/// Stops when less than two seconds are left.
Subject watching_the_deadline(bool reports) {
  return [reports](std::string_view payload, RecordProbe& work) {
    const auto event = decode<SqsRecord>(payload);
    std::vector<std::string> failed;
    for (const SqsRecord& record : event.records()) {
      const bool is_late = work.context().remaining_time(work.clock()()) < seconds(2);
      try {
        if (!is_late) work(record.message_id());
      } catch (...) {
        failed.push_back(text(record.message_id()));
      }
      if (is_late && reports) failed.push_back(text(record.message_id()));
    }
    return reporting(failed);
  };
}

FunctionUnderTest forgets_what_is_late() {
  return MakeSubject([] { return watching_the_deadline(false); });
}
FunctionUnderTest reports_what_is_late() {
  return MakeSubject([] { return watching_the_deadline(true); });
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

FunctionUnderTest skips_groups() {
  return MakeSubject([] { return loop_by_group([](const std::string& name) { return name; }); });
}

FunctionUnderTest goes_on_after_a_failure_in_order() {
  return stateless<SqsRecord>([](const SqsRecord& record, RecordProbe& work) { work(record.message_id()); });
}

/// Skips what is not above the last sequence number of its group, as `is_above` compares them.
template <class IsAbove>
FunctionUnderTest above_the_last(IsAbove is_above) {
  return [is_above] {  // each world has other groups of the same names
    return [is_above, last = std::make_shared<std::map<std::string, std::string>>()] {
      return loop_in_order<SqsRecord>([is_above, last](const SqsRecord& record, RecordProbe& work) {
        const std::string number = text(*record.attributes().sequence_number());
        std::string& highest = (*last)[group_of(record)];
        if (!highest.empty() && !is_above(number, highest)) return;
        work(record.message_id());
        highest = number;
      });
    };
  };
}

FunctionUnderTest compares_sequence_numbers_as_64_bits() {
  return above_the_last([](const std::string& left, const std::string& right) {
    return std::strtoull(left.c_str(), nullptr, 10) > std::strtoull(right.c_str(), nullptr, 10);
  });
}

FunctionUnderTest compares_sequence_numbers() {
  return above_the_last([](const std::string& left, const std::string& right) {
    return left.size() != right.size() ? left.size() > right.size() : left > right;
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

FunctionUnderTest claims_in_a_table_for_a_time() {
  using Clock = std::chrono::system_clock::time_point;
  const auto claimed = std::make_shared<std::map<std::string, Clock>>();
  const auto done = std::make_shared<Texts>();
  return MakeSubject([claimed, done] {
    return loop<SqsRecord>([claimed, done](const SqsRecord& record, RecordProbe& work) {
      const std::string name = text(record.message_id());
      if (done->contains(name)) return;
      const auto now = work.clock()();
      const auto [claim, is_new] = claimed->try_emplace(name, now + seconds(20));
      if (!is_new && claim->second > now) throw std::runtime_error("another instance handles it");
      claim->second = now + seconds(20);
      try {
        work(name);
      } catch (...) {
        claimed->erase(name);
        throw;
      }
      done->insert(name);
      claimed->erase(name);
    });
  });
}

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
  return MakeSubject([]() -> Subject {
    return [](std::string_view payload, RecordProbe& work) {
      const auto event = decode<SqsRecord>(payload);
      for (const SqsRecord& record : event.records()) work(record.message_id());
      return reporting({});
    };
  });
}

FunctionUnderTest stops_in_order() {
  return MakeSubject([] {
    return loop_in_order<SqsRecord>(
        [](const SqsRecord& record, RecordProbe& work) { work(record.message_id()); });
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
      {.name = "resumes_behind_the_failure", .source = Source::kinesis, .make = resumes_behind_the_failure},
  };
  return all;
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
      {.name = "reports_what_is_late", .make = reports_what_is_late},
      {.name = "stops_in_order", .source = Source::sqs_fifo, .make = stops_in_order},
      {.name = "skips_groups",
       .source = Source::sqs_fifo,
       .make = skips_groups,
       .claims = {.skip_group_on_error = true}},
      {.name = "tries_thrice", .make = tries_thrice, .design = {.retries_inside = true}},
      {.name = "breaks_the_circuit", .make = breaks_the_circuit, .design = {.stops_early = true}},
      {.name = "writes_all_or_nothing", .make = writes_all_or_nothing, .design = {.all_or_nothing = true}},
  };
  return all;
}

World world_of(const Stranger& stranger, std::uint64_t seed) {
  return {.source = stranger.source, .seed = seed, .claims = stranger.claims, .design = stranger.design};
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

std::string name_of(const ::testing::TestParamInfo<Stranger>& test) { return std::string(test.param.name); }

class BrokenStrangers : public ::testing::TestWithParam<Stranger> {};

TEST_P(BrokenStrangers, AreCaughtInDefaultWorlds) {
  const auto worlds = worlds_until_caught(GetParam());
  ASSERT_TRUE(worlds);
  RecordProperty("worlds", static_cast<int>(*worlds));
}

INSTANTIATE_TEST_SUITE_P(All, BrokenStrangers, ::testing::ValuesIn(broken_strangers()), name_of);

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
