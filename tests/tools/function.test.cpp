// --function: the commands with a Lambda function in place of this library's processor.

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

#include "documented_fields.hpp"
#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string accepted = write_file("accepted", "{\"quantity\": 2}\n{\"quantity\": 7}\n");
const std::string rejected = write_file("rejected", "{\"quantity\": 0}\nnot json\n");
const std::string event_path = BATCHPROOF_SOURCE_DIR "/fixtures/events/sample_orders/sqs.json";

/// The arguments, and behind `--` a function of Node: one of the corpus, or the example.
std::vector<std::string> with_function(std::vector<std::string> arguments, const std::string& name = "",
                                       const std::string& folder = "corpus") {
  const std::string source = BATCHPROOF_SOURCE_DIR;
  const std::string example = source + "/examples/any_language/node_loop";
  arguments.insert(arguments.end(), {"--function", "--working-directory"});
  arguments.push_back(name.empty() ? example : source + "/tests/blackbox/" + folder);
  arguments.insert(arguments.end(), {"--env", "_HANDLER=" + (name.empty() ? "index" : name) + ".handler"});
  arguments.insert(arguments.end(), {"--time-limit", "60000", "--init-time-limit", "60000", "--"});
  arguments.insert(arguments.end(), {BATCHPROOF_NODE, example + "/runtime.mjs"});
  return arguments;
}

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
  const ToolRun json = verify_function({"--handled", "processed ([0-9a-f-]+)", "--json"});
  EXPECT_THAT(nlohmann::json::parse(json.out).at("runs").at(0).at("report").at("notes").dump(),
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
    const auto json = nlohmann::json::parse(run.out);
    for (const auto& law : json.at("runs").at(0).at("report").at("laws")) {
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

TEST(ProcessFunction, ShowsTheAnswerAndWhatTheServiceMakesOfIt) {
  const ToolRun run = run_tool(with_function({"process", event_path}));
  EXPECT_EQ(run.status, 0) << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("response  {\"batchItemFailures\":"), HasSubstr("service   "),
                             HasSubstr("    handled ")));
}

TEST(ProcessFunction, StartsAStreamAgainAtItsLowestFailure) {
  const ToolRun run = run_tool(with_function({"process", sample_event("kinesis")}, "kinesis_right"));
  EXPECT_EQ(run.status, 0) << run.error;
  EXPECT_THAT(run.out,
              HasSubstr("service   starts again at 49590338271490256608559692538361571095921575989136588950: "
                        "it delivers that record and each one after it again\n"));
}

TEST(ProcessFunction, ReadsTheOffsetsOfKafka) {
  const ToolRun run = run_tool(with_function({"process", sample_event("kafka")}, "kafka_right"));
  EXPECT_EQ(run.status, 0) << run.error;
  EXPECT_THAT(run.out,
              HasSubstr("service   delivers again {\"partition\":\"orders-0\",\"offset\":16}, perhaps "
                        "with those after it in its partition\n"));
}

TEST(ProcessFunction, TakesARecordOfAnotherBatchForAFailureOfTheWholeBatch) {
  const ToolRun run = run_tool(with_function({"process", event_path}, "receipt_handle"));
  EXPECT_THAT(run.out,
              ::testing::ContainsRegex("service   delivers the whole batch again: .* is not in the batch"));
}

TEST(ProcessFunction, PrintsTheDocumentedFields) {
  expect_documented("batchproof process --function",
                    {run_tool(with_function({"process", event_path, "--json"})),
                     run_tool(with_function({"process", event_path, "--json"}, "exits"))});
}

TEST(ProcessFunction, PrintsJsonUnlessTheFunctionNeverAsked) {
  const ToolRun ends = run_tool(with_function({"process", event_path, "--json"}, "exits"));
  EXPECT_EQ(ends.status, 1) << ends.error;
  const auto facts = nlohmann::json::parse(ends.out);
  EXPECT_EQ(facts.at("end"), "ended");
  EXPECT_THAT(facts.at("problem").get<std::string>(), HasSubstr("ended before it answered"));
  const ToolRun never_asks =
      run_tool({"process", event_path, "--json", "--function", "--", "sh", "-c", "exit 3"});
  EXPECT_EQ(never_asks.status, 2);
  EXPECT_EQ(never_asks.out, "");
  EXPECT_THAT(never_asks.error, HasSubstr("before it asked"));
}

