// docs/json_output.md lists the fields that the commands print, and no others; see ZooCommand for those of
// zoo.

#include <batchproof/fixtures/events.hpp>
#include <string>
#include <vector>

#include "documented_fields.hpp"

namespace batchproof::tools {
namespace {

TEST(JsonOutput, OfProcessIsDocumented) {
  const std::string event = fixtures::kinesis_event({{.sequence_number = "1"}, {.sequence_number = "2"}});
  const std::string kafka_event = fixtures::kafka_event({{.offset = 1}, {.offset = 2}});
  const std::string event_of_window = event.substr(0, event.rfind('}')) +
                                      R"(,"state":{"folded":["0"]},"window":)"
                                      R"({"start":"2020-12-09T07:04:00Z","end":"2020-12-09T07:06:00Z"}})";
  expect_documented("batchproof process",
                    {run_tool({"process", "-", "--json", "--fail-nth", "2"}, event),
                     run_tool({"process", "-", "--json", "--fail-nth", "1,2"}, event),
                     run_tool({"process", "-", "--json", "--fail-nth", "2"}, kafka_event),
                     run_tool({"process", "-", "--json"}, event_of_window)});
}

TEST(JsonOutput, OfVerifyIsDocumented) {
  const auto verify = [](const std::string& subject) {
    return run_tool({"verify", "--json", "--seed", "7", "--subject", subject});
  };
  const std::string source = BATCHPROOF_SOURCE_DIR;
  const std::string good = write_file("good", "{\"quantity\": 2}\n");
  const std::string bad = write_file("bad", "{\"quantity\": 0}\n");
  const auto verify_function = [&](const std::string& folder, const std::string& name,
                                   const std::string& kind = "sqs") {
    return run_tool({"verify", "--json", "--seed", "7", "--source", kind, "--accepted", good, "--rejected",
                     bad, "--function", "--working-directory", source + "/tests/blackbox/" + folder, "--env",
                     "_HANDLER=" + name + ".handler", "--", BATCHPROOF_NODE,
                     source + "/examples/any_language/node_loop/runtime.mjs"});
  };
  std::vector<std::string> merge{"merge", "--json"};
  for (const char* const shard : {"0/2", "1/2"}) {
    const ToolRun run = run_tool(
        {"verify", "--json", "--seed", "7", "--subject", "broken:skip_group_ignored", "--shard", shard});
    merge.push_back(write_file(std::string("shard_") + shard[0], run.out));
  }
  expect_documented(
      "batchproof verify",
      {run_tool(merge),
       run_tool({"verify", "--json", "--seed", "7", "--cases", "5", "--source", "sqs", "--shard", "0/2"}),
       run_tool({"verify", "--json", "--seed", "7", "--cases", "5", "--source", "sqs"}),
       verify("broken:skip_group_ignored"), verify("broken:looks_at_two_of_three"),
       verify("broken:remembers_verdicts"), verify("broken:books_before_it_looks"),
       verify("broken:keeps_failed_groups"), verify("broken:ignores_the_deadline"),
       verify("broken:fails_after_a_text"), verify_function("corpus", "marks_before_the_work"),
       verify_function("corpus", "window_keeps_the_old_state", "kinesis_window"),
       verify_function("verify_function", "gives_up_after_three_receives")});
  expect_documented("batchproof verify --list-subjects", {run_tool({"verify", "--list-subjects", "--json"})});
}

TEST(JsonOutput, OfReplayIsDocumented) {
  const std::string event = write_file("saved.json", fixtures::sqs_event({{.message_id = "m1"}}));
  const std::string saved = write_file("saved.case.json", R"({"law":"total","source":"sqs","pattern":"x"})");
  expect_documented("batchproof replay", {run_tool({"replay", saved, "--json"})});
}

TEST(JsonOutput, OfSimulateIsDocumented) {
  const ToolRun endless = run_tool({"simulate", "--source", "kinesis", "--groups", "1", "--poison", "1",
                                    "--messages", "100", "--seed", "7", "--json"});
  EXPECT_FALSE(nlohmann::json::parse(endless.out).at("notes").empty()) << endless.out;
  EXPECT_EQ(endless.error, "");
  expect_documented("batchproof simulate", {endless, run_tool({"simulate", "--messages", "20", "--poison",
                                                               "2", "--seed", "7", "--compare", "--json"})});
}

TEST(JsonOutput, OfLintIsDocumented) {
  const std::string templates = BATCHPROOF_SOURCE_DIR "/tests/lint/templates/";
  const std::string ignoring =
      "Metadata: {batchproof: {ignore: {no-dead-letter-queue: orders may be lost}}}\n"
      "Resources: {Orders: {Type: AWS::SQS::Queue}, Handler: {Type: AWS::Serverless::Function,"
      " Properties: {Events: {New: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}}}}}\n";
  expect_documented("batchproof lint", {run_tool({"lint", "--json", templates + "wrong/fifo-window.yaml",
                                                  templates + "unresolved/imported.yaml", "/nowhere.yaml"}),
                                        run_tool({"lint", "--json", "-"}, ignoring)});
  expect_documented("batchproof lint --list-rules", {run_tool({"lint", "--list-rules", "--json"})});
}

}  // namespace
}  // namespace batchproof::tools
