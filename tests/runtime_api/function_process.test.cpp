#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <batchproof/runtime_api.hpp>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "../scratch_path.hpp"

// Each function is one of functions.mjs, or a line for sh.

namespace batchproof::runtime_api {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

/// With limits that no healthy function comes near on a busy machine.
Function node(const std::string& name) {
  return {.command = {BATCHPROOF_NODE, BATCHPROOF_SOURCE_DIR "/tests/runtime_api/functions.mjs", name},
          .time_limit = 60s,
          .init_time_limit = 60s};
}

Function shell(const std::string& line) { return {.command = {"sh", "-c", line}, .init_time_limit = 60s}; }

/// A process that has asked for its first invocation.
FunctionProcess started(const Function& function) {
  FunctionProcess process(function);
  if (const auto failed = process.start()) throw std::runtime_error(failed->problem + "\n" + failed->log);
  return process;
}

bool exists(pid_t process) { return kill(process, 0) == 0 || errno != ESRCH; }

TEST(FunctionProcess, AnswersOneInvocationAfterTheOther) {
  FunctionProcess process = started(node("echo"));
  for (const std::string event : {"{}", R"({"Records":[]})", "\xC3\xA4"}) {
    const Invocation invocation = process.invoke(event);
    EXPECT_EQ(invocation.end, InvocationEnd::response);
    EXPECT_EQ(invocation.body, event);
    EXPECT_THAT(invocation.problem + invocation.misuse + invocation.log, IsEmpty());
  }
  EXPECT_TRUE(process.is_running());
}

TEST(FunctionProcess, HandsOutAndTakesSixMegabytes) {
  FunctionProcess process = started(node("echo"));
  const std::string event = '"' + std::string(6'291'554, 'x') + '"';
  EXPECT_TRUE(process.invoke(event).body == event);
}

TEST(FunctionProcess, SendsTheHeadersOfLambda) {
  FunctionProcess process = started(node("headers"));
  const auto first = nlohmann::json::parse(process.invoke("{}").body);
  const auto second = nlohmann::json::parse(process.invoke("{}").body);
  const auto header = [&](const char* name) { return first.at(name).get<std::string>(); };
  EXPECT_EQ(header("content-type"), "application/json");
  EXPECT_THAT(header("lambda-runtime-aws-request-id"), MatchesRegex("[0-9a-f-]+"));
  EXPECT_EQ(header("lambda-runtime-aws-request-id").size(), 36U);
  EXPECT_THAT(header("lambda-runtime-deadline-ms"), MatchesRegex("[0-9]+"));
  EXPECT_THAT(header("lambda-runtime-invoked-function-arn"), StartsWith("arn:aws:lambda:"));
  EXPECT_THAT(header("lambda-runtime-trace-id"),
              MatchesRegex("Root=1-[0-9a-f]+-[0-9a-f]+;Parent=[0-9a-f]+;Sampled=0"));
  for (const char* const name : {"lambda-runtime-aws-request-id", "lambda-runtime-invocation-id"})
    EXPECT_NE(first.at(name), second.at(name)) << name;
}

TEST(FunctionProcess, SendsTheTimeAtWhichTheLimitEnds) {
  const auto now = [] {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now().time_since_epoch());
  };
  Function function = node("headers");
  FunctionProcess process = started(function);
  const auto before = now();
  const auto headers = nlohmann::json::parse(process.invoke("{}", 30s).body);
  const std::chrono::milliseconds deadline(
      std::stoll(headers.at("lambda-runtime-deadline-ms").get<std::string>()));
  EXPECT_GE(deadline, before + function.told_time()) << "though the caller waits for a shorter time";
  EXPECT_LE(deadline, now() + function.told_time());
}

TEST(FunctionProcess, TellsAFunctionWithoutATimeLimitThatItHasPlentyOfTime) {
  Function function;
  EXPECT_EQ(function.awaited_time(), 3s);
  EXPECT_EQ(function.told_time(), 60s) << "many functions refuse records when less than 10 s are left";
  function.time_limit = 5s;
  EXPECT_EQ(function.awaited_time(), 5s);
  EXPECT_EQ(function.told_time(), 5s);
}

/// Sets variables of this program, and removes them at the end.
class Variables {
 public:
  explicit Variables(std::vector<const char*> names) : names_(std::move(names)) {
    for (const char* const name : names_) setenv(name, "of this machine", 1);
  }
  Variables(const Variables&) = delete;
  Variables& operator=(const Variables&) = delete;
  ~Variables() {
    for (const char* const name : names_) unsetenv(name);
  }