TEST(ReplayFunction, JudgesASavedCaseByTheLawsOfFunctions) {
  const std::string path = write_file(
      "lost.json",
      R"({"Records":[{"messageId":"m0","receiptHandle":"r","body":"not json","attributes":{},"messageAttributes":{},)"
      R"("md5OfBody":"","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:us-east-1:123456789012:q",)"
      R"("awsRegion":"us-east-1"}]})");
  std::filesystem::path description = path;
  description.replace_extension(".case.json");
  std::ofstream(description) << R"({"law":"nothing-lost","source":"sqs","pattern":"x"})";
  EXPECT_EQ(run_tool(with_function({"replay", path})).status, 0);
  const ToolRun run = run_tool(with_function({"replay", path}, "never_reports"));
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, HasSubstr("violated by"));
}

TEST(ReplayFunction, SaysThatALawCannotBeJudged) {
  const std::string path = write_file("handled.json", read_file(event_path));
  std::filesystem::path description = path;
  description.replace_extension(".case.json");
  std::ofstream(description) << R"({"law":"once-in-order","source":"sqs","pattern":"oooo"})";
  const ToolRun run = run_tool(with_function({"replay", path}));
  EXPECT_EQ(run.status, 2) << run.out << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("not judged"), HasSubstr("--handled")));
  const ToolRun as_json = run_tool(with_function({"replay", path, "--json"}));
  EXPECT_EQ(as_json.status, 2);
  EXPECT_EQ(nlohmann::json::parse(as_json.out).at("passed"), false);
}

TEST(ReplayFunction, SaysThatTheExpressionMatchesNothingInTheLog) {
  const std::string path = write_file("unseen.json", read_file(event_path));
  std::filesystem::path description = path;
  description.replace_extension(".case.json");
  std::ofstream(description) << R"({"law":"once-in-order","source":"sqs","pattern":"oooo"})";
  const std::string note = "the expression matched nothing in its logs";
  const std::vector<std::string> arguments{"replay", path, "--handled", "processed (\\S+)"};
  EXPECT_THAT(run_tool(with_function(arguments)).out,
              HasSubstr("\n  note      what it handled cannot be seen"));
  std::vector<std::string> as_json = arguments;
  as_json.emplace_back("--json");
  const auto cases = nlohmann::json::parse(run_tool(with_function(as_json)).out).at("cases");
  EXPECT_THAT(cases.at(0).at("report").at("notes").dump(), HasSubstr(note));
  const ToolRun seen = run_tool(with_function({"replay", path, "--handled", "handled (\\S+)"}));
  EXPECT_THAT(seen.out, Not(HasSubstr("note ")));
}

TEST(SimulateFunction, EndsWithStatus2WhenTheFunctionDoesNotStart) {
  const ToolRun run = run_tool({"simulate", "--function", "--accepted", accepted, "--messages", "3", "--",
                                "sh", "-c", "echo no such module; exit 3"});
  EXPECT_EQ(run.status, 2) << run.out;
  EXPECT_THAT(run.error, AllOf(HasSubstr("before it asked"), HasSubstr("no such module")));
}

