#include <gmock/gmock.h>

#include <batchproof/properties/html_report.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <numeric>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

#include "hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::size_t occurrences(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

/// The element that is closed before it is opened, or left open; empty when all nest.
std::string problem_in_nesting(const std::string& page) {
  static const std::regex tag("<(/?)([a-z][a-z0-9]*)[^>]*>");
  std::vector<std::string> open;
  for (std::sregex_iterator at(page.begin(), page.end(), tag), end; at != end; ++at) {
    const std::string name = (*at)[2];
    if (name == "meta") continue;
    if ((*at)[1].length() == 0) {
      open.push_back(name);
      continue;
    }
    if (open.empty() || open.back() != name) return "</" + name + ">";
    open.pop_back();
  }
  return open.empty() ? "" : "<" + open.back() + ">";
}

std::string page_of(const Report& report, fixtures::Source source = fixtures::Source::sqs) {
  const NamedReport named{.subject = "orders", .mode = "", .sources = {source}, .report = report};
  return html_report({&named, 1});
}

Report report_on(const std::string& broken_processor, std::span<const Law> laws = processor_laws()) {
  for (const auto& broken : zoo::broken_processors()) {
    if (broken.name != broken_processor) continue;
    return verify_laws(laws, broken.source, broken.subject, broken.claims,
                       {.cases = 300, .seed = 7, .replay_command = "./replay"});
  }
  throw std::invalid_argument("there is no " + broken_processor);
}

/// A law that is violated on a batch of one record.
Report report_with_identifier(const std::string& identifier) {
  auto batch = case_of("x");
  batch.records[0].item_identifier = identifier;
  batch.records[0].message_group_id = identifier;
  Report::Facts facts;
  facts.laws = {{"nothing-lost", LawState::violated, 1, identifier, identifier}};
  facts.counterexample = {.batch_case = batch,
                          .expected = identifier,
                          .actual = identifier,
                          .violations = {identifier},
                          .observation = run_of(batch, {0}, identifier),
                          .mode = identifier,
                          .damaged = false,
                          .drawn_size = 1};
  facts.counterexample.observation.payload = identifier;
  facts.found_in = identifier;
  facts.saved_as = identifier;
  facts.replay_command = identifier;
  return Report(facts);
}

TEST(HtmlReport, NamesEachLawAndItsState) {
  const Report report = report_on("skip_group_ignored");
  const std::string page = page_of(report, fixtures::Source::sqs_fifo);
  for (const LawResult& law : report.laws()) {
    const auto row = page.find("<tr><th scope=\"row\"><code>" + law.id + "</code>");
    ASSERT_NE(row, std::string::npos) << law.id;
    EXPECT_THAT(page.substr(row, page.find("</tr>", row) - row), HasSubstr(std::string(name(law.state))));
  }
}

TEST(HtmlReport, ShowsWhatHappenedToEachRecord) {
  const std::string page = page_of(report_on("skip_group_ignored"), fixtures::Source::sqs_fifo);
  EXPECT_THAT(page, AllOf(HasSubstr("A law is violated"), HasSubstr("Not passed: 1 of 1 verification"),
                          HasSubstr("✗ should not be handled"), HasSubstr("lost: should be delivered again"),
                          HasSubstr("missing from the answer"), HasSubstr("./replay"),
                          HasSubstr("&quot;Records&quot;")));
}

TEST(HtmlReport, ShowsTheOtherRunOfALawThatCompares) {
  EXPECT_THAT(page_of(report_on("keeps_failed_groups", {law_named(processor_laws(), "fresh"), 1})),
              HasSubstr("The other run: the same batch again"));
}

TEST(HtmlReport, MarksTheDifferenceOfAnswersAboutKafka) {
  const std::string page = page_of(report_on("forgets_the_last_partition"), fixtures::Source::kafka);
  EXPECT_THAT(page, ::testing::ContainsRegex("<mark>[{]&quot;itemIdentifier&quot;:[{]&quot;"));
}

TEST(HtmlReport, ShowsTheStateOfAWindow) {
  const auto page = [](const char* broken) {
    return page_of(report_on(broken), fixtures::Source::kinesis_window);
  };
  EXPECT_THAT(page("folds_the_failed_record"), HasSubstr("{&quot;state&quot;:{"));
  EXPECT_THAT(page("drops_the_state_on_failure"), Not(HasSubstr("{&quot;state&quot;:{")));
}

/// The page with one record that was done, and one that failed.
std::string page_of_two(fixtures::Source source, const std::string& response) {
  auto batch = case_of("ox");
  batch.source = source;
  Report::Facts facts;
  facts.laws = {{"nothing-lost", LawState::violated, 1, "", ""}};
  facts.counterexample.batch_case = batch;
  facts.counterexample.observation = run_of(batch, {0, 1}, response);
  return page_of(Report(facts), source);
}