 private:
  std::vector<const char*> names_;
};

TEST(FunctionProcess, GivesTheEnvironmentOfLambdaAndNothingOfItsOwn) {
  const Variables secrets({"BATCHPROOF_TEST_SECRET", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY",
                           "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE",
                           "AWS_CONTAINER_CREDENTIALS_FULL_URI", "NODE_OPTIONS"});
  Function function = node("environment");
  function.environment = {{"TABLE", "orders"}, {"_HANDLER", "app.handler"}};
  function.memory_megabytes = 512;
  FunctionProcess process = started(function);
  const auto environment = nlohmann::json::parse(process.invoke("{}").body);
  std::vector<std::string> names;
  for (const auto& [name, value] : environment.items()) names.push_back(name);
  EXPECT_THAT(
      names,
      ::testing::UnorderedElementsAre(
          // "Using Lambda environment variables", AWS Lambda developer guide
          "AWS_LAMBDA_RUNTIME_API", "_HANDLER", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
          "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN", "AWS_XRAY_DAEMON_ADDRESS", "AWS_XRAY_CONTEXT_MISSING", "LANG", "TZ", "PATH",
          // What keeps a client of AWS from everything real
          "AWS_ENDPOINT_URL", "AWS_EC2_METADATA_DISABLED", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE",
          "HOME",
          // The user's own
          "TABLE"));
  EXPECT_EQ(environment.at("AWS_ACCESS_KEY_ID"), "BATCHPROOFDUMMYKEY");
  EXPECT_EQ(environment.at("AWS_SECRET_ACCESS_KEY"), "batchproof-dummy-secret");
  EXPECT_EQ(environment.at("AWS_SESSION_TOKEN"), "batchproof-dummy-token");
  EXPECT_EQ(environment.at("AWS_CONFIG_FILE"), "/dev/null");
  EXPECT_EQ(environment.at("AWS_SHARED_CREDENTIALS_FILE"), "/dev/null");
  EXPECT_EQ(environment.at("TABLE"), "orders");
  EXPECT_EQ(environment.at("_HANDLER"), "app.handler");
  EXPECT_EQ(environment.at("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), "512");
  EXPECT_EQ(environment.at("LAMBDA_TASK_ROOT"), std::filesystem::current_path().string());
  EXPECT_EQ(environment.at("HOME"), "");
  EXPECT_EQ(environment.at("AWS_EC2_METADATA_DISABLED"), "true");
  EXPECT_THAT(environment.at("AWS_ENDPOINT_URL"), StartsWith("http://127.0.0.1:"));
}

TEST(FunctionProcess, KeepsWhatAnInvocationPrints) {
  FunctionProcess process = started(node("logs"));
  EXPECT_EQ(process.invoke("1").log, "handled 1\nand more\n");
  EXPECT_EQ(process.invoke("2").log, "handled 2\nand more\n");
}

TEST(FunctionProcess, TellsTheErrorThatTheFunctionPosted) {
  FunctionProcess process = started(node("error"));
  const Invocation invocation = process.invoke("{}");
  EXPECT_EQ(invocation.end, InvocationEnd::error);
  EXPECT_EQ(invocation.problem, "TypeError: x is undefined");
  EXPECT_THAT(invocation.body, StartsWith("{"));
  EXPECT_EQ(process.invoke("{}").end, InvocationEnd::error) << "the process goes on";
}

TEST(FunctionProcess, TellsThatTheCommandDoesNotExist) {
  FunctionProcess process({.command = {"no-such-command"}});
  const auto failed = process.start();
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->end, InvocationEnd::not_started);
  EXPECT_EQ(failed->problem, "no-such-command cannot be started: No such file or directory");
  EXPECT_FALSE(process.is_running());
  EXPECT_EQ(process.invoke("{}").end, InvocationEnd::not_started);
}

TEST(FunctionProcess, NamesAFolderThatDoesNotExist) {
  Function function = shell("exit 0");
  function.working_directory = "/no-such-folder";
  FunctionProcess process(function);
  const auto failed = process.start();
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->problem, "sh cannot be started in the folder /no-such-folder: No such file or directory");
}

TEST(FunctionProcess, TellsThatItEndedAtOnceWithItsLog) {
  FunctionProcess process(shell("echo no module; exit 3"));
  const auto failed = process.start();
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->problem, "sh ended before it asked for an invocation: exit status 3");
  EXPECT_EQ(failed->log, "no module\n");
}

