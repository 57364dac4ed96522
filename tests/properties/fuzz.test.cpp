// Fuzz targets, given random bytes in place of those of a fuzzer.

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/fuzz.hpp>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <stdexcept>

#include "../scratch_path.hpp"

namespace batchproof::properties {
namespace {

namespace fs = std::filesystem;
using fixtures::Source;
using ::testing::HasSubstr;

constexpr std::uint64_t fuzz_seed = 7;

/// Up to 60 bytes, of which most are small.
std::string random_input(std::mt19937_64& random) {
  std::string input(random() % 61, '\0');
  for (char& byte : input) byte = static_cast<char>(random() % (random() % 2 == 0 ? 256 : 16));
  return input;
}

/// The first of so many reports that shows a violation; the last one otherwise.
Report judge_random_inputs(const JudgeInput& judge, int inputs) {
  std::mt19937_64 random(fuzz_seed);
  Report report;
  for (int number = 0; number < inputs && report.broken_law().empty(); ++number)
    report = judge(random_input(random));
  return report;
}

std::string folder_for(const std::string& name) {
  std::string folder = scratch_path(name);
  fs::remove_all(folder);
  return folder;
}

/// Accepts what begins with a letter a, b or c.
template <class Record>
void accept_letters(const Record& record) {
  std::string_view payload;
  if constexpr (std::same_as<Record, SqsRecord>) payload = record.body();
  if constexpr (std::same_as<Record, KinesisStreamRecord>) payload = record.data();
  if constexpr (std::same_as<Record, KafkaRecord>) payload = record.value().value_or("");
  if constexpr (std::same_as<Record, DynamoDbRecord>) {
    const auto text = record.new_image() ? record.new_image()->find("text") : std::nullopt;
    if (text) payload = text->as_string();
  }
  if (payload.empty() || payload.front() < 'a' || payload.front() > 'c') throw std::runtime_error("rejected");
}

template <class Record>
VerifyHandlerOptions letters(const std::string& folder = "") {
  if constexpr (std::same_as<Record, DynamoDbRecord>)
    return {.accepted = {R"({"text": {"S": "a"}})"}, .rejected = {R"({"text": {"S": "x"}})"}};
  return {.accepted = {"a", "bee"}, .rejected = {"x", ""}, .regressions = folder};
}

template <class Record>
void expect_no_violation() {
  auto handler = accept_letters<Record>;
  const auto judge = judge_inputs_of_handler<Record>(erase_handler<Record>(*handler), letters<Record>());
  const Report report = judge_random_inputs(judge, 1000);
  EXPECT_EQ(report.broken_law(), "") << report;
}

TEST(FuzzHandler, FindsNothingWrongWithARightHandlerOfAnySource) {
  expect_no_violation<SqsRecord>();
  expect_no_violation<KinesisStreamRecord>();
  expect_no_violation<DynamoDbRecord>();
  expect_no_violation<KafkaRecord>();
}

/// A fault that no example shows: a payload with a c in it makes the next record welcome.
void accept_after_c(const SqsRecord& record) {
  static bool is_welcome = false;
  if (record.index() == 0) is_welcome = false;
  const bool was_welcome = std::exchange(is_welcome, record.body().find('c') != std::string_view::npos);
  if (!was_welcome) accept_letters(record);
}

TEST(FuzzHandler, SavesAViolationThatVerifyHandlerFindsAgain) {
  const std::string folder = folder_for("after_c");
  const VerifyHandlerOptions options = letters<SqsRecord>(folder);
  const Report without = verify_handler<SqsRecord>(accept_after_c, options);
  ASSERT_TRUE(without.passed()) << without;

  const auto judge = judge_inputs_of_handler<SqsRecord>(erase_handler<SqsRecord>(accept_after_c),
                                                        letters<SqsRecord>(folder));
  const Report report = judge_random_inputs(judge, 20'000);
  ASSERT_NE(report.broken_law(), "");
  EXPECT_EQ(report.counterexample().size(), 2U) << report;
  EXPECT_EQ(report.found_in(), "the input of a fuzzer");
  ASSERT_TRUE(fs::is_regular_file(report.saved_as())) << report.saved_as();

  const Report again = verify_handler<SqsRecord>(accept_after_c, options);
  EXPECT_EQ(again.broken_law(), report.broken_law()) << again;
  EXPECT_EQ(again.found_in(), "the saved case " + report.saved_as());
  fs::remove_all(folder);
}

TEST(FuzzHandler, ExpectsOfAnUnknownPayloadItsOwnVerdict) {
  // Rejects what no list has, and an accepted payload behind it too.
  const auto handler = [](const SqsRecord& record) {
    static bool is_bad = false;
    if (record.index() == 0) is_bad = false;
    const bool is_known = record.body() == "a" || record.body() == "bee" || record.body() == "x";
    is_bad = is_bad || !is_known;
    if (is_bad || record.body() == "x") throw std::runtime_error("bad");
  };
  auto options = letters<SqsRecord>();
  options.rejected = {"x"};
  const Report report = judge_random_inputs(
      judge_inputs_of_handler<SqsRecord>(erase_handler<SqsRecord>(handler), options), 5000);
  EXPECT_NE(report.broken_law(), "");
  EXPECT_EQ(report.counterexample().batch_case.pattern(), "xo") << report;
}

TEST(FuzzHandler, TakesTheVerdictOfClassify) {
  const auto accept_long_words = [](const SqsRecord& record) {  // whatever they begin with
    if (record.body().size() < 4) accept_letters(record);
  };
  auto options = letters<SqsRecord>();
  const auto judge = [&] {
    return judge_random_inputs(
        judge_inputs_of_handler<SqsRecord>(erase_handler<SqsRecord>(accept_long_words), options), 5000);
  };
  const Report by_itself = judge();
  EXPECT_EQ(by_itself.broken_law(), "") << by_itself;
  options.classify = [](std::string_view payload) {
    const bool is_good = !payload.empty() && payload.front() >= 'a' && payload.front() <= 'c';
    return is_good ? Verdict::accepted : Verdict::rejected;
  };
  const Report report = judge();
  EXPECT_EQ(report.broken_law(), "verdict");
  EXPECT_EQ(report.counterexample().size(), 1U) << report;
}

TEST(FuzzHandler, JudgesBatchesOfEachModeAndSize) {
  std::set<std::size_t> sizes;
  std::set<std::string> sources;
  const auto handler = [&](const SqsRecord& record) {
    sizes.insert(record.index());
    sources.emplace(record.event_source_arn().ends_with(".fifo") ? "sqs_fifo" : "sqs");
    if (record.body() == "x") throw std::runtime_error("rejected");
  };
  const auto judge = judge_inputs_of_handler<SqsRecord>(erase_handler<SqsRecord>(handler),
                                                        {.accepted = {"a"}, .rejected = {"x"}});
  std::mt19937_64 random(fuzz_seed);
  for (int number = 0; number < 300; ++number) EXPECT_EQ(judge(random_input(random)).broken_law(), "");
  EXPECT_EQ(sources.size(), 2U);
  EXPECT_GT(sizes.size(), 10U);
}

TEST(FuzzHandler, RefusesAPayloadInBothLists) {
  EXPECT_THROW(judge_inputs_of_handler<SqsRecord>(erase_handler<SqsRecord>(accept_after_c),
                                                  {.accepted = {"a"}, .rejected = {"a"}}),
               std::invalid_argument);
}

/// Runs this in a copy of the process, with its standard error closed; how that ended, as `waitpid` says.
template <class Work>
int end_of_copy(const Work& work) {
  const pid_t child = fork();
  if (child == 0) {
    close(STDERR_FILENO);
    work();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

void expect_saved_as_survives(const std::string& name, void (*handler)(const SqsRecord&), int signal) {
  const std::string folder = folder_for(name);
  const VerifyHandlerOptions options{.accepted = {"a", "b"}, .rejected = {"x"}, .regressions = folder};
  const int status = end_of_copy([&] {
    const auto judge = judge_inputs_of_handler<SqsRecord>(erase_handler<SqsRecord>(*handler), options);
    static_cast<void>(judge_random_inputs(judge, 2000));
  });
  if (signal == 0) {
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 3) << status;
  } else {
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == signal) << status;
  }
  const Report report = verify_handler<SqsRecord>(*handler, options);
  EXPECT_EQ(report.broken_law(), "survives") << report;
  EXPECT_THAT(report.found_in(), HasSubstr("the saved case " + folder)) << report;
  fs::remove_all(folder);
}

TEST(FuzzHandler, SavesABatchThatEndsTheProcess) {
  expect_saved_as_survives(
      "aborts",
      +[](const SqsRecord& record) {
        if (record.body() == "x") std::abort();
      },
      SIGABRT);
  expect_saved_as_survives(
      "exits",
      +[](const SqsRecord& record) {
        if (record.body() == "x") std::exit(3);
      },
      0);
}

TEST(FuzzHandler, SavesNoBatchOnWhichOnlyACopyOfTheProcessEnds) {
  const std::string folder = folder_for("copy_ends");
  const auto handler = [](const SqsRecord&) { end_of_copy([] { std::abort(); }); };
  const auto judge = judge_inputs_of_handler<SqsRecord>(erase_handler<SqsRecord>(handler),
                                                        {.accepted = {"a"}, .regressions = folder});
  EXPECT_EQ(judge(std::string(3, '\0')).broken_law(), "");
  EXPECT_THAT(load_regressions(folder), ::testing::IsEmpty());
  fs::remove_all(folder);
}

TEST(FuzzHandler, AbortsAtAViolationAndSavesItsOwnLaw) {
  const std::string folder = folder_for("own_law");
  const int status = end_of_copy([&] {
    const auto judge =
        judge_inputs_of_handler<SqsRecord>(erase_handler<SqsRecord>(accept_after_c),
                                           {.accepted = {"a"}, .rejected = {"b"}, .regressions = folder});
    const std::uint8_t accepts_b[] = {0, 0, 1};
    fuzz_one_input(judge, accepts_b, sizeof accepts_b);
  });
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) << status;
  const auto saved = load_regressions(folder);
  ASSERT_EQ(saved.size(), 1U);
  EXPECT_EQ(saved.front().law, "verdict");
  fs::remove_all(folder);
}

TEST(FuzzProcessor, FindsNothingWrongWithThoseOfThisLibrary) {
  for (const Source source : fixtures::all_sources) {
    for (const bool hostile : {false, true}) {
      const auto judge = judge_inputs_of_processor(source, fixtures::library_processor(source, {}),
                                                   {.fifo = source == Source::sqs_fifo, .hostile = hostile});
      const Report report = judge_random_inputs(judge, 300);
      EXPECT_EQ(report.broken_law(), "") << name(source) << "\n" << report;
    }
  }
}

TEST(FuzzProcessor, FindsBrokenOnes) {
  const std::set<std::string> faults{"loses_last_failure", "fifo_continues_after_failure",
                                     "lowest_in_text_order", "last_failure_as_checkpoint",
                                     "lets_what_is_no_exception_escape"};
  std::set<std::string> found;
  for (const auto& broken : zoo::broken_processors()) {
    if (!faults.contains(broken.name)) continue;
    const auto judge = judge_inputs_of_processor(
        broken.source, broken.subject,
        {.skip_group_on_error = broken.claims.skip_group_on_error,
         .raise_on_entire_batch_failure = broken.claims.raise_on_entire_batch_failure,
         .reports_every_failure = broken.claims.reports_every_failure,
         .stop_on_first_failure = broken.claims.stop_on_first_failure});
    const Report report = judge_random_inputs(judge, 3000);
    EXPECT_NE(report.broken_law(), "") << broken.name;
    EXPECT_LE(report.counterexample().size(), 3U) << report;
    found.insert(broken.name);
  }
  EXPECT_EQ(found, faults);
}

/// A batch of one record of a queue with the listed payload of this number.
std::string one_record(char number) { return {'\0', '\0', number}; }

TEST(FuzzedHandler, WithStateOfAnEarlierInputIsFlakyAndNotSaved) {
  static bool accepts_all = false;
  const auto handler = [](const SqsRecord& record) {
    if (record.body() == "switch") accepts_all = true;
    if (record.body() == "bad" && !accepts_all) throw std::runtime_error("bad");
  };
  const std::string folder = folder_for("fuzz_state");
  const auto judge = judge_inputs_of_handler<SqsRecord>(
      erase_handler<SqsRecord>(handler),
      {.accepted = {"switch"}, .rejected = {"bad"}, .regressions = folder, .near_misses = false});
  EXPECT_TRUE(judge(one_record(1)).broken_law().empty());
  EXPECT_TRUE(judge(one_record(0)).broken_law().empty());
  const Report report = judge(one_record(1));
  EXPECT_EQ(report.broken_law(), "verdict");
  EXPECT_THAT(report.text(), HasSubstr("flaky"));
  EXPECT_TRUE(!fs::exists(folder) || fs::is_empty(folder));
}

TEST(FuzzedHandler, MayRememberTheIdentifiersOfEarlierInputs) {
  const auto remembers = [](const auto& record) {
    static std::map<std::string, std::string> seen;
    std::string payload;
    if constexpr (requires { record.body(); }) {
      payload = record.body();
    } else {
      payload = record.data();
    }
    const auto [known, is_new] = seen.emplace(record.item_identifier(), payload);
    if (!is_new && known->second != payload) throw std::logic_error("another payload of one identifier");
  };
  const auto expect_none = [&]<class Record>(const Record*) {
    const auto judge = judge_inputs_of_handler<Record>(erase_handler<Record>(remembers),
                                                       {.accepted = {"a", "b", "c"}, .near_misses = false});
    for (const char number : {'\0', '\1', '\2'}) EXPECT_EQ(judge(one_record(number)).broken_law(), "");
  };
  expect_none(static_cast<const SqsRecord*>(nullptr));
  expect_none(static_cast<const KinesisStreamRecord*>(nullptr));
}

TEST(FuzzedHandler, IsJudgedWhereOneRecordCouldNotBeSent) {
  const auto accept = [](const SqsRecord&) {};
  const auto judge = judge_inputs_of_handler<SqsRecord>(
      erase_handler<SqsRecord>(accept), {.accepted = {"a"}, .rejected = {"x", ""}, .near_misses = false});
  EXPECT_EQ(judge(one_record(1) + std::string{'\0', 2}).broken_law(), "verdict");
  EXPECT_EQ(judge(one_record(2)).broken_law(), "");
}

}  // namespace
}  // namespace batchproof::properties
