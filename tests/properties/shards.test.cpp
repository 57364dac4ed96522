// A verification that several machines share: the union of the shards is the whole.

#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/properties/claims_on_run.hpp>
#include <batchproof/properties/conformance.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/merge_reports.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "../scratch_path.hpp"
#include "hand_made.hpp"

namespace batchproof::properties {
namespace {

using fixtures::Shard;
using fixtures::Source;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;

constexpr std::size_t shards = 3;

std::vector<Shard> all_shards(std::size_t count = shards) {
  std::vector<Shard> all;
  for (std::size_t index = 0; index < count; ++index) all.push_back({.index = index, .count = count});
  return all;
}

/// Few small batches: all of them are judged.
constexpr Source piped = Source::kinesis_pipe;
constexpr auto enough_time = std::chrono::hours(1);

/// The events of a shard, and the report. The law needs one run of each case.
std::pair<Report, std::multiset<std::string>> judged_by(const Shard& shard) {
  std::multiset<std::string> events;
  const fixtures::Subject processor = fixtures::library_processor(piped, {});
  const fixtures::Subject subject = [&](std::string_view payload, RecordProbe& probe) {
    events.emplace(payload);
    return processor(payload, probe);
  };
  Report report = verify_laws({&nothing_lost, 1}, piped, subject, {},
                              {.cases = 100,
                               .seed = 7,
                               .small_cases_budget = enough_time,
                               .replay_command = "./replay",
                               .shard = shard});
  return {std::move(report), std::move(events)};
}

TEST(Shards, JudgeTheCasesOfTheWhole) {
  const auto [whole, events_of_whole] = judged_by(Shard());
  ASSERT_TRUE(whole.passed()) << whole;
  EXPECT_EQ(whole.cases(), 100);
  EXPECT_EQ(whole.small_cases(), whole.small_cases_in_all());
  std::multiset<std::string> union_of_events;
  for (const Shard& shard : all_shards()) {
    auto [report, events] = judged_by(shard);
    EXPECT_TRUE(report.passed()) << report;
    EXPECT_EQ(report.shard(), shard);
    EXPECT_THAT(report.text(), HasSubstr("shard " + to_text(shard)));
    EXPECT_LT(events.size(), events_of_whole.size() / 2);
    union_of_events.merge(std::move(events));
  }
  // The canary judges one case of its own in each verification.
  for (const std::string& event : events_of_whole) {
    const auto found = union_of_events.find(event);
    ASSERT_NE(found, union_of_events.end()) << event;
    union_of_events.erase(found);
  }
  EXPECT_LE(union_of_events.size(), (shards - 1) * 10);
}

std::vector<NamedReport> verified(const Shard& shard, int cases = 100, std::uint64_t seed = 7) {
  return {{.subject = "processors",
           .mode = "BatchProcessor",
           .sources = {piped},
           .report = verify_laws(processor_laws(), piped, fixtures::library_processor(piped, {}), {},
                                 {.cases = cases,
                                  .seed = seed,
                                  .small_cases_budget = enough_time,
                                  .replay_command = "./replay",
                                  .shard = shard})}};
}

std::vector<std::vector<NamedReport>> verified_shards() {
  std::vector<std::vector<NamedReport>> all;
  for (const Shard& shard : all_shards()) all.push_back(verified(shard));
  return all;
}

TEST(Shards, AreMergedIntoTheReportOfTheWhole) {
  const auto whole = verified(Shard());
  ASSERT_TRUE(whole.front().report.passed()) << whole.front().report;
  EXPECT_EQ(conformance_json(merge_reports(verified_shards())), conformance_json(whole));
}

TEST(Shards, AreNotMergedWithThoseOfAnotherRun) {
  const auto merge = [](std::vector<NamedReport> one, std::vector<NamedReport> other) {
    return [=] { merge_reports(std::vector{one, other}); };
  };
  const auto first = verified({.index = 0, .count = 2}, 10);
  const auto second = verified({.index = 1, .count = 2}, 10);
  EXPECT_NO_THROW(merge(first, second)());
  EXPECT_THAT(merge(first, verified({.index = 1, .count = 2}, 10, 8)),
              ThrowsMessage<std::runtime_error>("its seed is 8, not 7"));
  EXPECT_THAT(merge(first, verified({.index = 1, .count = 2}, 20)),
              ThrowsMessage<std::runtime_error>("its number of cases is 20, not 10"));
  auto of_another_source = second;
  of_another_source.front().sources = {Source::sqs};
  EXPECT_THAT(
      merge(first, of_another_source),
      ThrowsMessage<std::runtime_error>(
          "it verified processors, BatchProcessor, sqs, not processors, BatchProcessor, kinesis_pipe"));
  EXPECT_THAT(merge(first, {}), ThrowsMessage<std::runtime_error>("it holds 0 verifications, not 1"));
}

constexpr Shard first_half{.index = 0, .count = 2};

/// What the report of a shard says of its draws.
std::string draws_of_processor(const VerifySettings& settings, const fixtures::ProcessorClaims& claims = {},
                               const Shard& shard = first_half) {
  VerifySettings of_shard = settings;
  of_shard.cases = 4;
  of_shard.seed = 7;
  of_shard.replay_command = "./replay";
  of_shard.shard = shard;
  const Report report = verify_laws({&nothing_lost, 1}, Source::kinesis,
                                    fixtures::library_processor(Source::kinesis, claims), claims, of_shard);
  EXPECT_TRUE(report.passed()) << report;
  return report.draws();
}

std::string draws_of_handler(VerifyHandlerOptions options, const Shard& shard = first_half) {
  options.cases = 40;
  options.seed = 7;
  options.shard = shard;
  const ErasedHandler<SqsRecord> handler = [](const SqsRecord& record, const LambdaContext&) {
    if (record.body().find("quantity") == std::string::npos) throw std::runtime_error("rejected");
  };
  return verify_erased_handler(handler, options, {&nothing_lost, 1}, Processes::none).draws();
}

TEST(DrawsOfShards, AreThoseOfTheRunWhateverTheShard) {
  const std::string draws = draws_of_processor({});
  EXPECT_THAT(draws, ::testing::MatchesRegex("[0-9a-f]+"));
  EXPECT_EQ(draws.size(), 16U);
  EXPECT_EQ(draws_of_processor({}, {}, {.index = 1, .count = 2}), draws);
  EXPECT_EQ(draws_of_processor({}, {}, Shard()), "") << "a whole run is not merged";
  const VerifyHandlerOptions options{.accepted = {R"({"quantity": 2})"}, .rejected = {"b"}};
  EXPECT_EQ(draws_of_handler(options, {.index = 1, .count = 2}), draws_of_handler(options));
}

TEST(DrawsOfShards, AreOthersWithOtherOptionsOrClaims) {
  const std::vector<std::string> all{draws_of_processor({}),
                                     draws_of_processor({.largest_batch = 9'999}),
                                     draws_of_processor({.largest_batch = 5}),
                                     draws_of_processor({.hostile = false}),
                                     draws_of_processor({.odd_fields = true}),
                                     draws_of_processor({.same_in_shards = "fields"}),
                                     draws_of_processor({}, {.stop_on_first_failure = true}),
                                     draws_of_processor({}, {.max_concurrency = 2})};
  EXPECT_THAT(all, ::testing::Not(::testing::Contains("")));
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
}

TEST(DrawsOfShards, AreOthersWithOtherPayloads) {
  const VerifyHandlerOptions options{.accepted = {R"({"quantity": 2})"}, .rejected = {"b"}};
  std::vector<VerifyHandlerOptions> others(7, options);
  others[1].accepted.push_back(R"({"quantity": 3})");
  others[2].rejected = {"c"};
  others[3].near_misses = false;
  others[4].record_fields = R"({"awsRegion": "eu-west-1"})";
  others[5].hostile = !options.hostile;
  others[6].fifo = !options.fifo;
  std::set<std::string> all;
  for (const VerifyHandlerOptions& other : others) all.insert(draws_of_handler(other));
  EXPECT_EQ(all.size(), others.size());
}

TEST(Shards, AreNotMergedWithThoseThatDrewOthers) {
  const auto with_draws = [](const char* draws, std::size_t index) {
    const Report::Facts facts{.laws = {{"nothing-lost", LawState::held, 5}},
                              .cases = 5,
                              .counterexample = {},
                              .replay_command = "",
                              .shard = {.index = index, .count = 2},
                              .draws = draws};
    return std::vector<NamedReport>{{.subject = "s", .report = Report(facts)}};
  };
  EXPECT_THAT(
      [&] {
        merge_reports(std::vector{with_draws("01", 0), with_draws("02", 1)});
      },
      ThrowsMessage<std::runtime_error>(
          AllOf(HasSubstr("it drew other batches"), HasSubstr("run all shards again"))));
  const auto merged = merge_reports(std::vector{with_draws("01", 0), with_draws("01", 1)});
  EXPECT_EQ(merged.front().report.draws(), "");
}

NamedReport broken_run(std::string_view name, std::span<const Law> laws, const Shard& shard) {
  const auto& all = zoo::broken_processors();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& broken) { return broken.name == name; });
  return {.subject = "broken",
          .mode = "a mode",
          .sources = {found->source},
          .report = verify_laws(laws, found->source, found->subject, found->claims,
                                {.cases = 200, .seed = 7, .replay_command = "./replay", .shard = shard})};
}

TEST(Shards, KeepTheFirstViolationAndNameTheOthers) {
  std::vector<std::vector<NamedReport>> reports;
  for (const Shard& shard : all_shards())
    reports.push_back(
        {broken_run("skip_group_ignored", {law_named(processor_laws(), "skip-the-group"), 1}, shard)});
  const Report& first = reports.front().front().report;
  ASSERT_EQ(first.broken_law(), "skip-the-group");
  const Report merged = merge_reports(reports).front().report;
  EXPECT_EQ(merged.broken_law(), "skip-the-group");
  EXPECT_EQ(merged.shard(), first.shard());
  EXPECT_EQ(merged.found_in(), first.found_in());
  EXPECT_EQ(merged.counterexample().observation.payload, first.counterexample().observation.payload);
  EXPECT_THAT(merged.text(), HasSubstr(first.found_in() + ", shard 0/3"));
  EXPECT_EQ(merged.notes().size(), 2U);
  EXPECT_THAT(merged.notes().back(), HasSubstr("shard 2/3 found a violation of skip-the-group too"));
}

TEST(Shards, AreMergedOnce) {
  const auto merge = [](std::vector<std::vector<NamedReport>> reports) {
    return [=] { merge_reports(reports); };
  };
  const auto of_shard = [](const Shard& shard) {
    return std::vector{
        broken_run("skip_group_ignored", {law_named(processor_laws(), "skip-the-group"), 1}, shard)};
  };
  std::vector<std::vector<NamedReport>> reports;
  for (const Shard& shard : all_shards()) reports.push_back(of_shard(shard));
  EXPECT_THAT(merge({reports[0], reports[1], reports[1]}),
              ThrowsMessage<std::runtime_error>("it is of shard 1/3, as another report is"));
  const auto merged = merge_reports(reports);
  ASSERT_EQ(merged.front().report.shard(), all_shards().front()) << "that of the violation";
  const auto read = read_conformance(conformance_json(merged));
  const auto is_of_all = ThrowsMessage<std::runtime_error>("it is of all shards: there is nothing to merge");
  for (const auto& whole : {merged, read}) {
    EXPECT_TRUE(whole.front().report.is_merged());
    EXPECT_THAT(merge({whole, reports[1]}), is_of_all);
    EXPECT_THAT(merge({whole, whole}), is_of_all);
  }
}

TEST(Shards, NameTheLawsThatOnlyOthersJudged) {
  const auto with_survives = [](LawState state, std::size_t index) {
    const Report::Facts facts{.laws = {{"nothing-lost", LawState::held, 5}, {"survives", state, 5}},
                              .cases = 5,
                              .counterexample = {},
                              .replay_command = "",
                              .shard = {.index = index, .count = 2}};
    return std::vector<NamedReport>{{.subject = "s", .report = Report(facts)}};
  };
  const auto notes = [&](LawState one, LawState other) {
    return merge_reports(std::vector{with_survives(one, 0), with_survives(other, 1)}).front().report.notes();
  };
  EXPECT_THAT(notes(LawState::held, LawState::not_judged),
              ElementsAre("not judged by shard 1/2, unlike by others: survives"));
  EXPECT_THAT(notes(LawState::held, LawState::held), IsEmpty());
  EXPECT_THAT(notes(LawState::not_judged, LawState::not_judged), IsEmpty());
}

TEST(Shards, AreNotReadWithNumbersThatAreNone) {
  const NamedReport named = broken_run("skip_group_ignored", processor_laws(), {.index = 0, .count = 2});
  const auto with = [&](const char* place, const nlohmann::json& value) {
    auto json = nlohmann::json::parse(conformance_json({&named, 1}));
    json["runs"][0]["report"][nlohmann::json::json_pointer(place)] = value;
    return json.dump();
  };
  EXPECT_NO_THROW(read_conformance(with("/cases", 7)));
  for (const char* place :
       {"/cases", "/cases_wanted", "/small_cases", "/small_cases_in_all", "/saved_cases", "/seed",
        "/laws/0/cases", "/distribution/sizes/1", "/counterexample/drawn_size"}) {
    for (const nlohmann::json& value : {nlohmann::json(-1), nlohmann::json(1e300), nlohmann::json(2.5)})
      EXPECT_THROW(read_conformance(with(place, value)), std::runtime_error) << place << ' ' << value;
  }
}

TEST(Shards, ShowOneLawAsViolatedAndNoOtherAsHeld) {
  const auto of_law = [](const char* id, std::size_t index) {
    Report::Facts facts{.laws = {{"nothing-lost", LawState::held, 5}, {"contained", LawState::held, 5}},
                        .counterexample = {},
                        .replay_command = "",
                        .shard = {.index = index, .count = 2}};
    for (LawResult& law : facts.laws)
      if (law.id == id) law.state = LawState::violated;
    return std::vector<NamedReport>{{.subject = "s", .report = Report(facts)}};
  };
  const Report merged =
      merge_reports(std::vector{of_law("contained", 0), of_law("nothing-lost", 1)}).front().report;
  EXPECT_EQ(merged.broken_law(), "contained");
  EXPECT_EQ(merged.laws()[0].state, LawState::skipped);
  EXPECT_EQ(merged.laws()[0].cases, 10);
  EXPECT_EQ(merged.shard(), (Shard{.index = 0, .count = 2}));
}

/// The notes of a whole whose shards have these; a shard without a list judged no case.
std::vector<std::string> merged_notes(const std::vector<std::optional<std::vector<std::string>>>& notes) {
  std::vector<std::vector<NamedReport>> reports;
  for (std::size_t index = 0; index < notes.size(); ++index) {
    Report::Facts facts{.laws = {},
                        .cases = notes[index] ? 5 : 0,
                        .counterexample = {},
                        .replay_command = "",
                        .notes = notes[index].value_or(std::vector<std::string>()),
                        .shard = {.index = index, .count = notes.size()}};
    reports.push_back({{.subject = "s", .report = Report(facts)}});
  }
  return merge_reports(reports).front().report.notes();
}

TEST(NotesOfShards, AreThoseOfEach) {
  EXPECT_THAT(merged_notes({{{"a", "b"}}, {{"b", "c"}}}), ElementsAre("a", "b", "c"));
}

TEST(NotesOfShards, AreLeftOutWhereAnotherShardRefutesThem) {
  const std::string same_state = std::string(state_never_changes) + R"({"count":0})";
  for (const std::string& claim : {std::string(found_no_identifier), std::string(matched_nothing),
                                   std::string(printed_nothing), same_state}) {
    EXPECT_THAT(merged_notes({{{claim, "a"}}, {{"b"}}}), ElementsAre("a", "b"));
    EXPECT_THAT(merged_notes({{{claim}}, {{claim, "b"}}}), ElementsAre(claim, "b"));
    EXPECT_THAT(merged_notes({std::nullopt, {{claim}}}), ElementsAre(claim)) << "the other judged nothing";
  }
  const std::string other_state = std::string(state_never_changes) + R"({"count":1})";
  EXPECT_THAT(merged_notes({{{same_state}}, {{other_state}}}), IsEmpty());
}

TEST(NotesOfShards, SayOfLogsWhatIsTrueOfAll) {
  const std::string printed = std::string(printed_nothing) + " (--handled)";
  const std::string matched = std::string(matched_nothing) + " (--handled)";
  const std::string found = std::string(found_no_identifier) + ", but for example \"1\"";
  const std::string found_other = std::string(found_no_identifier) + ", but for example \"2\"";
  EXPECT_THAT(merged_notes({{{printed}}, {{matched}}}), ElementsAre(matched));
  EXPECT_THAT(merged_notes({{{matched}}, {{printed}}, {{found}}, {{found_other}}}), ElementsAre(found));
}

/// A violation that only a near miss shows.
NamedReport near_miss_run() {
  auto even = [calls = 0](const SqsRecord& record) mutable {
    if (record.body().find("null") != std::string::npos && ++calls % 2 == 0) throw std::runtime_error("null");
  };
  NamedReport run{.subject = "handler", .mode = "", .sources = {fixtures::Source::sqs}};
  run.report = verify_handler<SqsRecord>(even, {.accepted = {R"({"quantity": 2})"}, .cases = 100, .seed = 7});
  const auto records = run.report.counterexample().batch_case.records;
  EXPECT_TRUE(std::any_of(records.begin(), records.end(), [](const auto& one) {
    return one.verdict_unknown;
  })) << run.report;
  return run;
}

/// A violation by an event that is not UTF-8.
NamedReport damaged_run() {
  Report::Facts facts{.laws = {{"total", LawState::violated, 5}}, .counterexample = {}, .replay_command = ""};
  Counterexample found;
  found.batch_case.source = fixtures::Source::sqs;
  found.damaged = true;
  found.observation.payload = "{\xff";
  facts.counterexample = found;
  return {.subject = "s", .mode = "", .sources = {fixtures::Source::sqs}, .report = Report(facts)};
}

TEST(ReadConformance, ReadsWhatWasWritten) {
  const std::vector<std::pair<const char*, const char*>> faults{{"skip_group_ignored", "skip-the-group"},
                                                                {"keeps_failed_groups", "fresh"},
                                                                {"last_failure_as_checkpoint", "checkpoint"},
                                                                {"ignores_the_deadline", "in-time"}};
  std::vector<NamedReport> reports = verified({.index = 1, .count = 4});
  for (const auto& [fault, law] : faults) {
    reports.push_back(broken_run(fault, {law_named(processor_laws(), law), 1}, Shard()));
    ASSERT_EQ(reports.back().report.broken_law(), law) << reports.back().report;
  }
  reports.push_back(near_miss_run());
  reports.push_back(damaged_run());
  const std::string json = conformance_json(reports);
  const auto read = read_conformance(json);
  EXPECT_EQ(read.back().report.counterexample().observation.payload, "{\xff");
  EXPECT_EQ(conformance_json(read), json);
  for (std::size_t run = 0; run < reports.size(); ++run)
    EXPECT_EQ(read[run].report.text(), reports[run].report.text());
}

TEST(ReadConformance, RefusesWhatIsNone) {
  for (const char* text : {"", "{}", "[]", R"({"runs":[{}]})", R"({"runs":[{"subject":1}]})"})
    EXPECT_THROW(read_conformance(text), std::runtime_error) << text;
  std::string json = conformance_json(verified(Shard(), 10));
  const auto source_name = json.find("kinesis_pipe");
  json.replace(source_name, 12, "kinesis_tube");
  EXPECT_THAT([&] { read_conformance(json); },
              ThrowsMessage<std::runtime_error>("there is no source \"kinesis_tube\""));
}

/// Ends the process in batches of many records.
Report verify_fragile_handler(const Shard& shard) {
  const ErasedHandler<SqsRecord> handler = [](const SqsRecord& record, const LambdaContext&) {
    if (record.index() == 11) std::abort();
  };
  return verify_erased_handler(handler,
                               {.accepted = {"a"},
                                .cases = 300,
                                .seed = 7,
                                .small_cases_budget = std::chrono::milliseconds(0),
                                .shard = shard},
                               {law_named(processor_laws(), "survives"), 1}, Processes::forked);
}

std::size_t number_in(const std::string& found_in) {
  return std::stoul(found_in.substr(found_in.find_last_of(' ') + 1)) - 1;
}

TEST(Shards, AgreeWithTheirChildProcesses) {
  const Report whole = verify_fragile_handler(Shard());
  ASSERT_EQ(whole.broken_law(), "survives") << whole;
  std::set<std::size_t> found;
  for (const Shard& shard : all_shards()) {
    const Report report = verify_fragile_handler(shard);
    if (report.passed()) continue;
    EXPECT_EQ(report.broken_law(), "survives") << report;
    EXPECT_EQ(report.counterexample().size(), 12U) << report;
    const std::size_t number = number_in(report.found_in());
    std::size_t nth = 0;
    while (shard.number(nth) < number) ++nth;
    EXPECT_EQ(shard.number(nth), number) << "belongs to another shard than " << to_text(shard);
    EXPECT_THAT(report.replay_command(), HasSubstr("BATCHPROOF_SHARD=" + to_text(shard)));
    found.insert(number);
  }
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(*found.begin(), number_in(whole.found_in()));
}

Report verify_with_saved(const ErasedHandler<SqsRecord>& handler, const std::string& folder,
                         const std::string& rejected, const Shard& shard = {}) {
  return verify_erased_handler(handler,
                               {.accepted = {"a"},
                                .rejected = {rejected},
                                .cases = 20,
                                .seed = 7,
                                .regressions = folder,
                                .shard = shard},
                               handler_laws(), Processes::none);
}

TEST(Shards, SplitSavedCasesToo) {
  namespace fs = std::filesystem;
  const std::string folder = scratch_path("shards_saved");
  fs::create_directories(folder);
  for (const std::string rejected : {"b", "c", "d", "e", "f"}) {
    const std::string own = folder + "_" + rejected;
    ASSERT_FALSE(verify_with_saved([](const SqsRecord&, const LambdaContext&) {}, own, rejected).passed());
    fs::copy(own, folder);
  }
  const ErasedHandler<SqsRecord> right = [](const SqsRecord& record, const LambdaContext&) {
    if (record.body() != "a") throw std::runtime_error("rejected");
  };
  EXPECT_EQ(verify_with_saved(right, folder, "b").saved_cases(), 5);
  int saved = 0;
  for (const Shard& shard : all_shards()) saved += verify_with_saved(right, folder, "b", shard).saved_cases();
  EXPECT_EQ(saved, 5);
}

TEST(Shards, AreThoseOfTheEnvironment) {
  setenv("BATCHPROOF_SHARD", "1/4", 1);
  const VerifyHandlerOptions options{.accepted = {"a"}, .rejected = {"b"}, .cases = 40, .seed = 7};
  const auto handler = [](const SqsRecord& record) {
    if (record.body() != "a") throw std::runtime_error("rejected");
  };
  const Report report = verify_handler<SqsRecord>(handler, options);
  EXPECT_EQ(report.shard(), (Shard{.index = 1, .count = 4}));
  EXPECT_EQ(report.cases(), 10);
  setenv("BATCHPROOF_SHARD", "4/4", 1);
  EXPECT_THROW((void)verify_handler<SqsRecord>(handler, options), std::invalid_argument);
  unsetenv("BATCHPROOF_SHARD");
  EXPECT_EQ(verify_handler<SqsRecord>(handler, options).cases(), 40);
}

TEST(Shards, SayWhereTheyAreTooMany) {
  const Report report = verified({.index = 20, .count = 21}, 3).front().report;
  const Report other = verified({.index = 19, .count = 21}, 3).front().report;
  const Report& empty = report.cases() == 0 ? report : other;
  ASSERT_EQ(empty.cases(), 0);
  EXPECT_THAT(empty.notes(), ::testing::Contains(HasSubstr("has none of the 3 random cases")));
}

}  // namespace
}  // namespace batchproof::properties