// The service reads its answer as that of a window.
TEST(ProcessFunction, HandsAFunctionTheEventOfAWindow) {
  const std::string path = write_file(
      "window.json", R"({"Records":[{"kinesis":{"partitionKey":"k","sequenceNumber":"7","data":"eA=="},)"
                     R"("eventSource":"aws:kinesis","eventID":"shardId-1:7"}],"state":{},)"
                     R"("window":{"start":"2020-12-09T07:04:00Z","end":"2020-12-09T07:06:00Z"}})");
  const ToolRun run = run_tool(with_function({"process", path}));
  EXPECT_EQ(run.status, 0) << run.error;
  EXPECT_THAT(run.out,
              HasSubstr("delivers the whole batch again: the response holds no state of the window"));
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

TEST(SimulateFunction, RefusesWindowsWhoseStateItDoesNotKnow) {
  expect_one_complaint(run_tool(with_function({"simulate", "--source", "kinesis_window"})),
                       "what counts there is the function's own state");
}

// The trace is one of a world of this library's processor.
TEST(SimulateFunction, RefusesATraceAndSaysSoInItsHelp) {
  expect_one_complaint(run_tool(with_function({"simulate", "--replay", "trace.jsonl"})), "--replay");
  EXPECT_THAT(run_tool({"simulate", "--help"}).out,
              AllOf(ContainsRegex("every\\s+source\\s+but\\s+those\\s+with\\s+windows"),
                    ContainsRegex("not\\s+for\\s+--replay"), ContainsRegex("capture\\s+group"),
                    HasSubstr(R"({"partition":"orders-0","offset":16})")));
}

ToolRun simulate_function(std::vector<std::string> options, const std::string& name, const char* messages,
                          const std::string& folder = "corpus") {
  options.insert(options.begin(), {"simulate", "--accepted", accepted, "--rejected", rejected, "--messages",
                                   messages, "--batch-size", "4", "--poison", "1", "--seed", "7"});
  return run_tool(with_function(std::move(options), name, folder));
}

TEST(SimulateFunction, KeepsEveryMessageInAWorldOfCrashesAndTimeOuts) {
  for (const char* const source : {"sqs", "kinesis"}) {
    const bool is_queue = source == std::string("sqs");
    const ToolRun run = simulate_function(
        {"--source", source, "--crash-rate", "0.1", "--timeout-rate", "0.1", "--lost-response-rate", "0.1",
         is_queue ? "--max-receive-count" : "--retries", "5"},
        is_queue ? "" : "kinesis_right", "20");
    EXPECT_EQ(run.status, 0) << source << run.out << run.error;
    EXPECT_THAT(run.out, HasSubstr("very law held"));
  }
}

/// Lambda then gives the next batch to another process.
TEST(SimulateFunction, DeliversNothingAgainWhenAProcessEndsAfterItsAnswer) {
  const std::string folder = BATCHPROOF_SOURCE_DIR "/tests/blackbox/verify_function";
  const ToolRun run = run_tool({"simulate",
                                "--accepted",
                                accepted,
                                "--rejected",
                                rejected,
                                "--messages",
                                "8",
                                "--seed",
                                "7",
                                "--function",
                                "--working-directory",
                                folder,
                                "--env",
                                "BREAKS=ends_after_its_answer",
                                "--time-limit",
                                "60000",
                                "--init-time-limit",
                                "60000",
                                "--",
                                BATCHPROOF_NODE,
                                "breaks_rules.mjs"});
  EXPECT_EQ(run.status, 0) << run.out << run.error;
}

TEST(SimulateFunction, PlaysAPipe) {
  const auto simulate = [](const std::string& name) {
    return run_tool(with_function(
        {"simulate", "--source", "kinesis_pipe", "--accepted", accepted, "--rejected", rejected, "--messages",
         "12", "--batch-size", "4", "--groups", "1", "--poison", "8", "--retries", "1", "--seed", "7"},
        name));
  };
  const ToolRun right = simulate("pipe_kinesis_right");
  EXPECT_EQ(right.status, 0) << right.out << right.error;
  EXPECT_THAT(right.out, HasSubstr("Every law held"));
  // The pipe delivers nothing after the reported failure again.
  const ToolRun broken = simulate("pipe_kinesis_first_failure");
  EXPECT_EQ(broken.status, 1) << broken.out << broken.error;
  EXPECT_THAT(broken.out, HasSubstr("the smallest world"));
}

TEST(SimulateFunction, HasPoisonMessagesWherePayloadsAreToBeRejected) {
  const ToolRun run = run_tool(with_function(
      {"simulate", "--accepted", accepted, "--rejected", rejected, "--messages", "21", "--seed", "7"},
      "never_reports"));
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, HasSubstr("lost                             3"));
  EXPECT_THAT(run.error, HasSubstr("searches for a smaller world"));
}

