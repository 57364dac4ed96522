// `verify --function`.

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "run_function.hpp"

namespace batchproof::tools {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

ToolRun verify_function(std::vector<std::string> options, const std::string& name = "",
                        const char* cases = "30") {
  options.insert(options.begin(), {"verify", "--source", "sqs", "--accepted", accepted, "--rejected",
                                   rejected, "--cases", cases, "--seed", "7"});
  return run_tool(with_function(std::move(options), name));
}

TEST(VerifyFunction, PassesAFunctionThatKeepsEveryLaw) {
  const ToolRun run = verify_function({});
  EXPECT_EQ(run.status, 0) << run.out << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("nothing-lost"), HasSubstr("every law held")));
}

TEST(VerifyFunction, KeepsTheLinesOfACommandInItsReplay) {
  const std::string script = "set -e\n  exec " BATCHPROOF_NODE " " BATCHPROOF_SOURCE_DIR
                             "/examples/any_language/node_loop/runtime.mjs  # and more   words than fit";
  std::vector<std::string> arguments = with_function({"verify", "--source", "sqs", "--accepted", accepted,
                                                      "--rejected", rejected, "--cases", "30", "--seed", "7"},
                                                     "never_reports");
  arguments.resize(arguments.size() - 2);
  arguments.insert(arguments.end(), {"sh", "-c", script});
  EXPECT_THAT(run_tool(arguments).out, HasSubstr("sh -c '" + script + "'\n"));
}

TEST(VerifyFunction, JudgesHandlingByTheLog) {
  const ToolRun run = verify_function({"--handled", "handled ([0-9a-f-]+)", "--json"});
  EXPECT_EQ(run.status, 0) << run.out << run.error;
  const auto laws = nlohmann::json::parse(run.out).at("runs").at(0).at("report").at("laws");
  bool is_judged = false;
  for (const auto& law : laws) is_judged |= law.at("id") == "once-in-order" && law.at("state") == "held";
  EXPECT_TRUE(is_judged) << laws;
}

TEST(VerifyFunction, SaysThatTheExpressionMatchesNothingInTheLog) {
  const ToolRun run = verify_function({"--handled", "processed ([0-9a-f-]+)"});
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(in_one_line(run.out),
              AllOf(HasSubstr("once-in-order"), HasSubstr("matched nothing in its logs"),
                    HasSubstr("its capture group, or the whole match")));
  const ToolRun as_json = verify_function({"--handled", "processed ([0-9a-f-]+)", "--json"});
  EXPECT_THAT(nlohmann::json::parse(as_json.out).at("runs").at(0).at("report").at("notes").dump(),
              HasSubstr("matched nothing in its logs"));
}

TEST(VerifyFunction, ShowsTheSmallestBatchThatGoesWrongAndHowToReplayIt) {
  const ToolRun run = verify_function({}, "throws_for_one");
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("the law contained is violated"), HasSubstr("not json"),
                    HasSubstr(R"("ApproximateReceiveCount": "1")"),
                    HasSubstr("verify --function --env _HANDLER=throws_for_one.handler --working-directory "),
                    HasSubstr(" --time-limit 60000 "), HasSubstr(" --source sqs "), HasSubstr(" -- ")));
}

TEST(VerifyFunction, ShowsNoControlCharacterOfALog) {
  const ToolRun run = verify_function({}, "exits_in_colour");
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, HasSubstr(R"(\x1B[31mbad order\x0D\x1B[0m)"));
  EXPECT_EQ(run.out.find_first_of("\x1b\r"), std::string::npos);
}

TEST(VerifyFunction, TakesFifoForSqsFifo) {
  const ToolRun run = run_tool(with_function(
      {"verify", "--source", "fifo", "--accepted", accepted, "--rejected", rejected, "--cases", "10"},
      "fifo_right"));
  EXPECT_EQ(run.status, 0) << run.out << run.error;
  EXPECT_THAT(run.out, HasSubstr("sqs_fifo"));
}

TEST(VerifyFunction, StartsAProcessForEachBatchIfAsked) {
  const ToolRun run = verify_function({"--cold"}, "failures_of_the_module", "2");
  EXPECT_EQ(run.status, 0) << "a new process has no earlier batch\n" << run.out << run.error;
  EXPECT_THAT(run.out, ::testing::ContainsRegex("fresh +-")) << "which proves nothing about a second batch";
}