TEST(FunctionProcess, TellsThatItNeverAsks) {
  Function function = node("never_asks");
  function.init_time_limit = 50ms;
  FunctionProcess process(function);
  const auto failed = process.start();
  ASSERT_TRUE(failed);
  EXPECT_THAT(failed->problem, EndsWith("did not ask for an invocation within 50 ms"));
}

TEST(FunctionProcess, TellsTheErrorOfTheInitialisation) {
  FunctionProcess process(node("init_error"));
  const auto failed = process.start();
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->problem, "the initialisation failed: ImportError: no index.js");
}

TEST(FunctionProcess, TellsThatItCrashed) {
  FunctionProcess process = started(node("crash"));
  const Invocation invocation = process.invoke("{}");
  EXPECT_EQ(invocation.end, InvocationEnd::ended);
  EXPECT_EQ(invocation.problem, "the process ended before it answered: signal 11 (Segmentation fault)");
  EXPECT_EQ(invocation.log, "about to crash\n");
  EXPECT_FALSE(process.is_running());
}

TEST(FunctionProcess, EndsAProcessThatTakesTooLongAndStartsAnother) {
  Function function = node("hang");
  function.time_limit = 50ms;
  FunctionProcess process = started(function);
  const Invocation invocation = process.invoke("{}");
  EXPECT_EQ(invocation.end, InvocationEnd::timed_out);
  EXPECT_EQ(invocation.problem, "no answer within 50 ms");
  EXPECT_FALSE(process.is_running());
  EXPECT_FALSE(process.start());
  EXPECT_TRUE(process.is_running());
}

TEST(FunctionProcess, WaitsForTheProcessThatStartedAhead) {
  const auto starts = std::filesystem::path(testing::TempDir()) / ("starts_" + std::to_string(getpid()));
  Function function = node("echo");
  const std::string counts = "echo >>'" + starts.string() + R"('; exec "$0" "$@")";
  function.command.insert(function.command.begin(), {"sh", "-c", counts});
  FunctionProcess process(function);
  process.start_ahead();
  EXPECT_FALSE(process.is_running());
  FunctionProcess moved = std::move(process);
  process = FunctionProcess(node("echo"));
  EXPECT_FALSE(process.start());
  EXPECT_FALSE(moved.start());
  EXPECT_EQ(moved.invoke("{}").body, "{}");
  EXPECT_EQ(std::filesystem::file_size(starts), 1U);
  EXPECT_FALSE(moved.start());
  EXPECT_EQ(std::filesystem::file_size(starts), 2U);
  std::filesystem::remove(starts);
}

TEST(FunctionProcess, NotesThatItAsksTwice) {
  FunctionProcess process = started(node("asks_twice"));
  const Invocation invocation = process.invoke("{}");
  EXPECT_EQ(invocation.body, "403");
  EXPECT_EQ(invocation.misuse, "it asks for the next invocation twice, without an answer in between");
  EXPECT_THAT(process.invoke("{}").misuse, IsEmpty()) << "noted once";
}

TEST(FunctionProcess, NotesThatItAsksTwiceAtTheSameTime) {
  FunctionProcess process = started(node("asks_twice_at_once"));
  EXPECT_EQ(process.invoke("{}").misuse,
            "it asks for the next invocation twice, without an answer in between");
}

TEST(FunctionProcess, TakesTheFirstOfTwoAnswers) {
  FunctionProcess process = started(node("answers_twice"));
  EXPECT_EQ(process.invoke("{}").body, "1");
  const Invocation next = process.invoke("{}");
  EXPECT_EQ(next.body, "410");
  EXPECT_EQ(next.misuse, "it answers an invocation that is over");
}

TEST(FunctionProcess, ReadsAnErrorWhoseStackIsInAHeader) {
  FunctionProcess process = started(node("long_error_header"));
  const Invocation invocation = process.invoke("{}");
  EXPECT_EQ(invocation.end, InvocationEnd::error) << invocation.problem;
  EXPECT_THAT(invocation.misuse, IsEmpty());
}

TEST(FunctionProcess, NotesAnAnswerForAnotherRequest) {
  FunctionProcess process = started(node("answers_for_another"));
  const Invocation invocation = process.invoke("{}");
  EXPECT_EQ(invocation.body, "400");
  EXPECT_EQ(invocation.misuse, "it answers for a request id that it was not given: no-such-id");
}

