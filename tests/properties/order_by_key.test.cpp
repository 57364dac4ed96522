// Processors that keep the records of a key in order, and take the keys in any order.

#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/fixtures/kinesis_message.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/verify.hpp>
#include <chrono>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hand_made.hpp"

namespace batchproof::properties {
namespace {

using fixtures::Source;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using enum ExpectedOutcome;

constexpr std::chrono::milliseconds least_time(300);
constexpr fixtures::ProcessorClaims claims_by_key{.raise_on_entire_batch_failure = false,
                                                  .order_by_key = true};

enum class Fault {
  none,
  turns_keys_around,     ///< the last record of a key is handled first
  passes_over_one,       ///< the second record behind a failure is handled, and the first is not
  forgets_what_it_left,  ///< the failure alone is reported
  reports_the_last,      ///< of a key: the last record that was left, and not the failure
  leaves_all_keys,       ///< what comes behind a failure of any key is left
  ignores_the_time
};

/// An object of Kafka keeps the order of its members.
using KeyedIdentifier = nlohmann::ordered_json;

/// A record as a loop of one's own reads it.
struct KeyedRecord {
  std::string key;
  KeyedIdentifier identifier;
};

std::string item_of(const nlohmann::json& record) {
  return record.at("dynamodb").value("Keys", nlohmann::json()).dump();
}

KeyedRecord read_record(Source source, const nlohmann::json& record) {
  switch (source) {
    case Source::kinesis:
      return {record.at("kinesis").at("partitionKey").dump(), record.at("kinesis").at("sequenceNumber")};
    case Source::kinesis_pipe:
      return {record.at("partitionKey").dump(), record.at("eventID")};
    case Source::dynamodb_pipe:
      return {item_of(record), record.at("eventID")};
    default:
      return {item_of(record), record.at("dynamodb").at("SequenceNumber")};
  }
}

/// The key of a record of Kafka is that within its partition.
std::vector<KeyedRecord> read_event(Source source, std::string_view payload) {
  const nlohmann::json event = nlohmann::json::parse(payload);
  std::vector<KeyedRecord> all;
  if (source != Source::kafka) {
    for (const nlohmann::json& record : fixtures::is_pipe(source) ? event : event.at("Records"))
      all.push_back(read_record(source, record));
    return all;
  }
  for (const auto& [partition, records] : event.at("records").items()) {
    for (const nlohmann::json& record : records) {
      all.push_back({partition + record.value("key", nlohmann::json()).dump(),
                     {{"partition", partition}, {"offset", record.at("offset")}}});
    }
  }
  return all;
}

/// Takes one key after the other, in the order of their texts.
struct KeyByKey {
  Source source;
  Fault fault = Fault::none;
  bool goes_on = false;  ///< what comes behind a failure of its key is handled

  std::string operator()(std::string_view payload, RecordProbe& probe) const {
    std::map<std::string, std::vector<KeyedIdentifier>> keys;
    for (KeyedRecord& record : read_event(source, payload))
      keys[record.key].push_back(std::move(record.identifier));
    std::vector<KeyedIdentifier> reported;
    for (auto& [key, identifiers] : keys) {
      if (fault == Fault::turns_keys_around) std::reverse(identifiers.begin(), identifiers.end());
      handle_key(identifiers, probe, reported);
    }
    auto failures = KeyedIdentifier::array();
    for (const KeyedIdentifier& identifier : reported) failures.push_back({{"itemIdentifier", identifier}});
    return KeyedIdentifier{{"batchItemFailures", failures}}.dump();
  }

