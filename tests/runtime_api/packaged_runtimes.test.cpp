// The runtimes in the packages of Python and npm: a handler may look at all that Lambda's own give it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/runtime_api.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace batchproof::runtime_api {
namespace {

Invocation answer_of(const std::string& interpreter, const std::string& runtime) {
  const Function function{
      .command = {interpreter, BATCHPROOF_SOURCE_DIR "/packaging/" + runtime},
      .environment = {{"_HANDLER", "tells_its_context.handler"}, {"PYTHONDONTWRITEBYTECODE", "1"}},
      .time_limit = std::chrono::minutes(1),
      .init_time_limit = std::chrono::minutes(1),
      .working_directory = BATCHPROOF_SOURCE_DIR "/tests/runtime_api/handlers"};
  FunctionProcess process(function);
  if (const auto failed = process.start()) throw std::runtime_error(failed->problem + "\n" + failed->log);
  return process.invoke("{}");
}

TEST(PackagedRuntime, OfPythonGivesTheContextAndWritesDecimalsAsLambdasDoes) {
  const Invocation invocation = answer_of(BATCHPROOF_PYTHON, "python/batchproof/runtime.py");
  EXPECT_EQ(invocation.log, "seen\n");
  const auto answer = nlohmann::json::parse(invocation.body);
  for (const auto& [name, value] : answer.at("context").items())
    EXPECT_EQ(value.is_null(), name == "client_context" || name == "tenant_id") << name;
  EXPECT_TRUE(answer.at("identity").is_null());
  EXPECT_EQ(answer.at("has_time"), true);
  EXPECT_EQ(answer.at("number"), 2.5);
  EXPECT_EQ(answer.at("context").at("function_version"), "$LATEST");
}

TEST(PackagedRuntime, OfNpmGivesTheContextAsLambdasDoes) {
  const auto answer = nlohmann::json::parse(answer_of(BATCHPROOF_NODE, "npm/runtime.mjs").body);
  for (const char* const name : {"awsRequestId", "functionName", "functionVersion", "memoryLimitInMB",
                                 "invokedFunctionArn", "logGroupName", "logStreamName"})
    EXPECT_TRUE(answer.contains(name) && answer.at(name).is_string()) << name;
  EXPECT_EQ(answer.at("hasTime"), true);
}

}  // namespace
}  // namespace batchproof::runtime_api