TEST(VerifyFunction, MeetsHostileInputIfAsked) {
  const auto state_of_survives = [](const ToolRun& run) -> std::string {
    const auto as_json = nlohmann::json::parse(run.out);
    for (const auto& law : as_json.at("runs").at(0).at("report").at("laws")) {
      if (law.at("id") == "survives") return law.at("state");
    }
    return "";
  };
  EXPECT_EQ(state_of_survives(verify_function({"--json"})), "not judged");
  EXPECT_EQ(state_of_survives(verify_function({"--json", "--hostile"})), "held");
}

TEST(VerifyFunction, TakesEachFileOfAFolderForOnePayload) {
  const std::string folder = scratch_path("folder");
  std::filesystem::create_directories(folder + "/folders_inside_are_ignored");
  std::ofstream(folder + "/two_lines") << "not\njson";
  const ToolRun run = run_tool(with_function(
      {"verify", "--source", "sqs", "--rejected", folder, "--cases", "30", "--json"}, "never_reports"));
  std::filesystem::remove_all(folder);
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  const auto report = nlohmann::json::parse(run.out).at("runs").at(0).at("report");
  EXPECT_EQ(report.at("broken_law"), "nothing-lost");
  const auto event = nlohmann::json::parse(report.at("counterexample").at("payload").get<std::string>());
  EXPECT_EQ(event.at("Records").at(0).at("body"), "not\njson");
}

TEST(VerifyFunction, TakesAPayloadByteForByte) {
  const std::string folder = scratch_path("with_mark");
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/marked") << "\xEF\xBB\xBF{}";
  const ToolRun run = run_tool(with_function(
      {"verify", "--source", "sqs", "--rejected", folder, "--cases", "30", "--json"}, "never_reports"));
  std::filesystem::remove_all(folder);
  const auto report = nlohmann::json::parse(run.out).at("runs").at(0).at("report");
  const auto event = nlohmann::json::parse(report.at("counterexample").at("payload").get<std::string>());
  EXPECT_EQ(event.at("Records").at(0).at("body"), "\xEF\xBB\xBF{}");
}

TEST(VerifyFunction, TakesNoHiddenFileForAPayload) {
  const std::string folder = scratch_path("with_hidden");
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/.gitkeep").close();
  std::ofstream(folder + "/order") << R"({"quantity": 2})";
  const ToolRun run =
      run_tool(with_function({"verify", "--source", "sqs", "--accepted", folder, "--cases", "20"}));
  EXPECT_EQ(run.status, 0) << run.out << run.error;
  std::filesystem::remove(folder + "/order");
  const ToolRun none = run_tool(with_function({"verify", "--source", "sqs", "--accepted", folder}));
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.error, HasSubstr("holds no payload"));
  std::filesystem::remove_all(folder);
}

TEST(VerifyFunction, RefusesAnEmptyLineAmongPayloads) {
  const std::string file = write_file("with_empty_line", "{\"quantity\": 2}\n\n{\"quantity\": 3}\n");
  const ToolRun run = run_tool(with_function({"verify", "--source", "sqs", "--accepted", file}));
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.error, AllOf(HasSubstr("line 2 of "), HasSubstr("is empty")));
}

