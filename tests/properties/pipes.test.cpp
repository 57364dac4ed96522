// The processors of this library behind EventBridge Pipes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/verify.hpp>
#include <string>

namespace batchproof::properties {
namespace {

class LawsOfPipes : public testing::TestWithParam<fixtures::Source> {};

TEST_P(LawsOfPipes, HoldInEveryMode) {
  for (const fixtures::ProcessorMode& mode : fixtures::info_of(GetParam()).modes) {
    const auto report = verify_processor(GetParam(), fixtures::library_processor(GetParam(), mode.claims),
                                         mode.claims, {.cases = 100, .seed = 7, .hostile = true});
    EXPECT_TRUE(report.passed()) << mode.name << '\n' << report.text();
  }
}

INSTANTIATE_TEST_SUITE_P(Source, LawsOfPipes, testing::ValuesIn(fixtures::pipe_sources),
                         [](const auto& tested) { return std::string(fixtures::name(tested.param)); });

TEST(VerifyProcessor, JudgesAStreamBehindAPipeByOption) {
  const auto report = batchproof::verify_processor<KinesisStreamRecord>(
      [](std::string_view payload, RecordProbe& probe) {
        return process_partial_response(
            payload, [&probe](const KinesisStreamRecord& record) { probe(record); },
            BatchProcessor<KinesisStreamRecord>());
      },
      {.cases = 50, .seed = 7, .pipe = true});
  EXPECT_TRUE(report.passed()) << report.text();
}

}  // namespace
}  // namespace batchproof::properties