// As Lambda does, for clients that are older than the header.
TEST(FunctionProcess, ChecksTheInvocationIdOfAnAnswerThatHasOne) {
  FunctionProcess process = started(node("echoes_invocation_id"));
  for (const std::string id : {"right", "none"}) {
    const Invocation invocation = process.invoke(id);
    EXPECT_EQ(invocation.body, '"' + id + '"');
    EXPECT_THAT(invocation.misuse, IsEmpty());
  }
  const Invocation invocation = process.invoke("wrong");
  EXPECT_EQ(invocation.body, "410") << "the answer that was not taken is followed by one that is";
  EXPECT_EQ(invocation.misuse,
            "it answers with another Lambda-Runtime-Invocation-Id than the invocation had");
}

TEST(FunctionProcess, RefusesAResponseOfSevenMegabytes) {
  FunctionProcess process = started(node("too_large"));
  const Invocation invocation = process.invoke("large");
  EXPECT_EQ(invocation.end, InvocationEnd::error);
  EXPECT_EQ(invocation.problem, "the response has 7340034 bytes, but Lambda accepts 6291556");
  EXPECT_EQ(process.invoke("small").end, InvocationEnd::response);
}

TEST(FunctionProcess, NotesAConnectionThatIsClosedInTheMiddleOfAnAnswer) {
  Function function = node("closes_in_the_middle");
  function.time_limit = 1000ms;
  FunctionProcess process = started(function);
  const Invocation invocation = process.invoke("{}");
  EXPECT_EQ(invocation.end, InvocationEnd::timed_out);
  EXPECT_EQ(invocation.misuse, "it closed the connection in the middle of a request");
}

TEST(FunctionProcess, LosesNoEventToAConnectionThatWasLeft) {
  FunctionProcess process = started(node("leaves_a_connection_that_waits"));
  EXPECT_EQ(process.invoke("1").body, "1");
  EXPECT_EQ(process.invoke("2").body, "2");
}

TEST(FunctionProcess, SendsAnEventAgainThatAClosedConnectionLeftUnread) {
  FunctionProcess process = started(node("leaves_an_event_unread"));
  EXPECT_EQ(process.invoke("1").body, "1");
  EXPECT_EQ(process.invoke("2").body, "2");
}

TEST(FunctionProcess, NotesARequestThatIsNotHttp) {
  FunctionProcess process = started(node("speaks_no_http"));
  EXPECT_THAT(process.invoke("{}").misuse, StartsWith("it sent a request that is not HTTP"));
}

TEST(FunctionProcess, RefusesAPathThatIsNotServed) {
  FunctionProcess process = started(node("unknown_path"));
  const Invocation invocation = process.invoke("{}");
  EXPECT_EQ(invocation.body, "404");
  EXPECT_THAT(invocation.misuse, IsEmpty()) << "extensions have paths of their own";
}

TEST(FunctionProcess, KeepsTheBeginningAndTheEndOfAHundredMegabytes) {
  Function function = node("chatty");
  function.log_limit_bytes = 100;
  FunctionProcess process = started(function);
  const Invocation invocation = process.invoke("{}");
  EXPECT_EQ(invocation.end, InvocationEnd::response);
  EXPECT_THAT(invocation.log,
              AllOf(StartsWith("begin---"), HasSubstr("\n[batchproof left out 10485"), EndsWith("---end")));
  EXPECT_LT(invocation.log.size(), 200U);
}

TEST(FunctionProcess, EndsEveryProcessThatTheFunctionStarted) {
  FunctionProcess process = started(node("forks"));
  std::vector<pid_t> processes;
  for (int twice = 0; twice < 2; ++twice) {
    for (const pid_t one : nlohmann::json::parse(process.invoke("{}").body)) processes.push_back(one);
  }
  ASSERT_EQ(processes.size(), 6U);
  for (const pid_t one : processes) EXPECT_TRUE(exists(one)) << one;
  process.stop();
  for (const pid_t one : processes) EXPECT_FALSE(exists(one)) << one;
}

TEST(FunctionProcess, EndsThemWhenTheFunctionEndsByItself) {
  FunctionProcess process(shell("sleep 1000 & setsid sleep 1000 & echo $!; exit 1"));
  const auto failed = process.start();
  ASSERT_TRUE(failed);
  EXPECT_THAT(failed->problem, EndsWith("exit status 1"));
  EXPECT_FALSE(exists(std::stoi(failed->log)));
}

void kill_and_wait(pid_t process) {
  kill(process, SIGKILL);
  waitpid(process, nullptr, 0);
}