TEST(VerifyFunction, FitsIntoEightyColumnsWithALongCommand) {
  const ToolRun run = verify_function({});
  EXPECT_THAT(run.out, HasSubstr("..."));
  std::istringstream lines(run.out);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

TEST(VerifyFunction, ShowsTheLawsThatDoNotApply) {
  const auto laws =
      nlohmann::json::parse(verify_function({"--json"}).out).at("runs").at(0).at("report").at("laws");
  const std::string text = verify_function({}).out;
  // What only the log or a library shows, and what is for another source.
  for (const std::string law : {"once-in-order", "faithful", "mirror", "checkpoint", "fifo-stops"}) {
    const auto row =
        std::find_if(laws.begin(), laws.end(), [&](const auto& one) { return one.at("id") == law; });
    ASSERT_NE(row, laws.end()) << law;
    EXPECT_EQ(row->at("state"), "not applicable") << law;
    EXPECT_THAT(text, ::testing::ContainsRegex(law + " +-\n")) << law;
  }
}

TEST(VerifyFunction, HandsOutSeveralBatchesAtATimeIfAsked) {
  const std::string source = BATCHPROOF_SOURCE_DIR;
  const auto verify = [&](const char* at_a_time) {
    return run_tool({"verify",
                     "--function",
                     "--source",
                     "sqs",
                     "--accepted",
                     accepted,
                     "--rejected",
                     rejected,
                     "--cases",
                     "10",
                     "--max-concurrency",
                     at_a_time,
                     "--env",
                     "_HANDLER=list_of_the_running_invocation.handler",
                     "--working-directory",
                     source + "/tests/blackbox/verify_function",
                     "--time-limit",
                     "60000",
                     "--init-time-limit",
                     "60000",
                     "--",
                     BATCHPROOF_NODE,
                     "loops.mjs"});
  };
  EXPECT_EQ(verify("1").status, 0);
  const ToolRun run = verify("4");
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("the law fresh is violated"), HasSubstr(" of another batch"),
                             HasSubstr(" --max-concurrency 4 ")));
}

/// The corpus' function, and with all options as they are by default.
TEST(VerifyFunction, HangsFewTimesToNameAFunctionThatHangs) {
  const std::string starts = scratch_path("starts");
  const std::string source = BATCHPROOF_SOURCE_DIR;
  const std::string corpus = source + "/tests/blackbox/corpus";
  setenv("BATCHPROOF_SMALL_CASES_MILLISECONDS", "2000", 1);  // the default
  const ToolRun run =
      run_tool({"verify", "--function", "--source", "sqs", "--accepted", accepted, "--rejected", rejected,
                "--working-directory", corpus, "--env", "_HANDLER=hangs.handler", "--", "sh", "-c",
                "echo >>\"$0\"; exec \"$@\"", starts, BATCHPROOF_NODE,
                source + "/examples/any_language/node_loop/runtime.mjs"});
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("the law contained is violated"), HasSubstr("no answer within 3 s"),
                             ::testing::ContainsRegex("pattern +(ox|xo)\n")));
  const std::string noted = read_file(starts);
  EXPECT_LE(noted.size(), 8U) << "starts, each for a hang but the first";
  unlink(starts.c_str());
}

/// Starts the command in a process group of its own, as a shell does, and returns its process.
pid_t start_tool(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), BATCHPROOF_TOOL);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t process = 0;
  EXPECT_EQ(posix_spawn(&process, BATCHPROOF_TOOL, nullptr, &attributes, pointers.data(), environ), 0);
  posix_spawnattr_destroy(&attributes);
  return process;
}

