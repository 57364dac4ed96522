// The windows of this library, judged by the laws of processors.

#include <gtest/gtest.h>

#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/verify_laws.hpp>

#include "window_subject.hpp"

namespace batchproof {
namespace {

class WindowLaws : public ::testing::TestWithParam<fixtures::Source> {};

TEST_P(WindowLaws, Hold) {
  const auto report =
      properties::verify_laws(properties::processor_laws(), GetParam(), tools::window_subject(GetParam()),
                              {.raise_on_entire_batch_failure = false, .stop_on_first_failure = true},
                              {.cases = 300, .seed = 7, .hostile = true});
  EXPECT_TRUE(report.passed()) << report.text();
}

INSTANTIATE_TEST_SUITE_P(All, WindowLaws, ::testing::ValuesIn(fixtures::window_sources));

}  // namespace
}  // namespace batchproof