TEST(SimulateFunction, SaysWhyTheServiceReadsNoListInTheAnswer) {
  const ToolRun run = simulate_function({}, "wrong_name_of_the_identifier", "3");
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, ContainsRegex("which failed as a whole: an element of\\s+batchItemFailures names no"));
}

TEST(SimulateFunction, PlaysSeveralPartitionsOfKafkaInABatch) {
  const auto simulate = [](const std::string& variable) {
    return run_tool(with_function(
        {"simulate", "--source", "kafka", "--accepted", accepted, "--rejected", rejected, "--messages", "20",
         "--batch-size", "8", "--poison", "6", "--retries", "1", "--seed", "7", "--env", variable},
        "kafka_stops_at_a_failure", "verify_function"));
  };
  const ToolRun right = simulate("READS_ONE_PARTITION=");
  EXPECT_EQ(right.status, 0) << right.out << right.error;
  const ToolRun broken = simulate("READS_ONE_PARTITION=1");
  EXPECT_EQ(broken.status, 1) << broken.out << broken.error;
  EXPECT_THAT(broken.out, HasSubstr("the smallest world"));
}

TEST(SimulateFunction, NamesARemovalThatTheFunctionTakesForAnOrder) {
  const std::string items = write_file("items", R"({"quantity":{"N":"2"}})");
  const ToolRun run = run_tool(with_function({"simulate", "--source", "dynamodb", "--accepted", items,
                                              "--messages", "200", "--retries", "1", "--seed", "7"},
                                             "dynamodb_needs_new_image"));
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, ContainsRegex("a removal, which\\s+has\\s+no\\s+NewImage\\)\\s+is"));
}

TEST(VerifyFunction, SaysWhenRemovalsFail) {
  const std::string items = write_file("items", R"({"quantity":{"N":"2"}})");
  const ToolRun run = run_tool(with_function(
      {"verify", "--source", "dynamodb", "--accepted", items, "--cases", "30"}, "dynamodb_needs_new_image"));
  EXPECT_EQ(run.status, 0) << run.out << run.error;
  EXPECT_THAT(in_one_line(run.out), HasSubstr("note: removals fail (REMOVE, which has no NewImage)"));
}

TEST(SimulateFunction, MayFailAsAWholeWhereNoAnswerIsReadOrByItsDesign) {
  for (const char* const option : {"--no-reporting", "--all-or-nothing"}) {
    const ToolRun run = simulate_function({option}, "throws_for_one", "20");
    EXPECT_EQ(run.status, 0) << run.out << run.error;
  }
  EXPECT_THAT(simulate_function({}, "throws_for_one", "20").out, HasSubstr("needed-redelivery violated"));
  EXPECT_THAT(simulate_function({"--no-reporting"}, "right_sqs", "20").out, HasSubstr("nothing-vanishes"));
}

/// Each design through its answer, on a queue that reads it.
TEST(SimulateFunction, MayStopEarlyOrBringAllBackByItsDesign) {
  const ToolRun breaker =
      simulate_function({"--stops-early"}, "reports_from_the_first_failure", "30", "verify_function");
  EXPECT_EQ(breaker.status, 0) << breaker.out << breaker.error;
  const ToolRun undesigned = simulate_function({}, "reports_from_the_first_failure", "30", "verify_function");
  EXPECT_THAT(undesigned.out, HasSubstr("needed-redelivery violated"));
  EXPECT_THAT(in_one_line(undesigned.error),
              HasSubstr("stops at its first failure: --stop-on-first-failure"));
  const ToolRun all =
      simulate_function({"--all-or-nothing"}, "reports_an_empty_identifier", "30", "verify_function");
  EXPECT_EQ(all.status, 0) << all.out << all.error;
}

