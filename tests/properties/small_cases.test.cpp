#include <gmock/gmock.h>

#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <chrono>
#include <map>
#include <set>
#include <string>

#include "subjects.hpp"

namespace batchproof::properties {
namespace {

using fixtures::Source;

constexpr std::chrono::milliseconds time_for_all = std::chrono::minutes(10);

/// A law that holds, and records the cases that it is judged on.
std::map<std::string, std::set<std::string>>& noted_batches() {
  static std::map<std::string, std::set<std::string>> batches;
  return batches;
}

std::vector<Violation> note_batch(const Evidence& evidence) {
  const fixtures::BatchCase& batch = evidence.batch_case;
  const bool is_random = !batch.records.empty() &&
                         batch.records[0].item_identifier != fixtures::plain_identifier(batch.source, 0);
  if (!is_random) noted_batches()[batch.pattern()].insert(evidence.run.payload);
  return {};
}

const Law note{.id = "note", .sentence = "", .aws_page = "", .violations = note_batch};

Report note_all_of(Source source) {
  noted_batches().clear();
  const auto answer = [](std::string_view, RecordProbe&) { return R"({"batchItemFailures":[]})"; };
  return verify_laws({&note, 1}, source, answer, {},
                     {.cases = 1, .seed = 1, .small_cases_budget = time_for_all});
}

TEST(SmallCases, AreEveryBatchOfAFewRecordsInAFewGroups) {
  const Report report = note_all_of(Source::sqs_fifo);
  EXPECT_EQ(report.small_cases(), 52'705U);
  EXPECT_EQ(report.small_cases_in_all(), 52'705U);
  std::size_t different = 0;
  std::size_t patterns_of_six = 0;
  for (const auto& [pattern, payloads] : noted_batches()) {
    different += payloads.size();
    if (pattern.size() == 6) ++patterns_of_six;
    // Up to three groups that have no names of their own, or none: 2 ways for one record, 5 for two.
    if (pattern.size() == 1) {
      EXPECT_EQ(payloads.size(), 2U);
    }
    if (pattern == "xx") {
      EXPECT_EQ(payloads.size(), 5U);
    }
  }
  EXPECT_EQ(different, 52'705U);
  EXPECT_EQ(patterns_of_six, 64U);
}

TEST(SmallCases, AreSequenceNumbersOfSeveralLengths) {
  const Report report = note_all_of(Source::dynamodb);
  EXPECT_EQ(report.small_cases(), 55'987U);  // 1 + 6 + 6^2 + ... + 6^6
}

TEST(SmallCases, FindWhatTheyCanShowWithoutAnyRandomCase) {
  for (const auto& broken : zoo::broken_processors()) {
    if (broken.law != "skip-the-group" && broken.law != "fifo-stops") continue;
    // Small cases name groups by letters, and their handlers make no requests.
    if (broken.name.starts_with("groups_") || broken.claims.meets_requests) continue;
    const Law* const law = law_named(processor_laws(), broken.law);
    const Report report = verify_laws({law, 1}, broken.source, broken.subject, broken.claims,
                                      {.cases = 1, .seed = 1, .small_cases_budget = time_for_all});
    EXPECT_EQ(report.broken_law(), broken.law) << broken.name;
    EXPECT_THAT(report.text(), ::testing::HasSubstr("found in small case"));
    EXPECT_LE(report.counterexample().size(), 3U);
  }
}

TEST(SmallCases, EndWithTheirTime) {
  const auto subject = subject_of(BatchProcessor<SqsRecord>());
  const Report report = verify_processor<SqsRecord>(
      subject, {.cases = 5, .seed = 1, .small_cases_budget = std::chrono::milliseconds(1)});
  EXPECT_TRUE(report) << report;
  EXPECT_GT(report.small_cases(), 0U);
  EXPECT_LT(report.small_cases(), report.small_cases_in_all());
  EXPECT_EQ(report.cases(), 5);
}

TEST(SmallCases, HoldNoPayloadThatIsNotThere) {
  const auto reject_all = [](const SqsRecord&) { throw std::runtime_error("no"); };
  const Report report = verify_handler<SqsRecord>(
      reject_all, {.rejected = {"a", "b"}, .cases = 5, .small_cases_budget = time_for_all});
  EXPECT_TRUE(report) << report;
  EXPECT_EQ(report.small_cases_in_all(), 976U);  // 1 + 2 + 5 + 15 + 51 + 187 + 715
}

}  // namespace
}  // namespace batchproof::properties
