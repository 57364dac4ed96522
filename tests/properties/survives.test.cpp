#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/verify.hpp>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "../scratch_path.hpp"
#include "search/stage_runs.hpp"
#include "subjects.hpp"

namespace batchproof::properties {
namespace {

using ::testing::HasSubstr;

Report verify_quickly(const ErasedHandler<SqsRecord>& handler) {
  return verify_erased_handler(handler, {.accepted = {R"({"quantity": 2})"},
                                         .rejected = {R"({"quantity": 0})"},
                                         .cases = 200,
                                         .seed = 7,
                                         .small_cases_budget = std::chrono::milliseconds(0),
                                         .hostile = true});
}

TEST(Survives, NamesAHandlerThatTerminatesOnAPayloadOfItsLists) {
  const Report report = verify_quickly([](const SqsRecord& record, const LambdaContext&) {
    if (record.body().find('0') != std::string_view::npos) std::terminate();
  });
  EXPECT_EQ(report.broken_law(), "survives") << report;
  EXPECT_EQ(report.counterexample().size(), 1U);
  EXPECT_THAT(report.text(), HasSubstr("Aborted"));
  for (const LawResult& law : report.laws()) {
    EXPECT_EQ(law.state == LawState::skipped, law.id != "survives") << law.id;  // it comes before all others
  }
}

TEST(Survives, NamesAHandlerThatADamagedPayloadEnds) {
  const Report report = verify_quickly([](const SqsRecord& record, const LambdaContext&) {
    if (record.body().size() > 1000) std::exit(3);
    if (record.body() != R"({"quantity": 2})") throw std::runtime_error("no order");
  });
  EXPECT_EQ(report.broken_law(), "survives") << report;
  EXPECT_EQ(report.counterexample().size(), 1U);
  EXPECT_THAT(report.counterexample().actual, HasSubstr("ended with status 3"));
}

TEST(Survives, NamesAHandlerThatASavedCaseEnds) {
  const std::string folder = scratch_path("survives_saved");
  const auto verify_bad = [&](const ErasedHandler<SqsRecord>& handler) {
    return verify_erased_handler(handler,
                                 {.rejected = {"bad"}, .cases = 20, .seed = 7, .regressions = folder});
  };
  const auto swallow = [](const SqsRecord&, const LambdaContext&) {};
  ASSERT_EQ(verify_bad(swallow).broken_law(), "verdict");
  const Report report = verify_bad([](const SqsRecord&, const LambdaContext&) { std::abort(); });
  EXPECT_EQ(report.broken_law(), "survives") << report;
  EXPECT_THAT(report.text(), HasSubstr("found in the saved case " + folder));
}

TEST(Survives, HoldsASavedCaseThatIsMended) {
  const std::string folder = scratch_path("mended");
  VerifyHandlerOptions options{
      .accepted = {"good"}, .rejected = {"bad"}, .cases = 100, .seed = 7, .regressions = folder};
  const Report found = verify_handler<SqsRecord>(
      [](const SqsRecord& record) {
        if (record.body() == "bad") std::abort();
      },
      options);
  ASSERT_EQ(found.broken_law(), "survives") << found;
  const auto saved = load_regressions(folder);
  ASSERT_EQ(saved.size(), 1U);
  const Report mended = verify_handler<SqsRecord>(
      [](const SqsRecord& record) {
        if (record.body() == "bad") throw std::invalid_argument("bad");
      },
      options);
  EXPECT_TRUE(mended) << mended;
  EXPECT_EQ(mended.saved_cases(), 1);
  EXPECT_TRUE(replay_regression(saved.front(), subject_of(BatchProcessor<SqsRecord>())));
}

/// Of the hour in which a test must end.
TEST(Survives, KeepsTheAlarmOfTheProgram) {
  constexpr unsigned hour = 3600;
  alarm(hour);
  const Report report = verify_quickly([](const SqsRecord& record, const LambdaContext&) {
    if (record.body() != R"({"quantity": 2})") throw std::runtime_error("no order");
  });
  EXPECT_TRUE(report) << report;
  EXPECT_GT(alarm(0), hour / 2);
}

/// Each of them may take as long as a case.
TEST(Survives, GivesACaseTheTimeOfItsEarlierCasesToo) {
  VerificationPlan plan{.laws = handler_laws()};
  plan.subjects.push_back({.source = fixtures::Source::sqs,
                           .run = [](const Case&, Watch) { return Observation{}; },
                           .time_limit = std::chrono::seconds(1)});
  const Case one(fixtures::BatchCase{.source = fixtures::Source::sqs, .records = {}});
  const Stage stage{
      .kind = CaseKind::saved, .count = 1, .cases = [&](const SubjectUnderTest& subject, std::size_t) {
        return std::vector<StagedCase>{{one, nullptr, {{&subject, one}, {&subject, one}}}};
      }};
  std::vector<std::chrono::milliseconds> limits;
  run_step(stage, plan, 0, [&](std::chrono::milliseconds limit) { limits.push_back(limit); });
  EXPECT_THAT(limits, ::testing::ElementsAre(std::chrono::seconds(3)));
}

TEST(Survives, IsJudgedInAnotherProcess) {
  int calls = 0;
  const std::vector<std::string> law_ids{"survives"};
  const auto laws = handler_laws();
  ASSERT_EQ(laws.front().id, "survives");
  const Report report = verify_erased_handler(
      ErasedHandler<SqsRecord>([&](const SqsRecord&, const LambdaContext&) { ++calls; }),
      {.accepted = {"a"}, .cases = 50, .seed = 7, .small_cases_budget = std::chrono::milliseconds(0)},
      laws.subspan(0, 1));
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_EQ(calls, 0);
}

TEST(Survives, NamesAHandlerThatASmallCaseEnds) {
  const Report report =
      verify_erased_handler(ErasedHandler<SqsRecord>([](const SqsRecord& record, const LambdaContext&) {
                              if (record.from_fifo_queue() && record.message_group_id() == "c")
                                std::quick_exit(4);
                            }),
                            {.accepted = {"a"}, .cases = 1, .seed = 7});
  EXPECT_EQ(report.broken_law(), "survives") << report;
  EXPECT_THAT(report.found_in(), HasSubstr("small case"));
  EXPECT_THAT(report.counterexample().actual, HasSubstr("ended with status 4"));
}

TEST(Survives, IsJudgedBesideAnyLawThatIsAskedForAlone) {
  const auto laws = handler_laws();
  const auto verdict_alone =
      std::find_if(laws.begin(), laws.end(), [](const Law& law) { return law.id == "verdict"; });
  const Report report = verify_erased_handler(
      ErasedHandler<SqsRecord>([](const SqsRecord&, const LambdaContext&) { std::abort(); }),
      {.accepted = {"a"}, .cases = 20, .seed = 7}, {&*verdict_alone, 1});
  EXPECT_EQ(report.broken_law(), "survives") << report;
  EXPECT_EQ(report.counterexample().size(), 1U);
}

/// One that comes to its end in no child process: only what the whole verification leaves behind ends it.
Report verify_until_call(int last_call, const std::function<void()>& end) {
  const pid_t here = getpid();
  int calls = 0;
  return verify_quickly([&](const SqsRecord& record, const LambdaContext&) {
    if (getpid() == here && ++calls == last_call) end();
    if (record.body() != R"({"quantity": 2})") throw std::runtime_error("no order");
  });
}

TEST(SurvivesDeathTest, HasLastWordsWhereTheProcessAborts) {
  EXPECT_DEATH(
      (void)verify_until_call(1'000, [] { std::abort(); }),
      "survives is violated(.|\n)*random case [0-9]+(.|\n)*aborts the process(.|\n)*Records(.|\n)*replay");
}

TEST(SurvivesDeathTest, HasLastWordsWhereTheProcessExits) {
  EXPECT_EXIT((void)verify_until_call(1'000, [] { std::exit(3); }), ::testing::ExitedWithCode(3),
              "survives is violated(.|\n)*calls exit");
}

TEST(SurvivesDeathTest, HasLastWordsWhereACaseHangs) {
  const auto verify = [] {
    const pid_t here = getpid();
    return verify_erased_handler(
        ErasedHandler<SqsRecord>([&](const SqsRecord&, const LambdaContext&) {
          while (getpid() == here) pause();
        }),
        {.accepted = {"a"}, .cases = 20, .seed = 7, .time_limit = std::chrono::milliseconds(500)});
  };
  EXPECT_DEATH((void)verify(), "survives is violated(.|\n)*still runs when its time is over");
}

TEST(Survives, NamesTheEarlierBatchesThatItTakes) {
  int calls = 0;
  const Report report = verify_quickly([&](const SqsRecord& record, const LambdaContext&) {
    if (++calls == 20) std::abort();
    if (record.body() != R"({"quantity": 2})") throw std::runtime_error("no order");
  });
  EXPECT_EQ(report.broken_law(), "survives");
  EXPECT_FALSE(report.counterexample().earlier.empty()) << report;
  EXPECT_THAT(report.text(), HasSubstr("an earlier batch left a state behind"));
  EXPECT_THAT(report.text(), HasSubstr("Aborted"));
}

TEST(Survives, JudgesAProgramThatIgnoresItsChildren) {
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  const Report report = verify_quickly([](const SqsRecord& record, const LambdaContext&) {
    if (record.body() != R"({"quantity": 2})") throw std::runtime_error("no order");
  });
  EXPECT_EQ(std::signal(SIGCHLD, before), SIG_IGN);
  EXPECT_TRUE(report.passed()) << report.text();
}

}  // namespace
}  // namespace batchproof::properties