TEST(SimulateFunction, NamesTheClaimThatTheFunctionLeftOut) {
  const ToolRun run =
      run_tool(with_function({"simulate", "--source", "sqs_fifo", "--groups", "10", "--accepted", accepted,
                              "--rejected", rejected, "--messages", "100", "--poison", "5", "--seed", "3"},
                             "fifo_skip_right"));
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(in_one_line(run.error), HasSubstr("after a failure: --skip-group-on-error, if that is meant"));
}

ToolRun simulate_fifo(std::vector<std::string> options) {
  options.insert(options.begin(), {"--source", "sqs_fifo", "--groups", "1"});
  return simulate_function(std::move(options), "fifo_reports_failures_alone", "20", "verify_function");
}

// The answers of both functions are the same, so that nobody can tell them apart by these.
TEST(SimulateFunction, SaysThatAMessageBehindAFailureIsOutOfOrderOrLost) {
  for (const char* const variable : {"GOES_ON=1", "GOES_ON="}) {
    const ToolRun run = simulate_fifo({"--env", variable});
    EXPECT_EQ(run.status, 1) << run.out << run.error;
    EXPECT_THAT(run.out,
                AllOf(HasSubstr("the law group-order is violated"),
                      ContainsRegex("handled out of order, or is\\s+lost"), ContainsRegex("\n  lost +0\n")));
    EXPECT_THAT(in_one_line(run.error), HasSubstr("--handled finds in its log what it handled"));
  }
}

TEST(SimulateFunction, TellsOutOfOrderFromLostByTheLog) {
  const ToolRun goes_on = simulate_fifo({"--env", "GOES_ON=1", "--handled", "handled (\\S+)"});
  EXPECT_THAT(goes_on.out, AllOf(HasSubstr("the law group-order is violated"), Not(HasSubstr("or is lost")),
                                 ContainsRegex("\n  lost +0\n"), ContainsRegex("\n    never tried +0\n")));
  const ToolRun stops = simulate_fifo({"--handled", "handled (\\S+)"});
  EXPECT_THAT(stops.out, AllOf(HasSubstr("the law nothing-vanishes is violated"),
                               ContainsRegex("\n  lost +[1-9]"), ContainsRegex("\n  handler calls +[1-9]")));
  EXPECT_THAT(goes_on.error + stops.error, Not(HasSubstr("--handled")));
}

// The first of each batch is neither handled nor reported.
TEST(SimulateFunction, SaysThatItAssumesWhatItDoesNotSee) {
  const std::vector<std::string> handled{"--handled", "handled (\\S+)"};
  const std::string note =
      "does not report counts as handled: `processed` and `lost` rest on its answers alone";
  const ToolRun passed = simulate_function({}, "forgets_the_first", "8", "verify_function");
  EXPECT_EQ(passed.status, 0) << passed.out << passed.error;
  EXPECT_THAT(in_one_line(passed.error), HasSubstr(note));
  const ToolRun seen = simulate_function(handled, "forgets_the_first", "8", "verify_function");
  EXPECT_EQ(seen.status, 1) << seen.out << seen.error;
  EXPECT_THAT(seen.out, HasSubstr("nothing-vanishes violated"));
  EXPECT_THAT(in_one_line(seen.error), Not(HasSubstr("counts as handled")));
  const ToolRun json = simulate_function({"--json"}, "forgets_the_first", "8", "verify_function");
  EXPECT_THAT(nlohmann::json::parse(json.out).at("notes").dump(), HasSubstr(note));
  EXPECT_EQ(json.error, "");
}

TEST(SimulateFunction, SaysThatTheExpressionMatchesNothingInTheLog) {
  const ToolRun run = simulate_function({"--handled", "processed (\\S+)"}, "", "8", "verify_function");
  EXPECT_THAT(in_one_line(run.error), AllOf(HasSubstr("--handled found no record"),
                                            HasSubstr("its capture group"), Not(HasSubstr("JSON object"))));
}

