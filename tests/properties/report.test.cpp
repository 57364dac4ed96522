#include <gmock/gmock.h>

#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <batchproof/properties/conformance.hpp>
#include <batchproof/properties/html_report.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/merge_reports.hpp>
#include <batchproof/properties/report.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "evidence/text.hpp"
#include "hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

Report broken_report() {
  const auto batch = case_of("oxxo");
  Report::Facts facts;
  facts.laws = {{"nothing-lost", LawState::violated, 13, "A record that failed is reported.",
                 "Implementing partial batch responses"},
                {"mirror", LawState::not_applicable, 0}};
  facts.cases = 13;
  facts.cases_wanted = 1000;
  facts.seed = 42;
  facts.replay_command = "BATCHPROOF_SEED=42 ./tests";
  facts.counterexample = {.batch_case = batch,
                          .expected = response_with({"m1", "m2"}),
                          .actual = response_with({"m2"}),
                          .violations = {"record 1 (\"m1\") failed and is not reported: it is lost"},
                          .observation = run_of(batch, {0, 1, 2, 3}, response_with({"m2"})),
                          .mode = "",
                          .damaged = false,
                          .drawn_size = 9};
  facts.found_in = "random case 13";
  return Report(facts);
}

TEST(Report, IsNotPassedWhenItIsOfNothing) {
  EXPECT_FALSE(Report().passed());
  EXPECT_FALSE(Report().text().empty());
}

TEST(Report, IsPassedWhenEachLawHeldOrDoesNotApply) {
  const auto passed = [](std::vector<LawResult> laws) {
    Report::Facts facts;
    facts.laws = std::move(laws);
    return Report(facts).passed();
  };
  EXPECT_TRUE(passed({{"a", LawState::held, 1}, {"b", LawState::not_applicable, 0}}));
  EXPECT_FALSE(passed({{"b", LawState::not_applicable, 0}}));
  for (const LawState alarm :
       {LawState::violated, LawState::no_cases, LawState::skipped, LawState::gave_up, LawState::flaky}) {
    EXPECT_FALSE(passed({{"a", LawState::held, 1}, {"b", alarm, 1}})) << name(alarm);
  }
}