TEST(FunctionProcess, EndsThemWhenThisProgramIsKilled) {
  const std::string fifo = scratch_path("alive");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  const pid_t program = fork();
  ASSERT_GE(program, 0);
  if (program == 0) {
    // Both hold the pipe open for as long as they live, the second outside the group.
    FunctionProcess process(shell("exec 9>'" + fifo + "'; setsid sleep 1000 & sleep 1000"));
    process.start();
    _exit(0);
  }
  const int alive = open(fifo.c_str(), O_RDONLY);  // waits until the function has opened it
  kill_and_wait(program);
  char byte = 0;
  EXPECT_EQ(read(alive, &byte, 1), 0) << "the end of the pipe, which comes when nobody holds it";
  close(alive);
}

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

TEST(FunctionProcess, SaysThatNoDescriptorIsLeftByTheErrorOfTheStandardLibrary) {
  if (__has_feature(address_sanitizer))
    GTEST_SKIP() << "the sanitizers need descriptors for their own checks";
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  int refusals = 0;
  for (rlim_t left = 0; left < 16; ++left) {
    const int lowest_free = dup(STDERR_FILENO);
    ASSERT_GE(lowest_free, 0);
    close(lowest_free);
    FunctionProcess process(shell("exit 1"));
    const rlimit few{.rlim_cur = static_cast<rlim_t>(lowest_free) + left, .rlim_max = before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
    try {
      process.start();
    } catch (const std::system_error& error) {
      EXPECT_EQ(error.code(), std::errc::too_many_files_open) << left << ": " << error.what();
      ++refusals;
    } catch (const std::exception& error) {
      ADD_FAILURE() << left << ": " << error.what();
    }
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  }
  EXPECT_GT(refusals, 3);
}

TEST(FunctionProcess, HoldsNoDescriptorOfThisProgram) {
  std::array<int, 2> pipe_ends{};
  ASSERT_EQ(pipe(pipe_ends.data()), 0);
  FunctionProcess process(shell("ls /proc/self/fd | wc -l; exit 1"));
  const auto failed = process.start();
  ASSERT_TRUE(failed);
  EXPECT_EQ(std::stoi(failed->log), 4) << "the standard streams, and the folder that ls reads";
  for (const int end : pipe_ends) close(end);
}

TEST(FunctionProcess, HandsSeveralEventsToAFunctionThatTakesThemTogether) {
  Function function = node("together");
  function.max_concurrency = 3;
  FunctionProcess process = started(function);
  const std::vector<std::string> events{"first", "second", "third"};
  const auto invocations = process.invoke_all(events);
  ASSERT_EQ(invocations.size(), 3U);
  for (std::size_t index = 0; index < events.size(); ++index) {
    EXPECT_EQ(invocations[index].body, events[index] + " of 3");
    EXPECT_THAT(invocations[index].misuse, IsEmpty());
  }
}

TEST(FunctionProcess, LetsAFunctionThatTakesSeveralAskAhead) {
  Function function = node("asks_ahead");
  function.max_concurrency = 2;
  FunctionProcess process = started(function);
  const std::vector<std::string> events{"1", "2", "3", "4", "5"};
  for (const Invocation& invocation : process.invoke_all(events)) {
    EXPECT_THAT(invocation.body, ::testing::AnyOf("1", "2")) << "no more than two at a time";
    EXPECT_THAT(invocation.misuse, IsEmpty());
  }
}

TEST(FunctionProcess, CountsNoTimeInWhichAnEventWaitsForAnother) {
  FunctionProcess process = started(node("slow"));
  const std::vector<std::string> events(9, "{}");  // which take longer together than the patience with one
  for (const Invocation& invocation : process.invoke_all(events, 2s)) EXPECT_EQ(invocation.problem, "");
}

TEST(FunctionProcess, RefusesAFunctionThatCannotBeStarted) {
  EXPECT_THROW(FunctionProcess({.command = {}}), std::invalid_argument);
  EXPECT_THROW(FunctionProcess({.command = {"sh"}, .time_limit = 0s}), std::invalid_argument);
  EXPECT_THROW(FunctionProcess({.command = {"sh"}, .max_concurrency = 0}), std::invalid_argument);
  EXPECT_THROW(FunctionProcess({.command = {"sh"}, .environment = {{"A=B", "c"}}}), std::invalid_argument);
  EXPECT_THROW(FunctionProcess({.command = {"sh"}, .environment = {{"AWS_LAMBDA_RUNTIME_API", "x"}}}),
               std::invalid_argument);
}

}  // namespace
}  // namespace batchproof::runtime_api