 private:
  void handle_key(const std::vector<KeyedIdentifier>& identifiers, RecordProbe& probe,
                  std::vector<KeyedIdentifier>& reported) const {
    bool has_failed = fault == Fault::leaves_all_keys && !reported.empty();
    std::size_t left = 0;
    for (const KeyedIdentifier& identifier : identifiers) {
      const bool is_passed_over = fault == Fault::passes_over_one && left == 1;
      if ((has_failed && !goes_on && !is_passed_over) || !has_time(probe)) {
        ++left;
        if (fault == Fault::forgets_what_it_left) continue;
        if (fault == Fault::reports_the_last && has_failed) reported.pop_back();
      } else if (succeeds(probe, identifier)) {
        continue;
      } else {
        has_failed = true;
      }
      reported.push_back(identifier);
    }
  }

  static bool succeeds(RecordProbe& probe, const KeyedIdentifier& identifier) {
    try {
      probe(identifier.is_string() ? identifier.get<std::string>() : identifier.dump());
    } catch (...) {
      return false;
    }
    return true;
  }

  bool has_time(RecordProbe& probe) const {
    const auto left = probe.context().remaining_time(probe.clock()());
    return fault == Fault::ignores_the_time || !left || *left >= least_time;
  }
};

Report verify_by_key(const KeyByKey& processor, const fixtures::ProcessorClaims& claims) {
  return verify_processor(
      processor.source, processor, claims,
      {.cases = 100, .seed = 1, .largest_batch = 12, .small_cases_budget = std::chrono::milliseconds(0)});
}

TEST(OrderByKey, MayBeKeptKeyAfterKey) {
  for (const Source source :
       {Source::kinesis, Source::dynamodb, Source::kafka, Source::kinesis_pipe, Source::dynamodb_pipe}) {
    fixtures::ProcessorClaims claims = claims_by_key;
    claims.reserve = least_time;
    for (const bool goes_on : {false, true})
      EXPECT_TRUE(verify_by_key({.source = source, .goes_on = goes_on}, claims)) << fixtures::name(source);
    claims.order_by_key = false;
    EXPECT_FALSE(verify_by_key({.source = source}, claims)) << fixtures::name(source);
  }
}

TEST(OrderByKey, IsAClaimOfTheOptions) {
  const KeyByKey processor{.source = Source::kinesis};
  VerifyProcessorOptions options{.raise_on_entire_batch_failure = false,
                                 .cases = 50,
                                 .seed = 1,
                                 .small_cases_budget = std::chrono::milliseconds(0),
                                 .largest_batch = 12,
                                 .order_by_key = true};
  EXPECT_TRUE(batchproof::verify_processor<KinesisStreamRecord>(processor, options));
  options.order_by_key = false;
  EXPECT_FALSE(batchproof::verify_processor<KinesisStreamRecord>(processor, options));
}

TEST(OrderByKey, IsBrokenWithinAKey) {
  for (const Source source : {Source::kinesis, Source::dynamodb, Source::kafka}) {
    for (const Fault fault : {Fault::turns_keys_around, Fault::passes_over_one}) {
      const Report report = verify_by_key({.source = source, .fault = fault}, claims_by_key);
      if (fault == Fault::passes_over_one) {
        EXPECT_EQ(report.broken_law(), "once-in-order") << report;
      } else {  // a failure that comes first leaves the records before it undone too
        EXPECT_THAT(report.broken_law(), AnyOf("once-in-order", "nothing-extra")) << report;
      }
      EXPECT_LE(report.counterexample().size(), 3U) << report;
    }
  }
}

TEST(OrderByKey, ExcusesNoRecordOfAnotherKey) {
  for (const Source source : {Source::kinesis, Source::dynamodb, Source::kafka}) {
    const Report report = verify_by_key({.source = source, .fault = Fault::leaves_all_keys}, claims_by_key);
    EXPECT_THAT(report.broken_law(), AnyOf("once-in-order", "nothing-extra")) << report;
    EXPECT_EQ(report.counterexample().size(), 2U) << report;
  }
}

/// On a stream the later record of a failed key comes again with the failure. Behind a pipe, and of Kafka, it
/// must be reported itself.
TEST(OrderByKey, LosesNoRecordThatIsLeft) {
  for (const Source source : {Source::kafka, Source::kinesis_pipe, Source::dynamodb_pipe}) {
    const Report report =
        verify_by_key({.source = source, .fault = Fault::forgets_what_it_left}, claims_by_key);
    EXPECT_EQ(report.broken_law(), "nothing-lost") << report;
    EXPECT_EQ(report.counterexample().size(), 2U) << report;
  }
  for (const Source source : {Source::kinesis, Source::dynamodb}) {
    EXPECT_TRUE(verify_by_key({.source = source, .fault = Fault::forgets_what_it_left}, claims_by_key));
    const Report report = verify_by_key({.source = source, .fault = Fault::reports_the_last}, claims_by_key);
    EXPECT_EQ(report.broken_law(), "nothing-lost") << report;
    EXPECT_EQ(report.counterexample().size(), 2U) << report;
  }
}

TEST(OrderByKey, LosesNoRecordThatIsLate) {
  fixtures::ProcessorClaims claims = claims_by_key;
  claims.reserve = least_time;
  for (const Source source : {Source::kinesis, Source::dynamodb, Source::kafka}) {
    const KeyByKey forgets{.source = source, .fault = Fault::forgets_what_it_left, .goes_on = true};
    EXPECT_EQ(verify_by_key(forgets, claims).broken_law(), "late-is-reported");
    const KeyByKey ignores{.source = source, .fault = Fault::ignores_the_time, .goes_on = true};
    EXPECT_EQ(verify_by_key(ignores, claims).broken_law(), "in-time");
  }
}

/// A letter of `keys` for each record, whose sequence number is its place; `-` is no key.
fixtures::BatchCase keyed_case(std::string_view pattern, std::string_view keys) {
  fixtures::BatchCase batch;
  batch.source = Source::kinesis;
  for (std::size_t index = 0; index < pattern.size(); ++index) {
    auto record = fixtures::to_case_record(fixtures::KinesisMessage{
        .sequence_number = std::to_string(index + 1), .partition_key = std::string(1, keys[index])});
    if (keys[index] == '-') {
      nlohmann::json without_key = nlohmann::json::parse(record.json);
      without_key["kinesis"].erase("partitionKey");
      record.json = without_key.dump();
    }
    record.rejected = pattern[index] == 'x';
    batch.records.push_back(std::move(record));
  }
  return batch;
}

TEST(OnceInOrder, IsKeptWithinEachKeyAlone) {
  const auto batch = keyed_case("oooo", "abab");
  const auto judge = [&](const std::vector<std::size_t>& handled) {
    return judge_by(once_in_order, batch, run_of(batch, handled, response_with({})), claims_by_key);
  };
  EXPECT_THAT(judge({1, 3, 0, 2}), IsEmpty());
  EXPECT_THAT(judge({1, 2, 0, 3}), ElementsAre(HasSubstr("record 0 (\"1\") is handled after record 2")));
  EXPECT_THAT(judge({0, 1, 2, 3, 3}), ElementsAre(HasSubstr("record 3 (\"4\") is handled 2 times")));
}

TEST(OnceInOrder, LetsTheLaterRecordsOfAFailedKeyBeLeftOut) {
  const auto batch = keyed_case("xooo", "abaa");
  const auto judge = [&](const std::vector<std::size_t>& handled) {
    return judge_by(once_in_order, batch, run_of(batch, handled, response_with({"1"})), claims_by_key);
  };
  EXPECT_THAT(judge({0, 1}), IsEmpty());
  EXPECT_THAT(judge({0, 1, 2, 3}), IsEmpty());
  EXPECT_THAT(judge({0, 1, 2}), IsEmpty());
  EXPECT_THAT(judge({0, 2, 3}), ElementsAre(HasSubstr("record 1 (\"2\") is never handled")));
  EXPECT_THAT(judge({0, 1, 3}),
              ElementsAre(HasSubstr("record 3 (\"4\") is handled, and record 2 (\"3\") of its key before it "
                                    "is not")));
}

TEST(OnceInOrder, SaysNothingOfARecordWithoutAKey) {
  const auto batch = keyed_case("xooo", "-a-a");
  const auto judge = [&](const std::vector<std::size_t>& handled) {
    return judge_by(once_in_order, batch, run_of(batch, handled, response_with({"1"})), claims_by_key);
  };
  EXPECT_THAT(judge({2, 1, 3, 0}), IsEmpty());
  EXPECT_THAT(judge({0, 1, 3}), ElementsAre(HasSubstr("record 2 (\"3\") is never handled")));
}

TEST(ExpectedOutcomes, OfALeftRecordFollowFromTheRun) {
  const auto batch = keyed_case("xoox", "abaa");
  EXPECT_THAT(expected_outcomes(batch, claims_by_key), ElementsAre(fails, succeeds, succeeds, fails));
  const auto of_run = [&](const std::vector<std::size_t>& handled) {
    const auto run = run_of(batch, handled, response_with({"1"}));
    return Evidence(batch, claims_by_key, run).expected();
  };
  EXPECT_THAT(of_run({0, 1, 2, 3}), ElementsAre(fails, succeeds, succeeds, fails));
  EXPECT_THAT(of_run({0, 1, 2}), ElementsAre(fails, succeeds, succeeds, stopped));
  EXPECT_THAT(of_run({0, 1}), ElementsAre(fails, succeeds, stopped, stopped));
  EXPECT_THAT(of_run({0, 1, 3}), ElementsAre(fails, succeeds, stopped, stopped));
}

TEST(ExpectedOutcomes, AreThoseOfAProcessorThatStopsWhereItClaimsThatToo) {
  const auto batch = keyed_case("xo", "ab");
  fixtures::ProcessorClaims claims = claims_by_key;
  claims.stop_on_first_failure = true;
  const auto run = run_of(batch, {0}, response_with({"1", "2"}));
  EXPECT_THAT(Evidence(batch, claims, run).expected(), ElementsAre(fails, stopped));
}

TEST(OrderByKey, IsSavedWithACase) {
  SavedCase saved{.law = "once-in-order", .claims = claims_by_key, .batch_case = keyed_case("xo", "aa")};
  saved.payload = saved.batch_case.payload();
  EXPECT_TRUE(parse_regression(describe_regression(saved), saved.payload).claims.order_by_key);
  saved.claims.order_by_key = false;
  EXPECT_FALSE(parse_regression(describe_regression(saved), saved.payload).claims.order_by_key);
}

TEST(Fresh, LetsKeysComeInAnotherOrder) {
  const auto batch = keyed_case("ooo", "aba");
  auto run = run_of(batch, {0, 1, 2}, response_with({}));
  run.further_runs.push_back(run_of(batch, {1, 0, 2}, response_with({})));
  EXPECT_THAT(judge_by(fresh, batch, run, claims_by_key), IsEmpty());
  EXPECT_EQ(judge_by(fresh, batch, run).size(), 1U);
  run.further_runs.push_back(run_of(batch, {1, 2, 0}, response_with({})));
  EXPECT_EQ(judge_by(fresh, batch, run, claims_by_key).size(), 1U);
}

TEST(Independence, LeavesAloneTheLaterRecordsOfAKey) {
  const auto batch = keyed_case("xoo", "aab");
  auto part = batch;
  part.records.erase(part.records.begin());
  const auto judge = [&](const std::vector<std::size_t>& handled) {
    auto run = run_of(batch, handled, response_with({"1"}));
    run.further_runs.push_back(run_of(part, {0, 1}, response_with({})));
    run.further_runs.back().left_out = 0;
    return judge_by(independence, batch, run, claims_by_key);
  };
  EXPECT_THAT(judge({0, 2}), IsEmpty());
  EXPECT_THAT(judge({0}), ElementsAre(HasSubstr("record 2 (\"3\") is not handled")));
}

}  // namespace
}  // namespace batchproof::properties