// A function that failed as a whole may have handled any record of the batch.
TEST(SimulateFunction, CountsNoCallsThatNobodyKnows) {
  const ToolRun run = simulate_function({"--all-or-nothing"}, "throws_for_one", "20");
  EXPECT_EQ(run.status, 0) << run.out << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("dead-lettered"), Not(HasSubstr("never tried")),
                             Not(HasSubstr("handler calls")), Not(HasSubstr("wasted"))));
  const auto facts =
      nlohmann::json::parse(simulate_function({"--all-or-nothing", "--json"}, "throws_for_one", "20").out);
  const nlohmann::json& figures = facts.at("runs").at(0).at("figures");
  for (const char* const name : {"never_tried", "handler_calls", "wasted_handler_calls"})
    EXPECT_TRUE(figures.at(name).is_null()) << name;
}

// Each of them is reported each time, and ends in the dead-letter queue.
TEST(SimulateFunction, CountsNoMessageAsProcessedThatTheFunctionReports) {
  const std::string good = write_file("good_for_none", "not json\n");
  const ToolRun run = run_tool(
      with_function({"simulate", "--accepted", good, "--messages", "6", "--seed", "7"}, "right_sqs"));
  EXPECT_THAT(run.out, AllOf(ContainsRegex("\n  processed +0\n"), ContainsRegex("\n  dead-lettered +6\n"),
                             ContainsRegex("though the\\s+function must\\s+accept it"),
                             Not(HasSubstr("\"handled\""))));
}

TEST(SimulateFunction, GroupsViolationsAndFitsIntoEightyColumns) {
  const ToolRun run = simulate_function({}, "never_reports", "1");
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  std::istringstream lines(run.out);
  for (std::string line; std::getline(lines, line);) {
    const bool is_json = line.find('{') != std::string::npos;
    EXPECT_TRUE(is_json || line.size() <= 80) << line;
  }
}

TEST(SimulateFunction, FailsAsVerifyDoesWithJson) {
  for (const char* const command : {"verify", "simulate"}) {
    const std::vector<std::string> options{command,      "--json", "--source",   "sqs",
                                           "--accepted", accepted, "--function", "--"};
    const auto with = [&](std::vector<std::string> more) {
      std::vector<std::string> arguments = options;
      arguments.insert(arguments.end(), more.begin(), more.end());
      return run_tool(arguments);
    };
    const ToolRun ends = with({"sh", "-c", "exit 3"});
    EXPECT_EQ(ends.status, 2) << command;
    EXPECT_EQ(ends.out, "") << command;
    EXPECT_THAT(ends.error, HasSubstr("before it asked")) << command;
    const ToolRun without_command = with({});
    EXPECT_EQ(without_command.status, 2) << command;
    EXPECT_EQ(without_command.out, "") << command;
  }
}

TEST(SimulateFunction, SaysWhenAReceiveLimitExplainsTheLoss) {
  const ToolRun run = simulate_function({}, "gives_up_after_three_receives", "20", "verify_function");
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  const std::string note = "every law holds where ApproximateReceiveCount is always 1";
  EXPECT_THAT(in_one_line(run.error), HasSubstr(note));
  const ToolRun json =
      simulate_function({"--json"}, "gives_up_after_three_receives", "20", "verify_function");
  EXPECT_THAT(nlohmann::json::parse(json.out).at("notes").dump(), HasSubstr(note));
  EXPECT_EQ(in_one_line(json.error).find(note), std::string::npos);
  const ToolRun said =
      simulate_function({"--record-fields", R"({"attributes": {"ApproximateReceiveCount": "1"}})"},
                        "gives_up_after_three_receives", "20", "verify_function");
  EXPECT_EQ(said.status, 0) << said.out << said.error;
}

