#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <batchproof/blackbox.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "functions.hpp"

namespace batchproof {
namespace {

using properties::Report;

const std::filesystem::path functions = BATCHPROOF_SOURCE_DIR "/tests/blackbox/verify_function";

Report verify_together(const std::string& name, int max_concurrency) {
  Function function = function_of(functions / name);
  function.command = {BATCHPROOF_NODE, "loops.mjs"};
  function.max_concurrency = max_concurrency;
  return verify_function<SqsRecord>(function, orders(50));
}

TEST(ManagedInstances, ShareNoListBetweenInvocationsThatOverlap) {
  EXPECT_TRUE(verify_together("list_of_the_running_invocation.mjs", 1).passed());
  const Report report = verify_together("list_of_the_running_invocation.mjs", 4);
  EXPECT_EQ(report.broken_law(), "fresh") << report.text();
  EXPECT_THAT(report.text(), ::testing::HasSubstr("of another batch"));
}

TEST(ManagedInstances, MayAnswerManyInvocationsAtATime) {
  const Report report = verify_together("list_of_its_own.mjs", 4);
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(CrashOfAFunction, IsRepeatedAtMostTwelveTimes) {
  const auto file =
      std::filesystem::temp_directory_path() / ("batchproof-crashes-" + std::to_string(getpid()));
  Function function = function_of(functions / "notes_each_crash.mjs");
  function.environment.emplace("CRASHES", file);
  const Report report = verify_function<SqsRecord>(function, orders(50));
  EXPECT_EQ(report.broken_law(), "contained") << report.text();
  std::ifstream crashes(file);
  const std::string noted(std::istreambuf_iterator<char>(crashes), {});
  const auto first = noted.find("violation");
  ASSERT_NE(first, std::string::npos) << noted;
  EXPECT_LE(std::count(noted.begin() + static_cast<std::ptrdiff_t>(first), noted.end(), '\n'), 13)
      << "the first time, and twelve more:\n"
      << noted;
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace batchproof
