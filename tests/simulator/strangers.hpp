#pragma once

// The parts of functions that teams write without a processor of this library: loops over the records that
// report what failed, and tables of what was handled before.
//
//   loop<SqsRecord>([](const SqsRecord& record, RecordProbe& work) { work(record.message_id()); });

#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/simulator.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::simulator {

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

inline std::string text(std::string_view view) { return std::string(view); }

inline std::string group_of(const SqsRecord& record) { return text(record.message_group_id().value_or("")); }

inline std::string key_of(const DynamoDbRecord& record) {
  return text(record.keys()->find("id")->as_string());
}

/// An answer that lists these identifiers. Those of Kafka are JSON objects.
inline std::string reporting(const std::vector<std::string>& identifiers) {
  std::string items;
  for (const std::string& identifier : identifiers) {
    const std::string quote = identifier.starts_with('{') ? "" : "\"";
    items += (items.empty() ? "" : ",") + (R"({"itemIdentifier":)" + quote + identifier + quote + '}');
  }
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

/// A function that fails as a whole when one record does.
template <class Record, class Handle>
Subject as_a_whole(Handle handle) {
  return [handle](std::string_view payload, RecordProbe& work) {
    const auto event = decode<Record>(payload);
    for (const Record& record : event.records()) handle(record, work);
    return reporting({});
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

/// A function without state.
template <class Record, class Handle>
FunctionUnderTest stateless(Handle handle) {
  return MakeSubject([handle] { return loop<Record>(handle); });
}

/// As idempotency with a table does it: a claim lasts until the deadline of its invocation, or for this time.
/// An instance that crashed leaves it, and the record is refused until then. Each world has its own table.
template <class Record, class MakeLoop>
FunctionUnderTest claiming_for(std::optional<seconds> lease, MakeLoop make_loop) {
  using Clock = std::chrono::system_clock::time_point;
  return [lease, make_loop] {
    return [lease, make_loop, claimed = std::make_shared<std::map<std::string, Clock>>(),
            done = std::make_shared<Texts>()] {
      return make_loop([claimed, done, lease](const Record& record, RecordProbe& work) {
        const std::string name = text(record.item_identifier());
        if (done->contains(name)) return;
        const auto now = work.clock()();
        const auto [claim, is_new] = claimed->try_emplace(name);
        if (!is_new && claim->second > now) throw std::runtime_error("another instance handles it");
        const std::chrono::milliseconds left = *work.context().remaining_time(now);
        claim->second = now + (lease ? std::chrono::milliseconds(*lease) : left);
        try {
          work(name);
        } catch (...) {
          claimed->erase(name);
          throw;
        }
        done->insert(name);
      });
    };
  };
}

template <class Record>
FunctionUnderTest claiming_for(std::optional<seconds> lease = {}) {
  return claiming_for<Record>(lease, [](auto handle) { return loop<Record>(handle); });
}

/// Stops when less than the reserve is left.
template <class Record = SqsRecord>
Subject watching_the_deadline(std::chrono::milliseconds reserve, bool reports) {
  return [reserve, reports](std::string_view payload, RecordProbe& work) {
    const auto event = decode<Record>(payload);
    std::vector<std::string> failed;
    for (const Record& record : event.records()) {
      const bool is_late = work.context().remaining_time(work.clock()()) < reserve;
      try {
        if (!is_late) work(record.item_identifier());
      } catch (...) {
        failed.push_back(text(record.item_identifier()));
      }
      if (is_late && reports) failed.push_back(text(record.item_identifier()));
    }
    return reporting(failed);
  };
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

inline World world_of(const Stranger& stranger, std::uint64_t seed) {
  return {.source = stranger.source, .seed = seed, .claims = stranger.claims, .design = stranger.design};
}

inline std::string name_of(const ::testing::TestParamInfo<Stranger>& test) {
  return std::string(test.param.name);
}

}  // namespace batchproof::simulator