TEST(SimulateFunction, SaysWhenTimeOutsCostTheTime) {
  std::vector<std::string> arguments =
      with_function({"simulate", "--accepted", accepted, "--rejected", rejected, "--messages", "2",
                     "--batch-size", "1", "--poison", "2", "--seed", "7"},
                    "hangs");
  std::replace(arguments.begin(), arguments.end(), std::string("60000"), std::string("500"));
  const ToolRun run = run_tool(arguments);
  EXPECT_THAT(in_one_line(run.error), HasSubstr("5 invocations ran into the time limit of 500 ms so far"));
}

TEST(SimulateFunction, ShowsTheWorldInWhichAMessageIsLost) {
  const ToolRun run = simulate_function({}, "never_reports", "1");
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, HasSubstr("the smallest world"));
}

TEST(SimulateFunction, MayFailAsAWholeWhenEveryRecordFailed) {
  const ToolRun throws = simulate_function({}, "throws_when_all_failed", "8");
  EXPECT_EQ(throws.status, 0) << throws.out << throws.error;
  const ToolRun ends = simulate_function({}, "exits", "1");
  EXPECT_EQ(ends.status, 0) << ends.out << ends.error;
  // The messages behind the rejected one were not handled, so they failed too.
  const ToolRun fifo =
      run_tool(with_function({"simulate", "--source", "sqs_fifo", "--groups", "2", "--accepted", accepted,
                              "--rejected", rejected, "--messages", "20", "--poison", "1", "--seed", "7"},
                             "fifo_throws_when_all_failed"));
  EXPECT_EQ(fifo.status, 0) << fifo.out << fifo.error;
}

TEST(SimulateFunction, SearchesForASmallerWorldWithFewCrashes) {
  const std::string crashes = scratch_path("crashes");
  const ToolRun run = run_tool(
      with_function({"simulate", "--accepted", accepted, "--rejected", rejected, "--messages", "8",
                     "--batch-size", "4", "--poison", "1", "--seed", "2", "--env", "CRASHES=" + crashes},
                    "notes_each_crash", "verify_function"));
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("the law needed-redelivery is violated"),
                             HasSubstr("the smallest world"), HasSubstr("\"messages\":2,")));
  const std::string noted = read_file(crashes);
  EXPECT_LE(std::count(noted.begin(), noted.end(), '\n'), 5 + 12 + 2)
      << "in the world, in the search, and in the smallest world:\n"
      << noted;
  unlink(crashes.c_str());
}

TEST(SimulateFunction, NamesTheRuleThatItBreaks) {
  const std::string folder = BATCHPROOF_SOURCE_DIR "/tests/blackbox/verify_function";
  const ToolRun run =
      run_tool({"simulate", "--function", "--accepted", accepted, "--messages", "1", "--env",
                "BREAKS=answers_for_another", "--time-limit", "60000", "--init-time-limit", "60000",
                "--working-directory", folder, "--", BATCHPROOF_NODE, "breaks_rules.mjs"});
  EXPECT_EQ(run.status, 1) << run.out << run.error;
  EXPECT_THAT(run.out,
              HasSubstr("the process ended before it answered: exit status 1; it breaks the rules of the "
                        "Runtime API: it answers for a request id that it was not given"));
}

/// Payloads that the function was not made for would show nothing about it.
TEST(SimulateFunction, NamesThePayloadsThatItNeeds) {
  expect_one_complaint(run_tool(with_function({"simulate", "--messages", "1"})), "--accepted FILE");
  expect_one_complaint(
      run_tool(with_function({"simulate", "--messages", "1", "--accepted", accepted, "--poison", "1"})),
      "--rejected FILE");
}

TEST(SimulateFunction, RefusesAPayloadInBothLists) {
  expect_one_complaint(run_tool(with_function({"simulate", "--accepted", accepted, "--rejected", accepted})),
                       "this payload is in both lists, accepted and rejected: {\"quantity\": 2}");
}

TEST(SimulateFunction, RefusesFaultsThatItCannotMake) {
  EXPECT_THAT(simulate_function({"--flaky-rate", "0.5"}, "", "1").error, HasSubstr("decides by the payload"));
}

}  // namespace
}  // namespace batchproof::tools