TEST(VerifyFunction, LeavesNothingRunningAfterControlC) {
  const std::string fifo = scratch_path("alive");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  // The function, and a process that left its group, hold the pipe open for as long as they live.
  const pid_t tool =
      start_tool({"verify", "--function", "--source", "sqs", "--accepted", accepted, "--init-time-limit",
                  "900000", "--", "sh", "-c", "exec 9>'" + fifo + "'; setsid sleep 1000 & sleep 1000"});
  const int alive = open(fifo.c_str(), O_RDONLY);  // waits until the function has opened it
  kill(-tool, SIGINT);
  int status = 0;
  waitpid(tool, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << status;
  char byte = 0;
  EXPECT_EQ(read(alive, &byte, 1), 0) << "the end of the pipe, which comes when nobody holds it";
  close(alive);
  unlink(fifo.c_str());
}

TEST(VerifyFunction, EndsWithStatus2AndTheLogWhenTheFunctionDoesNotStart) {
  const ToolRun run = run_tool({"verify", "--function", "--source", "sqs", "--accepted", accepted, "--", "sh",
                                "-c", "echo no such module; exit 3"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.error, AllOf(HasSubstr("sh ended before it asked for an invocation: exit status 3"),
                               HasSubstr("no such module")));
}

TEST(VerifyFunction, PrintsALogLineByLine) {
  const ToolRun run = run_tool({"verify", "--function", "--source", "sqs", "--accepted", accepted, "--", "sh",
                                "-c", "echo Traceback:; echo '  line 24'; exit 3"});
  EXPECT_THAT(run.error,
              HasSubstr("\nbatchproof: it printed:\nbatchproof:   Traceback:\nbatchproof:     line 24\n"));
}

TEST(VerifyFunction, EndsWithStatus2WhenThereIsNoCommandOrItNeverAsks) {
  const auto error_of = [](std::vector<std::string> command) {
    command.insert(command.begin(), {"verify", "--function", "--source", "sqs", "--accepted", accepted,
                                     "--init-time-limit", "50", "--"});
    const ToolRun run = run_tool(command);
    EXPECT_EQ(run.status, 2) << run.out;
    return run.error;
  };
  EXPECT_THAT(error_of({"no-such-command"}),
              HasSubstr("no-such-command cannot be started: No such file or directory"));
  EXPECT_THAT(error_of({"sleep", "1000"}), HasSubstr("sleep did not ask for an invocation within 50 ms"));
}

TEST(VerifyFunction, PrintsTheEndOfALongLogAlone) {
  const ToolRun run = run_tool({"verify", "--function", "--source", "sqs", "--accepted", accepted, "--", "sh",
                                "-c", "head -c 5000000 /dev/zero | tr '\\0' x; echo no such module; exit 3"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.error, AllOf(HasSubstr("its log ends: xxx"), HasSubstr("xno such module\n")));
  EXPECT_THAT(run.error, HasSubstr(std::string(3900, 'x')));
  EXPECT_LT(run.error.size(), 4500U);
}

TEST(VerifyFunction, NamesWhatIsMissing) {
  EXPECT_THAT(run_tool({"verify", "--function", "--source", "sqs", "--", "sh"}).error,
              HasSubstr("--accepted FILE"));
  EXPECT_THAT(run_tool({"verify", "--function", "--accepted", accepted, "--", "sh"}).error,
              HasSubstr("--source"));
  EXPECT_THAT(run_tool({"verify", "--function", "--source", "sqs", "--accepted", accepted}).error,
              HasSubstr("a command after --"));
}

TEST(VerifyFunction, RefusesClaimsThatItsSourceCannotMean) {
  const auto expect_refused = [](const char* source, const std::vector<std::string>& claims,
                                 const char* reason) {
    std::vector<std::string> arguments{"verify", "--function", "--source", source, "--accepted", accepted};
    arguments.insert(arguments.end(), claims.begin(), claims.end());
    arguments.insert(arguments.end(), {"--", "no-such-command"});
    expect_one_complaint(run_tool(arguments), reason);
  };
  for (const char* const source : {"sqs", "kinesis", "kafka"})
    expect_refused(source, {"--skip-group-on-error"}, "--skip-group-on-error is for FIFO queues");
  expect_refused("sqs_fifo", {"--skip-group-on-error", "--stop-on-first-failure"}, "exclude each other");
  for (const char* const source : {"sqs", "sqs_fifo", "sqs_pipe"})
    expect_refused(source, {"--order-by-key"}, "--order-by-key is for Kafka and streams");
  const char* const none = "no-such-command cannot be started";
  expect_refused("sqs_fifo", {"--skip-group-on-error"}, none);
  expect_refused("sqs", {"--stop-on-first-failure"}, none);
  expect_refused("kafka", {"--order-by-key"}, none);
}

TEST(FunctionOptions, SayWhatIsWrongWithTheExpressionOfHandled) {
  const std::vector<std::vector<std::string>> commands{
      {"verify", "--source", "sqs", "--accepted", accepted},
      {"simulate", "--source", "sqs", "--accepted", accepted, "--rejected", rejected}};
  for (std::vector<std::string> command : commands) {
    command.insert(command.end(), {"--handled", "handled (", "--function", "--", "sh"});
    expect_one_complaint(run_tool(command),
                         R"(--handled: "handled (" is not a regular expression: missing ): handled ()");
  }
}

/// The complaint about a verification with these options before and behind `--`.
ToolRun refused(std::vector<std::string> options, const std::vector<std::string>& command = {"sh"}) {
  options.insert(options.begin(), {"verify", "--function"});
  options.emplace_back("--");
  options.insert(options.end(), command.begin(), command.end());
  return run_tool(options);
}

TEST(VerifyFunction, NamesTheOptionsThatAreWrong) {
  const std::vector<std::string> sqs{"--source", "sqs", "--accepted", accepted};
  const auto with = [&](std::initializer_list<std::string> more) {
    std::vector<std::string> options = sqs;
    options.insert(options.end(), more);
    return options;
  };
  expect_one_complaint(refused(with({"--rejected", accepted})),
                       "--accepted and --rejected: this payload is in both lists");
  expect_one_complaint(refused(with({"--largest-batch", "0"})), "--largest-batch 0 needs --hostile");
  expect_one_complaint(refused(with({"--env", "AWS_LAMBDA_RUNTIME_API=here"})), "--env cannot set ");
  expect_one_complaint(refused(sqs, {""}), "--function needs a command after --");
}

TEST(VerifyFunction, RefusesALargerBatchThanTheQueueHas) {
  const std::string reason = "--largest-batch is 11, and a batch of sqs_fifo has up to 10 records";
  const std::vector<std::string> fifo{"--source", "fifo", "--accepted", accepted, "--largest-batch"};
  const auto with = [&](const char* number) {
    std::vector<std::string> options = fifo;
    options.emplace_back(number);
    return options;
  };
  expect_one_complaint(refused(with("11")), reason);
  expect_one_complaint(refused(with("10"), {"no-such-command"}), "no-such-command cannot be started");
  expect_one_complaint(run_tool({"verify", "--source", "fifo", "--largest-batch", "11"}), reason);
}

TEST(VerifyFunction, NamesTheFileAndTheLineOfAPayloadThatIsNoItem) {
  const std::string items = write_file("items", "{\"quantity\": {\"N\": \"2\"}}\n{\"quantity\": 2}\n");
  const std::string reason = "line 2 of " + items + " is not DynamoDB JSON: ";
  for (const char* const option : {"--accepted", "--rejected"}) {
    expect_one_complaint(refused({"--source", "dynamodb", option, items}), reason);
    expect_one_complaint(run_tool({"simulate", "--source", "dynamodb", "--messages", "1", option, items}),
                         reason);
  }
  const std::string folder = scratch_path("folder_of_items");
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/one") << "not json";
  expect_one_complaint(refused({"--source", "dynamodb", "--accepted", folder}),
                       folder + "/one is not DynamoDB");
  std::filesystem::remove_all(folder);
}

TEST(VerifyFunction, NamesTheFileAndTheLineOfABodyThatIsNotUtf8) {
  const std::string bodies = write_file("bodies", "{\"quantity\": 2}\n\xFF\n");
  expect_one_complaint(refused({"--source", "sqs", "--accepted", accepted, "--rejected", bodies}),
                       "line 2 of " + bodies + " is not UTF-8");
  expect_one_complaint(refused({"--source", "kinesis", "--rejected", bodies}, {"no-such-command"}),
                       "no-such-command cannot be started");
}

TEST(VerifyFunction, LeavesTheCommandAsItIs) {
  const ToolRun run = run_tool({"process", event_path, "--function", "--", "sh", "-c", "echo \"$@\"; exit 1",
                                "sh", "--json", "--function", "--", "{}"});
  EXPECT_THAT(run.error, HasSubstr("it printed: --json --function -- {}"));
}

TEST(VerifyFunction, JudgesAFunctionBehindAPipe) {
  const auto verify = [](const std::string& name) {
    return run_tool(with_function({"verify", "--source", "kinesis_pipe", "--accepted", accepted, "--rejected",
                                   rejected, "--cases", "30", "--seed", "7"},
                                  name));
  };
  const ToolRun right = verify("pipe_kinesis_right");
  EXPECT_EQ(right.status, 0) << right.out << right.error;
  const ToolRun broken = verify("pipe_kinesis_first_failure");
  EXPECT_EQ(broken.status, 1) << broken.error;
  EXPECT_THAT(broken.out, HasSubstr("the law partition is violated"));
}

TEST(VerifyFunction, SaysWhenRemovalsFail) {
  const std::string items = write_file("items", R"({"quantity":{"N":"2"}})");
  const ToolRun run = run_tool(with_function(
      {"verify", "--source", "dynamodb", "--accepted", items, "--cases", "30"}, "dynamodb_needs_new_image"));
  EXPECT_EQ(run.status, 0) << run.out << run.error;
  EXPECT_THAT(in_one_line(run.out), HasSubstr("note: removals fail (REMOVE, which has no NewImage)"));
}

}  // namespace
}  // namespace batchproof::tools