TEST(HtmlReport, SaysWhatBecomesOfARecordOfEachSource) {
  const std::string nothing = R"({"batchItemFailures":[]})";
  EXPECT_THAT(page_of_two(fixtures::Source::sqs, nothing),
              AllOf(HasSubstr("deleted"), HasSubstr("lost: should be delivered again")));
  for (const auto source :
       {fixtures::Source::kinesis, fixtures::Source::kinesis_pipe, fixtures::Source::kafka})
    EXPECT_THAT(page_of_two(source, nothing), AllOf(Not(HasSubstr("deleted")), Not(HasSubstr("checkpoint"))));
  EXPECT_THAT(page_of_two(fixtures::Source::kafka, nothing), HasSubstr("✗ should be reported"));
}

TEST(HtmlReport, NumbersAThousandCallsForItsStyles) {
  const auto batch = case_of(std::string(1'000, 'o'));
  Report::Facts facts;
  facts.laws = {{"nothing-extra", LawState::violated, 1}};
  std::vector<std::size_t> calls(1'000);
  std::iota(calls.begin(), calls.end(), 0U);
  facts.counterexample.batch_case = batch;
  facts.counterexample.observation = run_of(batch, calls, "{}");
  EXPECT_THAT(page_of(Report(facts)), AllOf(HasSubstr("--steps:1000\""), HasSubstr("grid-column:1000\""),
                                            Not(HasSubstr(":1,000\""))));
}

TEST(HtmlReport, SaysThatEveryLawHeld) {
  const auto report =
      verify_handler<SqsRecord>([](const SqsRecord&) {}, {.accepted = {"good"}, .cases = 20, .seed = 7});
  ASSERT_TRUE(report) << report;
  const std::string page = page_of(report);
  EXPECT_THAT(page, AllOf(HasSubstr("Every law held"), HasSubstr("✓ held"), HasSubstr("Records in a batch"),
                          Not(HasSubstr("Replay"))));
}

TEST(HtmlReport, IsNotPassedWhenItIsOfNothing) {
  EXPECT_THAT(html_report({}), AllOf(HasSubstr("Nothing is proved"), HasSubstr("The run ended before")));
  EXPECT_THAT(page_of(Report()), HasSubstr("Nothing is proved"));
}

TEST(HtmlReport, NestsItsElements) {
  EXPECT_EQ(problem_in_nesting(html_report({})), "");
  for (const char* broken : {"skip_group_ignored", "keeps_failed_groups", "accepts_any_bytes",
                             "lowest_in_text_order", "reports_null"}) {
    EXPECT_EQ(problem_in_nesting(page_of(report_on(broken))), "") << broken;
  }
}

TEST(HtmlReport, NeedsNoOtherFile) {
  const std::string page = page_of(report_on("skip_group_ignored"));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("http:")), Not(HasSubstr("https:")), Not(HasSubstr("<script")),
                          Not(HasSubstr("<link")), Not(HasSubstr("url(")), Not(HasSubstr("src="))));
}

TEST(HtmlReport, EscapesWhatComesFromElsewhere) {
  const std::string page = page_of(report_with_identifier("<script>alert('&\"')</script>"));
  EXPECT_EQ(occurrences(page, "<script"), 0U);
  EXPECT_GT(occurrences(page, "&lt;script&gt;alert(&#39;&amp;&quot;&#39;)&lt;/script&gt;"), 5U);
  EXPECT_EQ(problem_in_nesting(page), "");
}

TEST(HtmlReport, ShowsBytesThatAreNoTextAsNumbers) {
  const std::string page = page_of(report_with_identifier("a\xff\xc0\x80\xed\xa0\x80\xf5z\x01\x7f\xc2\x85"));
  EXPECT_THAT(page, HasSubstr(R"(a\xFF\xC0\x80\xED\xA0\x80\xF5z\x01\x7F\u0085)"));
  EXPECT_EQ(page.find('\xff'), std::string::npos);
}

TEST(HtmlReport, KeepsTextOfAnyLanguage) {
  EXPECT_THAT(page_of(report_with_identifier("é € 😀")), HasSubstr("é € 😀"));
  EXPECT_THAT(page_of(report_with_identifier("cut \xe2\x82")), HasSubstr(R"(cut \xE2\x82)"));
}

TEST(HtmlReport, ShowsTextInItsOwnOrder) {
  EXPECT_THAT(page_of(report_with_identifier("\u202Etxt.exe")), HasSubstr(R"(\u202Etxt.exe)"));
}

TEST(HtmlReport, IsTheSameForTheSameReports) {
  EXPECT_EQ(page_of(report_on("keeps_failed_groups")), page_of(report_on("keeps_failed_groups")));
}

}  // namespace
}  // namespace batchproof::properties
