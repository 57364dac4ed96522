#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <batchproof/blackbox.hpp>
#include <batchproof/fixtures/seen_fields.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "functions.hpp"

// The functions of corpus/, each with one fault that its first line names by the law, or right.

namespace batchproof {
namespace {

namespace fs = std::filesystem;

struct CorpusFunction {
  fs::path file;
  std::string law;  // empty: right
};

/// The law that the first line names; empty: right.
std::string law_of(const fs::path& path) {
  std::ifstream file(path);
  std::string first_line;
  std::getline(file, first_line);
  const std::string mark = "law: ";
  const std::size_t law = first_line.find(mark);
  return law == std::string::npos ? "" : first_line.substr(law + mark.size());
}

/// Ordered by name.
std::vector<CorpusFunction> corpus() {
  std::vector<CorpusFunction> functions;
  for (const auto& entry : fs::directory_iterator(corpus_folder())) {
    if (!entry.is_regular_file() || entry.path().stem() == "orders") continue;
    functions.push_back({entry.path(), law_of(entry.path())});
  }
  std::sort(functions.begin(), functions.end(),
            [](const auto& left, const auto& right) { return left.file < right.file; });
  return functions;
}

/// What a near miss shows is found after the small cases, which need no minute then.
bool is_shown_by_small_cases(const fs::path& file) {
  return !law_of(file).empty() && file.stem().string().find("_null") == std::string::npos;
}

properties::Report verify(const fs::path& file) {
  const std::string name = file.stem();
  VerifyFunctionOptions options =
      is_shown_by_small_cases(file) ? orders_of_a_broken_function(200) : orders(200);
  const Function function = function_of(file);
  options.pipe = name.starts_with("pipe_");
  if (name.starts_with("kinesis_") || name.starts_with("pipe_kinesis_"))
    return verify_function<KinesisStreamRecord>(function, options);
  if (name.starts_with("window_"))
    return blackbox::verify_function({.source = fixtures::Source::kinesis_window}, function, options);
  options.order_by_key = name.starts_with("kafka_by_key_");
  if (name.starts_with("kafka_")) return verify_function<KafkaRecord>(function, options);
  if (name.starts_with("dynamodb_")) {
    options.accepted = {R"({"quantity":{"N":"2"}})"};
    options.rejected = {R"({"quantity":{"N":"0"}})"};
    return verify_function<DynamoDbRecord>(function, options);
  }
  options.fifo = name.starts_with("fifo_");
  options.skip_group_on_error = name.starts_with("fifo_skip_");
  return verify_function<SqsRecord>(function, options);
}

class Corpus : public ::testing::TestWithParam<CorpusFunction> {};

TEST(CorpusOfColdStarts, IsSaidToNeedOne) {
  const properties::Report report = verify(corpus_folder() / "passes_over_the_first.mjs");
  EXPECT_TRUE(report.counterexample().needs_cold_start) << report.text();
  EXPECT_THAT(report.text(), ::testing::HasSubstr("only the first batch of a process shows this"));
  EXPECT_FALSE(verify(corpus_folder() / "never_reports.mjs").counterexample().needs_cold_start);
}

TEST_P(Corpus, IsNamedByTheRightLaw) {
  const properties::Report report = verify(GetParam().file);
  EXPECT_EQ(report.broken_law(), GetParam().law) << report.text();
  EXPECT_EQ(report.passed(), GetParam().law.empty()) << report.text();
  EXPECT_LE(report.counterexample().size(), 6U) << report.text();
  EXPECT_GE(report.counterexample().size(), report.passed() ? 0U : 1U) << report.text();
}

std::string name_of(const ::testing::TestParamInfo<CorpusFunction>& info) {
  std::string name = info.param.file.filename();
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Functions, Corpus, ::testing::ValuesIn(corpus()), name_of);

TEST(CorpusOfFunctions, NamesTheClaimOfAFunctionThatLeavesAKey) {
  const auto report =
      verify_function<KafkaRecord>(function_of(corpus_folder() / "kafka_by_key_right.mjs"), orders(200));
  EXPECT_FALSE(report.passed());
  EXPECT_THAT(report.text(),
              ::testing::HasSubstr("stops at its first failure, or that leaves the later records of a "
                                   "key whose record failed; if that is meant, claim it"));
  EXPECT_THAT(report.text(), ::testing::HasSubstr("order_by_key, --order-by-key"));
}

/// A near miss that succeeds behind two failures of its key shows that the function went on with the key.
TEST(CorpusOfFunctions, MayHandleEachRecordOfAKeyBehindAPipe) {
  VerifyFunctionOptions options = orders(60);
  options.order_by_key = true;
  for (options.seed = 1; *options.seed <= 6; ++*options.seed) {
    const auto report =
        blackbox::verify_function({.source = fixtures::Source::kinesis_pipe},
                                  function_of(corpus_folder() / "pipe_kinesis_right.mjs"), options);
    EXPECT_TRUE(report.passed()) << report.text();
  }
}

TEST(CorpusOfFunctions, HasANoteWhereTheStateOfAWindowIsNotJudged) {
  const auto report = verify(corpus_folder() / "window_right_with_a_time.mjs");
  EXPECT_THAT(report.text(), ::testing::HasSubstr("the state in the answers differs from run to run"));
  EXPECT_THAT(verify(corpus_folder() / "window_right.mjs").text(),
              ::testing::Not(::testing::HasSubstr("differs from run to run")));
}

TEST(CorpusOfFunctions, HasANoteWhereEachAnswerHoldsTheSameState) {
  const std::string note =
      "every answer without failures holds the same state, {}: whether the function folds";
  const auto report = verify(corpus_folder().parent_path() / "verify_function/window_echoes_the_state.mjs");
  EXPECT_TRUE(report.passed()) << report.text();
  EXPECT_THAT(report.text(), ::testing::HasSubstr(note));
  EXPECT_THAT(verify(corpus_folder() / "window_right.mjs").text(),
              ::testing::Not(::testing::HasSubstr("holds the same state")));
}

TEST(CorpusOfFunctions, HasNoNoteOnTheStateWhereNothingCouldBeFolded) {
  VerifyFunctionOptions options = orders(50);
  options.accepted = {};
  const auto report = blackbox::verify_function({.source = fixtures::Source::kinesis_window},
                                                function_of(corpus_folder() / "window_right.mjs"), options);
  EXPECT_TRUE(report.passed()) << report.text();
  EXPECT_THAT(report.text(), ::testing::Not(::testing::HasSubstr("holds the same state")));
}

TEST(CorpusOfFunctions, SaysWhatTheStateOfAWindowMustHold) {
  const auto report = verify(corpus_folder() / "window_ignores_the_state.mjs");
  EXPECT_THAT(report.text(), ::testing::HasSubstr("does not go on with the state that it is given"));
  EXPECT_THAT(report.text(),
              ::testing::HasSubstr("the state in the answer goes on from the state in the event"));
  EXPECT_EQ(report.counterexample().expected,
            "the state in the event, and each record before the checkpoint once");
  EXPECT_EQ(report.counterexample().batch_case.pattern(), "ooo");
}

/// No small case comes first, and hardly a random one: a near miss shows the violation.
TEST(CorpusOfFunctions, ShowsAListedPayloadWhereTheNearMissDoesNotMatter) {
  VerifyFunctionOptions options = orders(12);
  options.small_cases_budget = std::chrono::milliseconds(0);
  options.seed = 2;
  const auto report =
      blackbox::verify_function({.source = fixtures::Source::kinesis_window},
                                function_of(corpus_folder() / "window_ignores_the_state.mjs"), options);
  ASSERT_EQ(report.broken_law(), "window") << report.text();
  EXPECT_THAT(report.found_in(), ::testing::HasSubstr("near miss"));
  const fixtures::BatchCase& shown = report.counterexample().batch_case;
  EXPECT_EQ(shown.pattern(), "ooo");
  const std::vector<std::optional<std::string>> listed(3, options.accepted.examples(1).front());
  EXPECT_EQ(fixtures::payloads_in(shown), listed);
  EXPECT_THAT(shown.payload(), ::testing::Not(::testing::HasSubstr("encryptionType")));
}

TEST(CorpusOfFunctions, SaysWhyAFunctionFailsWithItsOwnState) {
  const auto report = verify(corpus_folder() / "window_cannot_read_its_state.mjs");
  EXPECT_THAT(report.text(), ::testing::HasSubstr("when the event holds the state that it gave to those"));
  EXPECT_THAT(report.text(), ::testing::HasSubstr("keys.add is not a function"));
  EXPECT_EQ(report.counterexample().batch_case.pattern(), "oo");
  EXPECT_THAT(report.text(), ::testing::Not(::testing::HasSubstr("holds the same state")));
}

/// Small cases come first, so this batch is one of any size.
TEST(CorpusOfFunctions, ShrinksABatchOfAWindowToTwoRecords) {
  const fs::path file = corpus_folder() / "window_counts_in_memory.mjs";
  VerifyFunctionOptions options = orders(200);
  options.small_cases_budget = std::chrono::milliseconds(0);
  options.seed = 1;
  const auto report =
      blackbox::verify_function({.source = fixtures::Source::kinesis_window}, function_of(file), options);
  EXPECT_EQ(report.broken_law(), "fresh") << report.text();
  EXPECT_EQ(report.counterexample().batch_case.pattern(), "ox") << report.text();
}

TEST(CorpusOfFunctions, HoldsTwentyFaultsAndFiveRightFunctions) {
  const auto functions = corpus();
  const auto right =
      std::count_if(functions.begin(), functions.end(), [](const auto& one) { return one.law.empty(); });
  EXPECT_GE(functions.size() - static_cast<std::size_t>(right), 20U);
  EXPECT_GE(right, 5);
}

}  // namespace
}  // namespace batchproof
