#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "../scratch_path.hpp"
#include "subjects.hpp"

namespace batchproof::properties {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class Regressions : public ::testing::Test {
 protected:
  Regressions() {
    const auto* const test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = scratch_path(test->name());
  }
  ~Regressions() override { fs::remove_all(folder_); }

  Report verify(const Law& law, const zoo::BrokenProcessor& broken) const {
    return verify_laws({&law, 1}, broken.source, broken.subject, broken.claims,
                       {.cases = 1000, .seed = 1, .regressions = folder_, .processes = Processes::forked});
  }

  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  std::string folder_;
};

const zoo::BrokenProcessor& broken_processor(std::string_view name) {
  const auto& all = zoo::broken_processors();
  return *std::find_if(all.begin(), all.end(), [&](const auto& broken) { return broken.name == name; });
}

TEST_F(Regressions, AreSavedOnceAndRunFirst) {
  const auto& broken = broken_processor("skip_group_ignored");
  const Law& law = *law_named(processor_laws(), broken.law);
  const Report first = verify(law, broken);
  ASSERT_EQ(first.broken_law(), broken.law);
  EXPECT_EQ(files(), 2U);
  EXPECT_THAT(first.text(), HasSubstr("saved\n" + folder_));
  const Report second = verify(law, broken);
  EXPECT_THAT(second.text(), HasSubstr("found in the saved case " + folder_));
  EXPECT_EQ(second.cases(), 0);
  EXPECT_EQ(second.saved_cases(), 1);
  EXPECT_EQ(second.counterexample().observation.payload, first.counterexample().observation.payload);
  EXPECT_EQ(second.counterexample().batch_case.pattern(), first.counterexample().batch_case.pattern());
  EXPECT_EQ(files(), 2U);
}

TEST_F(Regressions, HoldForAProcessorThatIsMended) {
  const auto& broken = broken_processor("skip_group_ignored");
  const Law& law = *law_named(processor_laws(), broken.law);
  EXPECT_FALSE(verify(law, broken));
  const Report mended = verify_laws({&law, 1}, broken.source,
                                    subject_of(SqsFifoPartialProcessor({.skip_group_on_error = true})),
                                    broken.claims, {.cases = 10, .seed = 1, .regressions = folder_});
  EXPECT_TRUE(mended) << mended;
  EXPECT_EQ(mended.saved_cases(), 1);
  EXPECT_THAT(mended.text(), HasSubstr("1 saved case, "));
}

/// Saved and loaded, each counterexample of the zoo violates its law again.
TEST_F(Regressions, KeepWhatEachLawNeeds) {
  for (const auto& broken : zoo::broken_processors()) {
    fs::remove_all(folder_);
    const Law& law = *law_named(processor_laws(), broken.law);
    const Report found = verify(law, broken);
    ASSERT_EQ(found.broken_law(), broken.law) << broken.name;
    const auto saved = load_regressions(folder_);
    ASSERT_EQ(saved.size(), 1U) << broken.name;
    EXPECT_EQ(saved[0].payload, found.counterexample().observation.payload) << broken.name;
    EXPECT_EQ(saved[0].batch_case.pattern(), found.counterexample().batch_case.pattern()) << broken.name;
    const Report again = verify(law, broken);
    EXPECT_EQ(again.saved_cases(), 1) << broken.name;
    EXPECT_EQ(again.cases(), 0) << broken.name << again;
  }
}

TEST_F(Regressions, OfAHandlerAreSavedByMode) {
  const auto accept_all = [](const SqsRecord&) {};
  const VerifyHandlerOptions options{
      .accepted = {"good"}, .rejected = {"bad"}, .cases = 100, .seed = 7, .regressions = folder_};
  EXPECT_EQ(verify_handler<SqsRecord>(accept_all, options).broken_law(), "verdict");
  const auto saved = load_regressions(folder_);
  ASSERT_EQ(saved.size(), 1U);
  EXPECT_EQ(saved[0].mode, "BatchProcessor");
  EXPECT_EQ(saved[0].law, "verdict");
  EXPECT_EQ(verify_handler<SqsRecord>(accept_all, options).saved_cases(), 1);
}

TEST_F(Regressions, NameTheFileThatIsWrong) {
  EXPECT_FALSE(verify(*law_named(processor_laws(), "nothing-lost"), broken_processor("loses_last_failure")));
  const std::string path = load_regressions(folder_).front().path;
  const std::string case_path = path.substr(0, path.size() - 5) + ".case.json";
  const auto complaint_about = [&](const std::string& text) -> std::string {
    std::ofstream(case_path) << text;
    try {
      load_regressions(folder_);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(complaint_about("{"), HasSubstr(case_path));
  EXPECT_THAT(complaint_about(R"({"law": "nothing-lost"})"), HasSubstr("source"));
  EXPECT_THAT(complaint_about(R"({"law": "nothing-lost", "source": "mail", "pattern": "x"})"),
              HasSubstr("there is no source \"mail\""));
  EXPECT_THAT(complaint_about(R"({"law": "nothing-lost", "source": "sqs", "pattern": "xxxxx"})"),
              HasSubstr("not as long as the batch"));
  EXPECT_THAT(complaint_about(R"({"law": "nothing-lost", "source": "sqs", "pattern": "X"})"),
              HasSubstr("another letter than o, x and ?"));
}

TEST_F(Regressions, HoldTheRecordsOfTheirEventWhateverElseItHolds) {
  const auto identifier_of = [](const std::string& source, const std::string& event) {
    const std::string description =
        R"({"law": "nothing-lost", "pattern": "x", "source": ")" + source + R"("})";
    return parse_regression(description, event).batch_case.records.at(0).item_identifier;
  };
  const std::string others = R"("note":"Records","records":"Records","other":[{"a":1}],)";
  EXPECT_EQ(identifier_of("sqs", "{" + others + R"("Records": [ {"messageId":"m1"} ]})"), "m1");
  EXPECT_EQ(identifier_of("kafka", R"({"note":"records","other":[{"a":1}],"in":{"records":{"b-1":[]}},)"
                                   R"("records":{"c-2":[ ],"a-0":[{"offset":7}]}})"),
            R"({"partition":"a-0","offset":7})");
  EXPECT_EQ(identifier_of("sqs_pipe", R"([{"messageId":"m1"}])"), "m1");
  EXPECT_THROW(identifier_of("sqs", R"({"in":{"Records":[{"messageId":"m1"}]}})"), std::runtime_error);
  EXPECT_THROW(identifier_of("sqs_pipe", R"({"Records":[{"messageId":"m1"}]})"), std::runtime_error);
  EXPECT_THROW(identifier_of("kafka", R"({"records":[{"offset":7}]})"), std::runtime_error);
}

TEST_F(Regressions, KeepTheTenantOfAFairQueueOutOfTheGroups) {
  const std::string event = R"({"Records":[{"messageId":"m1","attributes":{"MessageGroupId":"a"}}]})";
  const auto group_of = [&](const std::string& source) {
    return parse_regression(R"({"law": "nothing-lost", "pattern": "x", "source": ")" + source + R"("})",
                            event)
        .batch_case.records.at(0)
        .message_group_id;
  };
  EXPECT_EQ(group_of("sqs"), std::nullopt);
  EXPECT_EQ(group_of("sqs_fifo"), "a");
}

TEST_F(Regressions, OfAnUnknownLawAreRefused) {
  EXPECT_FALSE(verify(*law_named(processor_laws(), "nothing-lost"), broken_processor("loses_last_failure")));
  const std::string path = load_regressions(folder_).front().path;
  std::ofstream(path.substr(0, path.size() - 5) + ".case.json")
      << R"({"law": "nothing-forgotten", "source": "sqs", "pattern": "x"})";
  EXPECT_THAT(
      [&] {
        static_cast<void>(
            verify(*law_named(processor_laws(), "nothing-lost"), broken_processor("loses_last_failure")));
      },
      ::testing::ThrowsMessage<std::invalid_argument>(
          ::testing::AllOf(HasSubstr(path), HasSubstr("nothing-forgotten"))));
}

TEST_F(Regressions, OfAnotherSourceAreRefused) {
  EXPECT_FALSE(verify(*law_named(processor_laws(), "nothing-lost"), broken_processor("loses_last_failure")));
  EXPECT_THROW((void)verify_processor<KinesisStreamRecord>(subject_of(BatchProcessor<KinesisStreamRecord>()),
                                                           {.cases = 1, .regressions = folder_}),
               std::invalid_argument);
}

TEST_F(Regressions, AThousandReplayInOneVerification) {
  const auto& broken = broken_processor("loses_last_failure");
  const Law& law = *law_named(processor_laws(), broken.law);
  const Report found = verify(law, broken);
  const fs::path path = found.counterexample().size() == 0 ? "" : load_regressions(folder_).front().path;
  const std::string stem = path.string().substr(0, path.string().size() - 5);
  for (int copy = 1; copy < 1000; ++copy) {
    fs::copy_file(stem + ".json", stem + std::to_string(copy) + ".json");
    fs::copy_file(stem + ".case.json", stem + std::to_string(copy) + ".case.json");
  }
  const Report report = verify_laws({&law, 1}, broken.source, subject_of(BatchProcessor<SqsRecord>()),
                                    broken.claims, {.cases = 1, .seed = 1, .regressions = folder_});
  EXPECT_TRUE(report) << report;
  EXPECT_EQ(report.saved_cases(), 1000);
}

TEST_F(Regressions, AFileThatCannotBeWrittenLeavesNoHalfOfACase) {
  const auto& broken = broken_processor("loses_last_failure");
  const Law& law = *law_named(processor_laws(), broken.law);
  EXPECT_FALSE(verify(law, broken));
  const std::string path = load_regressions(folder_).front().path;
  fs::remove_all(folder_);
  fs::create_directories(path);  // nothing can replace it
  const Report report = verify(law, broken);
  EXPECT_EQ(report.broken_law(), broken.law);
  EXPECT_THAT(report.saved_as(), HasSubstr("not saved: "));
  EXPECT_EQ(files(), 1U);
  EXPECT_THAT(load_regressions(folder_), ::testing::IsEmpty());
}

TEST_F(Regressions, ThatAreThereNeedNotBeWritable) {
  const auto& broken = broken_processor("loses_last_failure");
  const Law& law = *law_named(processor_laws(), broken.law);
  EXPECT_FALSE(verify(law, broken));
  const std::string path = load_regressions(folder_).front().path;
  const auto written = fs::last_write_time(path);
  fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
  const Report again = verify(law, broken);
  fs::permissions(folder_, fs::perms::owner_all);
  EXPECT_EQ(again.saved_as(), path);
  EXPECT_EQ(fs::last_write_time(path), written);
}

TEST_F(Regressions, AreNotInAFile) {
  std::ofstream(folder_) << "a case";
  EXPECT_THROW(load_regressions(folder_), std::invalid_argument);
}

TEST_F(Regressions, AFolderThatCannotBeMadeHidesNoCounterexample) {
  const auto& broken = broken_processor("loses_last_failure");
  const Report report =
      verify_laws({law_named(processor_laws(), broken.law), 1}, broken.source, broken.subject, broken.claims,
                  {.cases = 1000, .seed = 1, .regressions = "/dev/null/cases"});
  EXPECT_EQ(report.broken_law(), broken.law);
  EXPECT_THAT(report.text(), HasSubstr("not saved: "));
}

}  // namespace
}  // namespace batchproof::properties