TEST(Report, SaysAllThatOneNeedsToKnow) {
  const std::string text = broken_report().text();
  for (const char* part :
       {"the law nothing-lost is violated", "random case 13, shrunk from 9 records to 4",
        "A record that failed is reported.", "source    sqs", "pattern   oxxo",
        "  #  identifier  verdict   handled  reported\n"
        "  0  m0          accepted  yes      no\n"
        "  1  m1          rejected  yes      no\n"
        "  2  m2          rejected  yes      yes\n",
        "violated  record 1 (\"m1\") failed and is not reported",
        R"(expected  {"batchItemFailures":[{"itemIdentifier":"m1"},{"itemIdentifier":"m2"}]})",
        R"(actual    {"batchItemFailures":[{"itemIdentifier":"m2"}]})", "\"messageId\": \"m0\"",
        "replay\nBATCHPROOF_SEED=42 ./tests"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(Report, GivesTheWholeEvent) {
  const std::string text = broken_report().text();
  const auto begin = text.find("event\n") + 6;
  const auto event = nlohmann::json::parse(text.substr(begin, text.find("\n\nreplay") - begin));
  EXPECT_EQ(event, nlohmann::json::parse(case_of("oxxo").payload()));
}

TEST(Report, HasTheBytesOfAnEventThatIsNestedDeep) {
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  EXPECT_EQ(readable_json(deep), '"' + deep + '"');
}

TEST(Report, CutsWhatIsTooLongAndSaysHowLongItIs) {
  auto batch = case_of("x");
  batch.records[0].item_identifier = std::string(100, 'i');
  batch.records[0].message_group_id = std::string(100, 'g');
  Report::Facts facts;
  facts.laws = {{"verdict", LawState::violated, 1}};
  facts.counterexample.batch_case = batch;
  std::string cause;
  while (cause.size() < 1000) cause += "the-table-is-closed ";
  std::string accents = "e";  // so that each character of two bytes begins at an odd place
  while (accents.size() < 1000) accents += "é";
  facts.counterexample.violations = {cause, accents};
  facts.counterexample.observation.payload = R"({"body":")" + std::string(20'000, 'b') + "\"}";
  const std::string text = Report(facts).text();
  EXPECT_TRUE(detail::is_utf8(text));
  EXPECT_THAT(text, HasSubstr("the-table-is-closed ... (1000 bytes)"));
  EXPECT_THAT(text, HasSubstr("... (20011 bytes)"));
  std::istringstream lines(text.substr(0, text.find("violated  ", text.find("pattern"))));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

TEST(Report, ListsTenViolationsOfMany) {
  Report::Facts facts;
  facts.laws = {{"nothing-lost", LawState::violated, 1}};
  facts.counterexample.batch_case = case_of("x");
  facts.counterexample.violations.assign(1'000, "it is lost");
  const std::string text = Report(facts).text();
  EXPECT_THAT(text, HasSubstr("violated  it is lost\n            and 990 more violations\n"));
}

TEST(Report, HasNoColumnForWhatNothingShows) {
  Report::Facts facts;
  facts.laws = {{"nothing-lost", LawState::violated, 1}};
  facts.counterexample.batch_case = case_of("x");
  facts.counterexample.observation.calls_are_assumed = true;
  facts.counterexample.observation.note = "the function got m0 as 17";
  const Report report(facts);
  EXPECT_THAT(report.text(), HasSubstr("  #  identifier  verdict   reported\n"));
  EXPECT_THAT(report.text(), HasSubstr("  note      the function got m0 as 17\n"));
  const std::vector<NamedReport> named{{"a function", "", {fixtures::Source::sqs}, report}};
  const std::string page = html_report(named);
  EXPECT_THAT(page, ::testing::Not(HasSubstr(">handled")));
  EXPECT_THAT(page, HasSubstr("the function got m0 as 17"));
  const std::string read = read_conformance(conformance_json(named)).front().report.text();
  EXPECT_THAT(read,
              AllOf(HasSubstr("verdict   reported\n"), HasSubstr("  note      the function got m0 as 17\n")));
}

TEST(Report, LeavesOutRepetitionsOfALargeBatch) {
  const auto batch = case_of(std::string(256, 'o') + "x");
  Report::Facts facts;
  facts.laws = {{"nothing-lost", LawState::violated, 1, "A record that failed is reported.", ""}};
  facts.counterexample.batch_case = batch;
  const std::string text = Report(facts).text();
  EXPECT_THAT(text, HasSubstr("pattern   256 o, 1 x\n"));
  EXPECT_THAT(text, HasSubstr("254 like these"));
  EXPECT_THAT(text, HasSubstr("\n  255 "));
  EXPECT_THAT(text, HasSubstr("\n  256 "));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("\n  100 ")));
}

TEST(Report, IsOneLineWhenAllIsWell) {
  Report::Facts facts;
  facts.laws = {{"nothing-lost", LawState::held, 10}, {"mirror", LawState::not_applicable, 0}};
  facts.cases = 10;
  facts.seed = 5;
  EXPECT_EQ(Report(facts).text(), "batchproof: 1 law held on 10 random cases (seed 5)");
}

TEST(Report, CountsEachKindOfCases) {
  Report::Facts facts;
  facts.laws = {{"nothing-lost", LawState::held, 10}, {"canary", LawState::held, 1}};
  facts.cases = 10;
  facts.small_cases = 7;
  facts.small_cases_in_all = 7;
  facts.seed = 5;
  EXPECT_EQ(Report(facts).text(), "batchproof: 1 law held on all 7 small cases and 10 random cases (seed 5)");
  facts.small_cases_in_all = 52705;
  facts.saved_cases = 1;
  EXPECT_EQ(Report(facts).text(),
            "batchproof: 1 law held on 1 saved case, 7 of 52,705 small cases and 10 random cases (seed 5)");
}

TEST(Report, IsNotPassedByTheCanaryAlone) {
  Report::Facts facts;
  facts.laws = {{"mirror", LawState::not_applicable, 0}, {"canary", LawState::held, 1}};
  EXPECT_FALSE(Report(facts).passed());
}

TEST(Report, ShowsADamagedPayloadByteForByte) {
  Report::Facts facts;
  facts.laws = {{"total", LawState::violated, 1}};
  facts.counterexample.damaged = true;
  facts.counterexample.observation.payload = "{\xff";
  EXPECT_THAT(Report(facts).text(), HasSubstr("damaged payload\n\"{\\xff\""));
  facts.counterexample.observation.payload = R"({\xff)";  // which must not look the same
  EXPECT_THAT(Report(facts).text(), HasSubstr("damaged payload\n"
                                              R"("{\\xff")"));
}

/// The exception of a handler may quote a message of anyone.
TEST(Report, CannotControlATerminal) {
  Report::Facts facts;
  facts.laws = {{"verdict", LawState::violated, 1}};
  facts.counterexample.violations = {"the handler failed: \x1b[2J\u202E\xff"};
  facts.counterexample.actual = "threw: \x1b[2J";
  facts.counterexample.observation.payload = "{\"body\":\"\u009b2J\"}";
  EXPECT_THAT(Report(facts).text(),
              AllOf(HasSubstr("  violated  the handler failed: \\x1B[2J\\u202E\\xFF\n"),
                    HasSubstr("  actual    threw: \\x1B[2J\n"), HasSubstr(R"({"body":"\u009B2J"})")));
  facts.laws = {{"verdict", LawState::held, 1}};
  facts.notes = {"\x1b[2J"};
  EXPECT_THAT(Report(facts).text(), HasSubstr(R"(note: \x1B[2J)"));
}

TEST(Report, ShowsTheRunThatWentOtherwise) {
  Report::Facts facts;
  facts.laws = {{"fresh", LawState::violated, 1}};
  facts.counterexample.actual = "first";
  facts.counterexample.compared = ComparedRun{
      .label = "again", .batch_case = {}, .expected = "first", .actual = "second", .observation = {}};
  EXPECT_THAT(Report(facts).text(), HasSubstr("  actual    first\n  again     second\n"));
  facts.counterexample.compared->label = "without 12";
  EXPECT_THAT(Report(facts).text(), HasSubstr("  without 12 second\n"));
}

TEST(Report, IsJsonForMachines) {
  const auto json = nlohmann::json::parse(to_json(broken_report()));
  EXPECT_EQ(json["passed"], false);
  EXPECT_EQ(json["seed"], 42);
  EXPECT_EQ(json["broken_law"], "nothing-lost");
  EXPECT_EQ(json["counterexample"]["pattern"], "oxxo");
  EXPECT_EQ(json["laws"][1]["state"], "not applicable");
}

TEST(Report, PrintsItsText) {
  std::ostringstream stream;
  stream << broken_report();
  EXPECT_EQ(stream.str(), broken_report().text());
}

}  // namespace
}  // namespace batchproof::properties
