// The same scenarios through this library and through Powertools for AWS Lambda (TypeScript): the same
// answer, or a difference of a class that is listed and in which ours is the safer one.

#include <gmock/gmock.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "../read_file.hpp"
#include "answer.hpp"
#include "difference.hpp"
#include "payload.hpp"
#include "scenario.hpp"
#include "tally.hpp"

namespace batchproof::conformance {
namespace {

using ::testing::HasSubstr;
using ::testing::IsNull;

constexpr std::uint64_t usual_seed = 20260101;
constexpr std::size_t most_shown = 3;
const std::string counts_file = BATCHPROOF_SOURCE_DIR "/tests/conformance/counts.expected";

std::optional<std::uint64_t> number_from_environment(const char* variable) {
  const char* const value = std::getenv(variable);
  if (value == nullptr) return std::nullopt;
  const std::string_view text = value;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size())
    throw std::invalid_argument(std::string(variable) + " is not a whole number: " + value);
  return number;
}

std::string shown_payload(const std::string& payload) {
  constexpr std::size_t most_bytes = 8000;
  return payload.size() <= most_bytes ? payload : payload.substr(0, most_bytes) + " ... and so on";
}

std::string mode_text(const Mode& mode) {
  return std::string(fixtures::name(mode.source)) +
         (mode.skip_group_on_error ? ", skip_group_on_error" : "") +
         (mode.throws_on_full_batch_failure ? "" : ", raise_on_entire_batch_failure = false");
}

std::string text_of(const Scenario& scenario, const Answer& ours, const Answer& peers) {
  std::string rejected;
  for (const std::size_t position : scenario.rejected) rejected.append(" ").append(std::to_string(position));
  return "mode: " + mode_text(scenario.mode) + "\noddity: " + scenario.oddity + "\nrejected:" + rejected +
         "\npayload: " + shown_payload(scenario.payload) + "\nours   " + to_text(ours) + "\npeer's " +
         to_text(peers) + "\n";
}

std::string replay_command(std::uint64_t seed, std::size_t index) {
  return "BATCHPROOF_SEED=" + std::to_string(seed) + " BATCHPROOF_SCENARIO=" + std::to_string(index) +
         " " BATCHPROOF_CONFORMANCE_DIR "/test_conformance\n";
}

constexpr const char* every_scenario = "scenarios";
constexpr const char* same_answer = "same answer";
constexpr const char* valid_event = "valid events";
constexpr const char* valid_same_answer = "valid events, same answer";
constexpr const char* unexplained = "unexplained";

/// The result of a scenario: the row of the table that it counts in.
struct Finding {
  std::string row = same_answer;
  bool excuses_the_reverse = false;  ///< it would also be explained if the libraries changed places
};

Finding judge(const Scenario& scenario, const Answer& ours, const Answer& peers) {
  if (agree(ours, peers)) return {};
  const Payload payload = read_payload(scenario.payload);
  const DifferenceClass* const found = explain({scenario, payload, ours, peers});
  if (found == nullptr) return {unexplained};
  return {found->name, explain({scenario, payload, peers, ours}) != nullptr};
}

void expect_usual_counts(const std::string& table) {
  if (std::getenv("BATCHPROOF_ACCEPT_OUTPUT") != nullptr)
    std::ofstream(counts_file, std::ios::binary) << table;
  EXPECT_EQ(table, read_file(counts_file))
      << "The counts changed. Read them; BATCHPROOF_ACCEPT_OUTPUT=1 writes "
         "tests/conformance/counts.expected, and "
         "docs/conformance.md must show the same.";
}

std::vector<std::string> rows() {
  std::vector<std::string> names{every_scenario, same_answer, valid_event, valid_same_answer};
  for (const DifferenceClass& each : difference_classes()) names.emplace_back(each.name);
  return names;
}

/// One scenario alone, with all its details.
void replay(const Scenario& scenario) {
  const Answer ours = our_answer(scenario);
  const Answer peers = peer_answers({scenario}).front();
  const Finding finding = judge(scenario, ours, peers);
  std::cout << text_of(scenario, ours, peers) << finding.row << '\n';
  EXPECT_NE(finding.row, unexplained);
  EXPECT_FALSE(finding.excuses_the_reverse);
}

/// A valid event may differ for one reason alone, and that one needs a message as AWS never sends it: the kit
/// also draws FIFO messages without a group.
void count(const Scenario& scenario, const Finding& finding, Tally& tally) {
  tally.add(every_scenario, scenario.mode);
  tally.add(finding.row, scenario.mode);
  if (!scenario.oddity.empty()) return;
  tally.add(valid_event, scenario.mode);
  if (finding.row == same_answer) {
    tally.add(valid_same_answer, scenario.mode);
  } else {
    EXPECT_EQ(finding.row, "stops_at_a_failure_without_group") << "a valid event got another answer";
  }
}

Tally compare(const std::vector<Scenario>& scenarios, std::uint64_t seed) {
  const std::vector<Answer> peers = peer_answers(scenarios);
  Tally tally;
  for (std::size_t index = 0; index < scenarios.size(); ++index) {
    const Scenario& scenario = scenarios[index];
    const Answer ours = our_answer(scenario);
    const Finding finding = judge(scenario, ours, peers[index]);
    count(scenario, finding, tally);
    if (finding.row == unexplained && tally.total(unexplained) <= most_shown) {
      ADD_FAILURE() << "no class explains this difference\n"
                    << text_of(scenario, ours, peers[index]) << replay_command(seed, index);
    }
    EXPECT_FALSE(finding.excuses_the_reverse) << finding.row << " says nothing about which answer is safer\n"
                                              << replay_command(seed, index);
  }
  return tally;
}

TEST(Conformance, EachDifferenceFromPowertoolsIsOfAListedClass) {
  const std::uint64_t seed = number_from_environment("BATCHPROOF_SEED").value_or(usual_seed);
  const std::vector<Scenario> scenarios = draw_scenarios(seed);
  if (const auto index = number_from_environment("BATCHPROOF_SCENARIO")) return replay(scenarios.at(*index));

  const Tally tally = compare(scenarios, seed);
  EXPECT_EQ(tally.total(unexplained), 0U);
  for (const std::string& row : rows()) EXPECT_GT(tally.total(row), 0U) << row << ": there was none";
  const std::string table = tally.table(rows());
  std::cout << "seed " << seed << "\n\n" << table << '\n';
  if (seed == usual_seed) expect_usual_counts(table);
}

TEST(Conformance, ThePageExplainsEachClass) {
  const std::string page = read_file(BATCHPROOF_SOURCE_DIR "/docs/conformance.md");
  for (const DifferenceClass& each : difference_classes()) {
    EXPECT_THAT(page, HasSubstr("| `" + std::string(each.name) + "` | " + each.why + " |\n"));
  }
}

// A difference in which ours is the worse answer has no explanation.

/// Two answers to one valid event of two messages, of which the handler rejects the second.
const DifferenceClass* explanation_of(const Mode& mode, const Answer& ours, const Answer& peers) {
  const Scenario scenario{mode,
                          "",
                          R"({"Records":[{"messageId":"a","eventSource":"aws:sqs"},)"
                          R"({"messageId":"b","eventSource":"aws:sqs"}]})",
                          {1}};
  return explain({scenario, read_payload(scenario.payload), ours, peers});
}

const Answer reports_the_failure{
    Answer::Kind::response, R"({"batchItemFailures":[{"itemIdentifier":"b"}]})", {0, 1}};

TEST(DifferenceClasses, ExcuseNoFailureThatOursLoses) {
  const Answer loses{Answer::Kind::response, R"({"batchItemFailures":[]})", {0, 1}};
  for (const Mode& mode : modes()) EXPECT_THAT(explanation_of(mode, loses, reports_the_failure), IsNull());
}

TEST(DifferenceClasses, ExcuseNoRecordThatOursLeavesOut) {
  const Answer leaves_out{Answer::Kind::response, R"({"batchItemFailures":[{"itemIdentifier":"b"}]})", {1}};
  for (const Mode& mode : modes())
    EXPECT_THAT(explanation_of(mode, leaves_out, reports_the_failure), IsNull());
}

TEST(DifferenceClasses, ExcuseNoValidEventThatOursRefuses) {
  const Answer refuses{
      Answer::Kind::refused, "/Records/0/messageId: missing", {}, {}, "/Records/0/messageId"};
  for (const Mode& mode : modes()) EXPECT_THAT(explanation_of(mode, refuses, reports_the_failure), IsNull());
}

TEST(DifferenceClasses, ExcuseNoFifoQueueThatOursTakesForAStandardOne) {
  const Scenario scenario{
      {},
      "",
      R"({"Records":[{"messageId":"a","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:\q.fifo"}]})",
      {}};
  const Answer handles{Answer::Kind::response, R"({"batchItemFailures":[]})", {0}};
  const Answer refuses{Answer::Kind::refused, "SyntaxError: Bad escaped character in JSON"};
  EXPECT_THAT(explain({scenario, read_payload(scenario.payload), handles, refuses}), IsNull());
}

}  // namespace
}  // namespace batchproof::conformance
