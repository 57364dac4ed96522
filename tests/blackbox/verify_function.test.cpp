#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <batchproof/blackbox.hpp>
#include <batchproof/fixtures/seen_fields.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../scratch_path.hpp"
#include "functions.hpp"

namespace batchproof {
namespace {

using properties::Report;

const std::filesystem::path functions = BATCHPROOF_SOURCE_DIR "/tests/blackbox/verify_function";

Report verify_together(const std::string& name, int max_concurrency) {
  Function function = function_of(functions / name);
  function.command = {BATCHPROOF_NODE, "loops.mjs"};
  function.max_concurrency = max_concurrency;
  return verify_function<SqsRecord>(function, orders(50));
}

TEST(ManagedInstances, ShareNoListBetweenInvocationsThatOverlap) {
  EXPECT_TRUE(verify_together("list_of_the_running_invocation.mjs", 1).passed());
  const Report report = verify_together("list_of_the_running_invocation.mjs", 4);
  EXPECT_EQ(report.broken_law(), "fresh") << report.text();
  EXPECT_THAT(report.text(), ::testing::HasSubstr("of another batch"));
}

TEST(ManagedInstances, MayAnswerManyInvocationsAtATime) {
  const Report report = verify_together("list_of_its_own.mjs", 4);
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(RecordFields, ReachTheFunctionBesideThePayload) {
  const Function function = function_of(functions / "takes_orders_of_its_kind.mjs");
  VerifyFunctionOptions options = orders(50);
  EXPECT_FALSE(verify_function<SqsRecord>(function, options).passed());
  options.record_fields =
      R"({"messageAttributes": {"kind": {"dataType": "String", "stringValue": "order"}}})";
  EXPECT_TRUE(verify_function<SqsRecord>(function, options));
  options.record_fields = "[]";
  EXPECT_THROW((void)verify_function<SqsRecord>(function, options), std::invalid_argument);
}

TEST(IdentifiersOfAFunction, AreSequenceNumbersThatGrowInAFifoQueue) {
  VerifyFunctionOptions options = orders(50);
  options.fifo = true;
  EXPECT_TRUE(verify_function<SqsRecord>(function_of(functions / "skips_handled_numbers.mjs"), options));
}

TEST(IdentifiersOfAFunction, AreReadFromALogInAnyFormOfJson) {
  VerifyFunctionOptions options = orders(50);
  options.handled = "handled (.*)";
  EXPECT_TRUE(verify_function<KafkaRecord>(function_of(functions / "logs_kafka_with_spaces.mjs"), options));
}

TEST(HandledInTheLog, IsNotedWhereTheExpressionFindsNoIdentifier) {
  const auto notes_with = [](const std::string& handled) {
    VerifyFunctionOptions options = orders(20);
    options.handled = handled;
    const auto function = function_of(functions / "logs_kafka_with_spaces.mjs");
    return verify_function<KafkaRecord>(function, options).notes();
  };
  using ::testing::AllOf;
  using ::testing::Contains;
  using ::testing::HasSubstr;
  EXPECT_THAT(
      notes_with("processed (.*)"),
      Contains(AllOf(HasSubstr("matched nothing"), HasSubstr("capture group"), HasSubstr("JSON object"))));
  EXPECT_THAT(notes_with("handled .*"),
              Contains(HasSubstr("found no identifier in its logs, but for example \"handled {")));
  EXPECT_THAT(notes_with("handled (.*)"), ::testing::Not(Contains(HasSubstr("--handled"))));
}

TEST(HandledInTheLog, IsNotedWhereTheFunctionPrintsNothing) {
  VerifyFunctionOptions options = orders(20);
  options.handled = "handled (.*)";
  const Report report = verify_function<SqsRecord>(function_of(corpus_folder() / "right_sqs.mjs"), options);
  EXPECT_EQ(report.broken_law(), "once-in-order") << report.text();
  EXPECT_THAT(report.notes(), ::testing::Contains(::testing::HasSubstr("the function printed nothing")));
}

TEST(VerifyFunction, NotesThatOneListAloneProvesLittle) {
  VerifyFunctionOptions options = orders(20);
  options.rejected = {};
  const Report report =
      verify_function<SqsRecord>(function_of(corpus_folder() / "never_reports.mjs"), options);
  EXPECT_TRUE(report.passed()) << report.text();
  EXPECT_THAT(report.text(), ::testing::HasSubstr("note: nothing was rejected"));
}

TEST(CrashOfAFunction, IsRepeatedAtMostTwelveTimes) {
  const std::string file = scratch_path("crashes");
  Function function = function_of(functions / "notes_each_crash.mjs");
  function.environment.emplace("CRASHES", file);
  const Report report = verify_function<SqsRecord>(function, orders(50));
  EXPECT_EQ(report.broken_law(), "contained") << report.text();
  std::ifstream crashes(file);
  const std::string noted(std::istreambuf_iterator<char>(crashes), {});
  const auto first = noted.find("violation");
  ASSERT_NE(first, std::string::npos) << noted;
  EXPECT_LE(std::count(noted.begin() + static_cast<std::ptrdiff_t>(first), noted.end(), '\n'), 13)
      << "the first time, and twelve more:\n"
      << noted;
}

/// For each record of each event that the function got: its identifier, and the `eventID` and the receive
/// count or null.
template <class Record>
std::vector<nlohmann::json> noted_identifiers() {
  const std::string file = scratch_path("identifiers");
  std::filesystem::remove(file);
  Function function = function_of(functions / "notes_identifiers.mjs");
  function.environment.emplace("NOTES", file);
  const Report report = verify_function<Record>(function, orders(50));
  EXPECT_TRUE(report.passed()) << report.text();
  std::vector<nlohmann::json> events;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) events.push_back(nlohmann::json::parse(line));
  return events;
}

/// The events without those that hold nothing but records of the event before: these are delivered again.
std::vector<nlohmann::json> first_deliveries(const std::vector<nlohmann::json>& events) {
  std::vector<nlohmann::json> first;
  std::set<nlohmann::json> before;
  for (const nlohmann::json& event : events) {
    std::set<nlohmann::json> identifiers;
    for (const auto& noted : event) identifiers.insert(noted.at(0));
    const bool is_again =
        !event.empty() && std::includes(before.begin(), before.end(), identifiers.begin(), identifiers.end());
    before = std::move(identifiers);
    if (!is_again) first.push_back(event);
  }
  EXPECT_LT(first.size(), events.size());
  return first;
}

TEST(IdentifiersOfAFunction, AreNewInEachBatchAndLookAsThoseOfSqs) {
  std::set<std::string> seen;
  const auto events = first_deliveries(noted_identifiers<SqsRecord>());
  ASSERT_GT(events.size(), 50U);
  for (const auto& event : events) {
    for (const auto& noted : event) {
      const auto identifier = noted.at(0).get<std::string>();
      EXPECT_THAT(identifier, ::testing::MatchesRegex("[0-9a-f]+-[0-9a-f]+-4[0-9a-f]+-8[0-9a-f]+-[0-9a-f]+"));
      EXPECT_EQ(identifier.size(), 36U);
      EXPECT_TRUE(seen.insert(identifier).second) << identifier;
    }
  }
}

TEST(IdentifiersOfAFunction, AreNewInEachBatchAndInTheOrderOfAShard) {
  std::set<std::string> seen;
  std::map<std::string, std::string> last_of_shard;
  const auto events = first_deliveries(noted_identifiers<KinesisStreamRecord>());
  ASSERT_GT(events.size(), 50U);
  for (const auto& event : events) {
    for (const auto& noted : event) {
      const auto identifier = noted.at(0).get<std::string>();
      EXPECT_THAT(identifier, ::testing::MatchesRegex("[0-9]+"));
      const auto event_id = noted.at(1).get<std::string>();
      EXPECT_THAT(event_id, ::testing::EndsWith(':' + identifier));
      std::string& before = last_of_shard[event_id.substr(0, event_id.find(':'))];
      EXPECT_TRUE(fixtures::lower_sequence_number(before, identifier)) << before << " before " << identifier;
      before = identifier;
      EXPECT_TRUE(seen.insert(identifier).second) << identifier;
    }
  }
  EXPECT_LT(last_of_shard.size(), events.size()) << "some shards have several batches";
}

TEST(IdentifiersOfAFunction, AreNotAllThatIsNewInEachBatch) {
  const Function function = function_of(functions / "knows_records_again.mjs");
  for (const fixtures::Source source : fixtures::every_source) {
    if (source == fixtures::Source::kafka || fixtures::has_windows(source)) continue;
    VerifyFunctionOptions options = orders(100);
    options.near_misses = false;
    if (fixtures::info_of(source).payload_kind == fixtures::PayloadKind::item) {
      options.accepted = {R"({"quantity":{"N":"2"}})"};
      options.rejected = {R"({"quantity":{"N":"0"}})"};
    }
    const Report report = blackbox::verify_function({.source = source}, function, options);
    EXPECT_TRUE(report.passed()) << name(source) << report.text().substr(0, 3000);
  }
}

TEST(RecordsThatFailed, AreDeliveredAgainWithAHigherReceiveCount) {
  std::map<std::string, int> counts;
  int again = 0;
  for (const auto& event : noted_identifiers<SqsRecord>()) {
    for (const auto& noted : event) {
      if (!noted.at(2).is_string()) continue;
      const int count = std::stoi(noted.at(2).get<std::string>());
      const auto [before, is_first] = counts.try_emplace(noted.at(0).get<std::string>(), count);
      if (is_first) continue;
      EXPECT_EQ(count, ++before->second) << event;
      ++again;
    }
  }
  EXPECT_GT(again, 10);
}

TEST(RecordsThatWereRefused, NeedNoCallInTheLog) {
  VerifyFunctionOptions options = orders(100);
  options.handled = R"(handled (\S+))";
  const Report report = verify_function<SqsRecord>(function_of(functions / "checks_all_first.mjs"), options);
  EXPECT_TRUE(report.passed()) << report.text();
}

// The report must show what the function saw, since the case has other identifiers.
TEST(FaultWithSomeIdentifiersAlone, IsShownWithTheIdentifiersThatTheFunctionGot) {
  VerifyFunctionOptions options = orders(200);
  options.largest_batch = 20;
  const Report report =
      verify_function<SqsRecord>(function_of(corpus_folder() / "strips_zeros.mjs"), options);
  EXPECT_EQ(report.broken_law(), "well-formed") << report.text();
  EXPECT_EQ(report.counterexample().size(), 1U) << report.text();
  EXPECT_THAT(report.text(), ::testing::HasSubstr("with other identifiers the answer is as expected"));
}

// Its violation is no chance either: it is found again in new processes.
TEST(FaultWithSomeIdentifiersAlone, IsNotThatOfAFunctionWhoseFirstBatchesFail) {
  const Report report =
      verify_function<SqsRecord>(function_of(functions / "right_from_the_third_batch.mjs"), orders(50));
  ASSERT_EQ(report.broken_law(), "nothing-lost") << report.text();
  EXPECT_EQ(report.violated_law()->state, properties::LawState::violated) << report.text();
  EXPECT_EQ(report.counterexample().size(), 1U) << report.text();
  EXPECT_THAT(report.text(), ::testing::Not(::testing::HasSubstr("with other identifiers")));
}

// The batch that shows the fault passes with other identifiers, and the counterexample, whose fields are
// plain, with none.
TEST(FaultWithSomeIdentifiersAlone, IsNotSaidOfACounterexampleThatFailsWithAny) {
  VerifyFunctionOptions options = orders(50);
  options.small_cases_budget = std::chrono::milliseconds(0);  // they are plain from the start
  options.largest_batch = 1;
  options.seed = 7;
  const Report report =
      verify_function<SqsRecord>(function_of(functions / "damages_half_or_the_plain.mjs"), options);
  ASSERT_EQ(report.counterexample().size(), 1U) << report.text();
  const auto record = nlohmann::json::parse(report.counterexample().batch_case.records.front().json);
  ASSERT_EQ(record.at("attributes").at("SentTimestamp"), "1545082649183") << report.text();
  EXPECT_THAT(report.text(), ::testing::Not(::testing::HasSubstr("with other identifiers")));
}

TEST(CounterexampleOfAFunction, HasTheSimplestFieldsAndPayloads) {
  VerifyFunctionOptions options = orders(50);
  options.small_cases_budget = std::chrono::milliseconds(0);  // they are simple from the start
  options.seed = 7;
  const Report report =
      verify_function<SqsRecord>(function_of(corpus_folder() / "throws_for_one.mjs"), options);
  ASSERT_EQ(report.broken_law(), "contained") << report.text();
  for (const fixtures::CaseRecord& record : report.counterexample().batch_case.records) {
    const auto json = nlohmann::json::parse(record.json);
    EXPECT_EQ(json.at("body"), record.rejected ? "not json" : R"({"quantity": 2})");
    EXPECT_EQ(json.at("attributes").at("ApproximateReceiveCount"), "1");
  }
}

TEST(NoteOnACounterexample, NamesTheFieldThatAFunctionLooksAt) {
  VerifyFunctionOptions options{
      .accepted = {R"({"quantity": {"N": "2"}})"}, .rejected = {R"({"quantity": {"N": "0"}})"}, .cases = 200};
  const Function inserts = function_of(functions / "handles_inserts_alone.mjs");
  EXPECT_THAT(verify_function<DynamoDbRecord>(inserts, options).text(),
              ::testing::HasSubstr("if INSERT alone is handled, say so"));
  options.record_fields = R"({"eventName": "INSERT"})";
  EXPECT_TRUE(verify_function<DynamoDbRecord>(inserts, options));

  options = orders(200);
  const Function gives_up = function_of(functions / "gives_up_after_three_receives.mjs");
  EXPECT_THAT(verify_function<SqsRecord>(gives_up, options).text(),
              ::testing::HasSubstr("if a message is given up after some receives, say so"));
  options.record_fields = R"({"attributes": {"ApproximateReceiveCount": "1"}})";
  EXPECT_TRUE(verify_function<SqsRecord>(gives_up, options));
}

TEST(CounterexampleOfFresh, ShowsTheAnswerOfANewProcessAndTheChangedOne) {
  const Report report =
      verify_function<SqsRecord>(function_of(corpus_folder() / "failures_of_the_module.mjs"), orders(50));
  ASSERT_EQ(report.broken_law(), "fresh") << report.text();
  const properties::Counterexample& found = report.counterexample();
  EXPECT_TRUE(found.observation.response);
  ASSERT_TRUE(found.compared);
  EXPECT_NE(found.actual, found.compared->actual);
  EXPECT_THAT(report.text(), ::testing::HasSubstr("\n  again     "));
}

/// The batch with a failure, which a right process forgets. The saved case holds it, and shows the violation
/// again.
TEST(CounterexampleOfFresh, HoldsTheBatchesThatItNeeds) {
  VerifyFunctionOptions options = orders_of_a_broken_function(20);
  options.regressions = scratch_path("fresh");
  const Function function = function_of(corpus_folder() / "failures_of_the_module.mjs");
  const Report report = verify_function<SqsRecord>(function, options);
  ASSERT_EQ(report.broken_law(), "fresh") << report.text();
  const properties::Counterexample& found = report.counterexample();
  EXPECT_EQ(found.batch_case.records.size(), 1U);
  ASSERT_EQ(found.earlier.size(), 1U) << report.text();
  EXPECT_EQ(found.earlier.front().batch_case.pattern(), "x");
  EXPECT_THAT(report.text(), ::testing::HasSubstr("earlier batch 1 of 1, pattern x"));
  const Report again = verify_function<SqsRecord>(function, options);
  EXPECT_EQ(again.saved_cases(), 1);
  EXPECT_THAT(again.text(), ::testing::HasSubstr("found in the saved case"));
}

/// What the report of a shard says of its draws.
std::string draws_of(VerifyFunctionOptions options, std::size_t shard = 0,
                     const std::string& file = "right_sqs.mjs") {
  options.cases = 4;
  options.seed = 7;
  options.small_cases_budget = std::chrono::milliseconds(0);
  options.shard = fixtures::Shard{.index = shard, .count = 2};
  Function function = function_of(corpus_folder() / file);
  function.command.push_back(file);  // the handler's name stands in the environment, which may differ
  return verify_function<SqsRecord>(function, options).draws();
}

// So that `batchproof merge` refuses to make one report of them.
TEST(DrawsOfShards, AreOthersWithEachOptionOfAFunctionThatReportsDoNotHold) {
  const VerifyFunctionOptions options = orders(4);
  std::vector<VerifyFunctionOptions> all(11, options);
  all[1].accepted.push_back(R"({"quantity": 3})");
  all[2].rejected.push_back("[]");
  all[3].near_misses = false;
  all[4].hostile = true;
  all[5].largest_batch = 5;
  all[6].record_fields = R"({"awsRegion": "eu-west-1"})";
  all[7].handled = "handled (\\S+)";
  all[8].cold = true;
  all[9].stop_on_first_failure = true;
  all[10].fifo = true;
  std::set<std::string> draws;
  for (const VerifyFunctionOptions& one : all) EXPECT_TRUE(draws.insert(draws_of(one)).second);
  EXPECT_EQ(draws_of(options, 1), draws_of(options, 0));
  EXPECT_NE(draws_of(options, 0, "right_sqs.py"), draws_of(options, 0));
}

TEST(BatchWithoutRecords, IsSentOnlyIfItIsHostile) {
  VerifyFunctionOptions options = orders(50);
  const Function function = function_of(corpus_folder() / "reads_the_first_record.mjs");
  options.hostile = true;
  EXPECT_EQ(verify_function<SqsRecord>(function, options).counterexample().size(), 0U);
  options.hostile = false;
  options.largest_batch = 0;
  EXPECT_THROW((void)verify_function<SqsRecord>(function, options), std::invalid_argument);
}

TEST(FunctionThatStopsAtItsFirstFailure, IsRightForAStandardQueueIfItClaimsTo) {
  const Function function = function_of(functions / "reports_from_the_first_failure.mjs");
  VerifyFunctionOptions options = orders(50);
  const Report unclaimed = verify_function<SqsRecord>(function, orders_of_a_broken_function(50));
  EXPECT_EQ(unclaimed.broken_law(), "nothing-extra") << unclaimed.text();
  EXPECT_THAT(unclaimed.text(),
              ::testing::HasSubstr("this is the answer of a function that stops at its first failure"));
  options.stop_on_first_failure = true;
  const Report claimed = verify_function<SqsRecord>(function, options);
  EXPECT_TRUE(claimed.passed()) << claimed.text();
  const auto never_stops = function_of(corpus_folder() / "right_sqs.mjs");
  EXPECT_EQ(verify_function<SqsRecord>(never_stops, options).broken_law(), "nothing-lost");
}

TEST(FunctionThatReportsAllOfABatch, IsToldWhereItsDesignIsJudged) {
  const auto text_of = [](const std::filesystem::path& function) {
    return verify_function<SqsRecord>(function_of(function), orders_of_a_broken_function(50)).text();
  };
  EXPECT_THAT(text_of(corpus_folder() / "reports_all_for_one.mjs"),
              ::testing::HasSubstr("`batchproof simulate --all-or-nothing` judges it"));
  EXPECT_THAT(text_of(functions / "breaks_after_two_failures.mjs"),
              ::testing::HasSubstr("`batchproof simulate --stops-early` judges it"));
  EXPECT_THAT(text_of(corpus_folder() / "never_reports.mjs"),
              ::testing::Not(::testing::HasSubstr("batchproof simulate")));
}

TEST(FunctionThatGoesOnWithOtherGroups, IsToldTheClaim) {
  VerifyFunctionOptions options = orders(50);
  options.fifo = true;
  const auto function = function_of(corpus_folder() / "fifo_skip_right.mjs");
  EXPECT_THAT(verify_function<SqsRecord>(function, options).text(),
              ::testing::HasSubstr("(skip_group_on_error, --skip-group-on-error)"));
}

TEST(HandledRecords, AreNotShownWhereNothingShowsThem) {
  const Report report =
      verify_function<SqsRecord>(function_of(corpus_folder() / "never_reports.mjs"), orders(50));
  ASSERT_EQ(report.broken_law(), "nothing-lost") << report.text();
  EXPECT_THAT(report.text(), ::testing::HasSubstr("verdict   reported\n"));
  EXPECT_TRUE(nlohmann::json::parse(to_json(report)).at("counterexample").at("calls").is_null());
}

/// A function that answers right, and ends or is silent in the way that BREAKS names.
Report verify_ends(const std::string& how, int cases) {
  Function function = function_of(functions / "breaks_rules.mjs");
  function.command = {BATCHPROOF_NODE, "breaks_rules.mjs"};
  function.environment.emplace("BREAKS", how);
  if (how == "never_asks_again") function.time_limit = std::chrono::seconds(1);
  VerifyFunctionOptions options = orders(cases);
  options.small_cases_budget = std::chrono::milliseconds(0);
  return verify_function<SqsRecord>(function, options);
}

TEST(ProcessThatEnds, ViolatesNothingAfterItsAnswerAndIsNoted) {
  const Report report = verify_ends("ends_after_its_answer", 10);
  EXPECT_TRUE(report.passed()) << report.text();
  EXPECT_THAT(report.notes(), ::testing::Contains(::testing::HasSubstr("the process ended after ")));
}

TEST(ProcessThatEnds, IsNotSaidToHaveAnswered) {
  const Report report = verify_ends("ends_when_all_failed", 30);
  EXPECT_TRUE(report.passed()) << report.text();
  EXPECT_THAT(report.notes(),
              ::testing::Contains(::testing::HasSubstr("the process ended without an answer in ")));
  EXPECT_THAT(report.notes(),
              ::testing::Not(::testing::Contains(::testing::HasSubstr("the process ended after "))));
}

TEST(ProcessThatAsksForNothingMore, IsNotSaidToHaveEnded) {
  const Report report = verify_ends("never_asks_again", 2);
  EXPECT_TRUE(report.passed()) << report.text();
  EXPECT_THAT(report.notes(), ::testing::Contains(::testing::HasSubstr("did not ask for the next batch")));
  EXPECT_THAT(report.notes(),
              ::testing::Not(::testing::Contains(::testing::HasSubstr("the process ended after "))));
}

/// As its second batch, one of which no record has to succeed may end the process, and still it shows
/// nothing.
TEST(ProcessThatEnds, IsNotSaidToAnswerItsSecondBatchRight) {
  const Report report = verify_function<SqsRecord>(function_of(functions / "answers_once.mjs"),
                                                   orders_of_a_broken_function(50));
  ASSERT_EQ(report.broken_law(), "nothing-lost") << report.text();
  EXPECT_FALSE(report.counterexample().needs_cold_start) << report.text();
}

struct BrokenRule {
  const char* how;
  const char* named;
};

void PrintTo(const BrokenRule& rule, std::ostream* out) { *out << rule.how; }

class RulesOfTheRuntimeApi : public ::testing::TestWithParam<BrokenRule> {};

TEST_P(RulesOfTheRuntimeApi, AreNamedWhenTheyAreBroken) {
  Function function = function_of(functions / "breaks_rules.mjs");
  function.command = {BATCHPROOF_NODE, "breaks_rules.mjs"};
  function.environment.emplace("BREAKS", GetParam().how);
  const Report report = verify_function<SqsRecord>(function, orders(50));
  EXPECT_FALSE(report.passed());
  EXPECT_NE(report.broken_law(), "fresh") << report.text();
  EXPECT_THAT(report.text(), ::testing::HasSubstr(GetParam().named));
}

INSTANTIATE_TEST_SUITE_P(
    All, RulesOfTheRuntimeApi,
    ::testing::Values(
        BrokenRule{"asks_twice", "it asks for the next invocation twice"},
        BrokenRule{"answers_twice", "it answers an invocation that is over"},
        BrokenRule{"answers_twice_and_ends", "it answers an invocation that is over"},
        BrokenRule{"closes_in_the_middle", "it closed the connection in the middle of a request"},
        BrokenRule{"answers_for_another", "it answers for a request id that it was not given: no-such-id"},
        BrokenRule{"posts_7_megabytes", "the response has 7340034 bytes, but Lambda accepts 6291556"},
        BrokenRule{"posts_70_megabytes", "it posted more than 64 MiB"}),
    [](const auto& rule) { return std::string(rule.param.how); });

Verdict verdict_on(std::string_view payload) {
  const auto order = nlohmann::json::parse(payload, nullptr, false);
  const bool is_good = order.is_object() && order.contains("quantity") && order["quantity"].is_number() &&
                       order["quantity"] >= 1;
  return is_good ? Verdict::accepted : Verdict::rejected;
}

TEST(NearMissesOfAFunction, AreJudgedByTheirVerdictAloneOrByClassify) {
  const Function function = function_of(functions / "takes_null.mjs");
  VerifyFunctionOptions options = orders(100);
  options.seed = 7;
  const Report alike = verify_function<SqsRecord>(function, options);
  EXPECT_TRUE(alike.passed()) << alike.text();
  EXPECT_EQ(alike.distribution().kinds[static_cast<std::size_t>(properties::CaseKind::near_miss)], 100U);
  options.classify = verdict_on;
  const Report report = verify_function<SqsRecord>(function, options);
  EXPECT_EQ(report.broken_law(), "nothing-lost") << report.text();
  EXPECT_EQ(report.counterexample().size(), 1U) << report.text();
  EXPECT_EQ(fixtures::payloads_in(report.counterexample().batch_case).front(), R"({"quantity":null})");
}

TEST(NearMissesOfAFunction, MustAgreeWithTheLists) {
  VerifyFunctionOptions options = orders(10);
  options.classify = [](std::string_view) { return Verdict::accepted; };
  EXPECT_THROW((void)verify_function<SqsRecord>(function_of(functions / "takes_null.mjs"), options),
               std::invalid_argument);
}

// A counterexample keeps no verdict of the function that was wrong.
TEST(NearMissesOfAFunction, AreSavedWithoutAVerdict) {
  const std::string saved = scratch_path("near_misses");
  VerifyFunctionOptions options = orders(100);
  options.seed = 7;
  options.regressions = saved;
  const auto wrong = function_of(corpus_folder() / "fills_null_from_the_order_before.mjs");
  const Report found = verify_function<SqsRecord>(wrong, options);
  ASSERT_EQ(found.broken_law(), "nothing-lost") << found.text();
  EXPECT_THAT(found.found_in(), ::testing::HasSubstr("near miss"));
  EXPECT_EQ(found.counterexample().batch_case.pattern(), "o?") << found.text();
  const Report again = verify_function<SqsRecord>(wrong, options);
  EXPECT_THAT(again.found_in(), ::testing::HasSubstr("the saved case")) << again.text();
  for (const auto& right : {functions / "takes_null.mjs", corpus_folder() / "right_sqs.mjs"}) {
    const Report mended = verify_function<SqsRecord>(function_of(right), options);
    EXPECT_TRUE(mended.passed()) << mended.text();
    EXPECT_EQ(mended.saved_cases(), 1);
  }
}

}  // namespace
}  // namespace batchproof
