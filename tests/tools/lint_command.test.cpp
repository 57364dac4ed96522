#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

namespace fs = std::filesystem;

const std::string wrong_templates = BATCHPROOF_SOURCE_DIR "/tests/lint/templates/wrong/";
const std::string unresolved_template =
    BATCHPROOF_SOURCE_DIR "/tests/lint/templates/unresolved/imported.yaml";

std::vector<std::string> sample_template_paths() {
  std::vector<std::string> paths;
  for (const std::string source : {"sqs", "sqs_fifo", "kinesis", "dynamodb", "kafka", "sqs_idempotent"}) {
    paths.push_back(BATCHPROOF_SOURCE_DIR "/examples/functions/" + source + "/template.yaml");
  }
  return paths;
}

std::vector<std::string> wrong_template_paths() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(wrong_templates))
    paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

ToolRun run_lint(const std::vector<std::string>& paths, const std::string& option = "") {
  std::vector<std::string> arguments{"lint"};
  arguments.insert(arguments.end(), paths.begin(), paths.end());
  if (!option.empty()) arguments.push_back(option);
  return run_tool(arguments);
}

/// The text without the folder that the project happens to be in.
std::string from_project(std::string text) {
  const std::string folder = BATCHPROOF_SOURCE_DIR "/";
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at))
    text.erase(at, folder.size());
  return text;
}

TEST(LintCommand, FindsNothingInTheSampleTemplates) {
  const ToolRun run = run_lint(sample_template_paths());
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.out, "nothing found in 6 event sources, 6 templates\n");
  EXPECT_EQ(run.error, "");
}

TEST(LintCommand, NamesTheFindingOfEachWrongTemplate) {
  const auto paths = wrong_template_paths();
  const ToolRun run = run_lint(paths);
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(run.error, "");
  EXPECT_THAT(run.out, Not(HasSubstr("\x1b")));
  for (const std::string& path : paths) {
    const std::string file = std::filesystem::path(path).filename();
    const std::string rule = file.substr(0, file.find('.'));
    const std::size_t line = run.out.find(path + ":");
    ASSERT_NE(line, std::string::npos) << path;
    EXPECT_THAT(run.out.substr(line), HasSubstr(" " + rule + "\n")) << path;
  }
}

TEST(LintCommand, PrintsWhatItsPageShows) {
  std::string page = read_file(BATCHPROOF_SOURCE_DIR "/docs/lint.md");
  EXPECT_THAT(
      page,
      HasSubstr(from_project(run_lint({wrong_templates + "visibility-timeout-close.window.yaml"}).out)));
}

TEST(LintCommand, NamesWhatCannotBeTold) {
  const ToolRun run = run_lint({unresolved_template});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(
      run.out,
      AllOf(HasSubstr("imported.yaml:24:7: note\n  BatchSize of OrderMapping is not known"),
            HasSubstr("nothing found in 4 event sources, 1 template; 10 notes: not everything was\n")));
}

TEST(LintCommand, SaysTheSameAsJson) {
  const std::string path = wrong_templates + "fifo-window.yaml";
  const ToolRun run = run_lint({path, unresolved_template}, "--json");
  EXPECT_EQ(run.status, 1);
  const json facts = json::parse(run.out);
  EXPECT_EQ(facts.at("passed"), false);
  EXPECT_TRUE(facts.at("refused").empty());
  const json& file = facts.at("files").at(0);
  EXPECT_EQ(file.at("path"), path);
  EXPECT_EQ(file.at("event_sources").at(0).at("name"), "OrderFunction.Orders");
  EXPECT_EQ(file.at("event_sources").at(0).at("source"), "sqs");
  const json& finding = file.at("findings").at(0);
  EXPECT_EQ(finding.at("rule"), "fifo-window");
  EXPECT_EQ(finding.at("severity"), "error");
  EXPECT_GT(finding.at("line"), 1);
  for (const char* const key : {"what", "why", "instead", "aws_page"}) EXPECT_NE(finding.at(key), "") << key;
  EXPECT_EQ(facts.at("files").at(1).at("notes").size(), 10U);
}

TEST(LintCommand, PrintsSarif) {
  const ToolRun run = run_lint({wrong_templates + "bisect-off.yaml", unresolved_template}, "--sarif");
  EXPECT_EQ(run.status, 1);
  const json sarif = json::parse(run.out);
  EXPECT_EQ(sarif.at("version"), "2.1.0");
  EXPECT_THAT(sarif.at("$schema").get<std::string>(), HasSubstr("sarif-2.1.0"));
  const json& only_run = sarif.at("runs").at(0);
  const json& driver = only_run.at("tool").at("driver");
  EXPECT_EQ(driver.at("name"), "batchproof");
  for (const json& rule : driver.at("rules")) {
    EXPECT_NE(rule.at("id"), "");
    EXPECT_NE(rule.at("shortDescription").at("text"), "");
    EXPECT_THAT(rule.at("defaultConfiguration").at("level"), ::testing::AnyOf("error", "warning"));
  }

  const json& result = only_run.at("results").at(0);
  EXPECT_EQ(result.at("ruleId"), "bisect-off");
  EXPECT_EQ(driver.at("rules").at(result.at("ruleIndex").get<std::size_t>()).at("id"), "bisect-off");
  EXPECT_EQ(result.at("level"), "warning");
  EXPECT_THAT(result.at("message").at("text").get<std::string>(),
              StartsWith("BisectBatchOnFunctionError of ClickFunction.Clicks is false"));
  const json& place = result.at("locations").at(0).at("physicalLocation");
  EXPECT_EQ(place.at("artifactLocation").at("uri"), "file://" + wrong_templates + "bisect-off.yaml");
  EXPECT_GT(place.at("region").at("startLine"), 1);

  const json& invocation = only_run.at("invocations").at(0);
  EXPECT_EQ(invocation.at("executionSuccessful"), true);
  EXPECT_EQ(invocation.at("toolExecutionNotifications").size(), 10U);
  EXPECT_EQ(invocation.at("toolExecutionNotifications").at(0).at("level"), "note");
}

TEST(LintCommand, WritesAPathAsAUri) {
  const std::string path = write_file("a b%\xC3\xA9.yaml", read_file(wrong_templates + "bisect-off.yaml"));
  const json sarif = json::parse(run_lint({path}, "--sarif").out);
  const json& place = sarif.at("runs").at(0).at("results").at(0).at("locations").at(0).at("physicalLocation");
  EXPECT_THAT(place.at("artifactLocation").at("uri").get<std::string>(),
              ::testing::EndsWith("a%20b%25%C3%A9.yaml"));
  unlink(path.c_str());
}

TEST(LintCommand, ReadsTheStandardInput) {
  const ToolRun run = run_tool({"lint", "-"}, read_file(wrong_templates + "bisect-off.yaml"));
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.out, StartsWith("-:16:9: warning bisect-off"));
}

TEST(LintCommand, LintsTheOtherFilesWhenOneIsNoTemplate) {
  const std::string text_file = write_file("no_template.txt", "hello");
  const ToolRun run = run_lint({"/nowhere.yaml", wrong_templates + "bisect-off.yaml", text_file});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.out, AllOf(HasSubstr("warning bisect-off"), HasSubstr("1 warning in 1 event source")));
  EXPECT_EQ(
      run.error,
      "batchproof: cannot read /nowhere.yaml: No such file or directory\n"
      "batchproof: " +
          text_file +
          ": not a format that is read: a template of CloudFormation, SAM or CDK has Resources, "
          "serverless.yml has service and functions, and the JSON of terraform show has format_version\n");
  unlink(text_file.c_str());
}

TEST(LintCommand, NamesRefusedFilesForProgramsToo) {
  const ToolRun as_json = run_lint({"/nowhere.yaml"}, "--json");
  EXPECT_EQ(as_json.status, 2);
  const json facts = json::parse(as_json.out);
  EXPECT_EQ(facts.at("passed"), false);
  EXPECT_EQ(facts.at("refused").at(0).at("path"), "/nowhere.yaml");
  const json sarif = json::parse(run_lint({"/nowhere.yaml"}, "--sarif").out);
  EXPECT_EQ(sarif.at("runs").at(0).at("invocations").at(0).at("executionSuccessful"), false);
}

TEST(LintCommand, SaysInOneLineThatItIsNoTemplate) {
  for (const std::string& text :
       {std::string(), std::string("hello"), std::string("{\"Records\": []}"), std::string("a: [b"),
        std::string(100'000, '['), std::string("\x1b[31m\0\xFF", 7)}) {
    const ToolRun run = run_tool({"lint", "-"}, text);
    EXPECT_EQ(run.status, 2) << text.substr(0, 20);
    EXPECT_EQ(run.out, "");
    EXPECT_THAT(run.error, AllOf(StartsWith("batchproof: -: "), Not(HasSubstr("\x1b"))));
    EXPECT_EQ(std::count(run.error.begin(), run.error.end(), '\n'), 1) << run.error;
  }
}

TEST(LintCommand, ChecksTheEventSourcesOfTheSourcesGiven) {
  const std::vector<std::string> paths{wrong_templates + "fifo-window.yaml",
                                       wrong_templates + "kafka-needs-provisioned-pollers.yaml",
                                       wrong_templates + "bisect-off.yaml"};
  const auto rules_of = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"lint", "--json"});
    options.insert(options.end(), paths.begin(), paths.end());
    const json facts = json::parse(run_tool(options).out);
    std::vector<std::string> rules;
    for (const json& file : facts.at("files")) {
      for (const json& finding : file.at("findings")) rules.push_back(finding.at("rule"));
      EXPECT_EQ(file.at("event_sources").size(), file.at("findings").size());
    }
    return rules;
  };
  EXPECT_THAT(rules_of({"--source", "kafka"}), ElementsAre("kafka-needs-provisioned-pollers"));
  EXPECT_THAT(rules_of({"--source", "sqs_fifo"}), ElementsAre("fifo-window"));
  EXPECT_THAT(rules_of({"--source", "sqs"}), IsEmpty());
  EXPECT_THAT(rules_of({"--source", "kafka", "--source", "kinesis"}),
              ElementsAre("kafka-needs-provisioned-pollers", "bisect-off"));
  EXPECT_THAT(rules_of({}), SizeIs(3));
}

TEST(LintCommand, ChecksPipesAloneOrStreamsWithWindowsAlone) {
  const std::string windows = write_file("windows.yaml", R"(
Transform: AWS::Serverless-2016-10-31
Resources:
  CountClicks:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Windows:
          Type: Kinesis
          Properties:
            Stream: arn:aws:kinesis:eu-west-1:111122223333:stream/clicks
            StartingPosition: TRIM_HORIZON
            TumblingWindowInSeconds: 901
)");
  const auto sources_of = [&](const std::string& source) {
    const ToolRun run =
        run_tool({"lint", "--json", "--source", source, wrong_templates + "bisect-off.pipe.yaml",
                  wrong_templates + "bisect-off.yaml", windows});
    std::vector<std::string> names;
    const json facts = json::parse(run.out);
    for (const json& file : facts.at("files")) {
      for (const json& one : file.at("event_sources")) names.push_back(one.at("name"));
    }
    return names;
  };
  EXPECT_THAT(sources_of("dynamodb_pipe"), ElementsAre("ToBus"));
  EXPECT_THAT(sources_of("dynamodb"), ElementsAre("ToBus"));
  EXPECT_THAT(sources_of("kinesis_pipe"), IsEmpty());
  EXPECT_THAT(sources_of("kinesis_window"), ElementsAre("CountClicks.Windows"));
  EXPECT_THAT(sources_of("kinesis"), ElementsAre("ClickFunction.Clicks", "CountClicks.Windows"));
  const ToolRun run = run_tool({"lint", "--source", "kinesis_window", windows});
  EXPECT_THAT(run.out, HasSubstr("setting-out-of-range"));
  EXPECT_THAT(run.out, HasSubstr("TumblingWindowInSeconds"));
  unlink(windows.c_str());
}

TEST(LintCommand, ChecksWhatMayBeOfTheSourceGivenWithItsNotes) {
  const auto notes_of = [](const std::string& source) {
    const ToolRun run = run_tool({"lint", "--json", "--source", source, unresolved_template});
    return json::parse(run.out).at("files").at(0).at("notes").size();
  };
  EXPECT_EQ(notes_of("sqs"), 9U);
  EXPECT_EQ(notes_of("kafka"), 2U);  // of the template itself
}

TEST(LintCommand, RefusesWhatItCannotDo) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"lint"},
                                                    {"lint", "a.yaml", "--json", "--sarif"},
                                                    {"lint", "a.yaml", "--source", "sns"},
                                                    {"lint", "a.yaml", "--nonsense"}}) {
    const ToolRun run = run_tool(arguments);
    EXPECT_EQ(run.status, 2);
    EXPECT_EQ(run.out, "");
    EXPECT_EQ(std::count(run.error.begin(), run.error.end(), '\n'), 1) << run.error;
  }
}

/// A folder with two templates, one of them hidden, and other files.
class Folder {
 public:
  Folder() {
    fs::create_directories(path / "deep" / "node_modules");
    fs::create_directories(path / ".hidden");
    write("deep/queues.yaml", read_file(wrong_templates + "no-dead-letter-queue.yaml"));
    write("broken.yaml", "Resources:\n  A: {Type: AWS::SQS::Queue\n");
    write("package.json", "{\"name\": \"parcels\"}");
    write("values.yaml", "a: 1\n");
    write("cdk.json", R"({"@aws-cdk/opensearchservice:enable": true, "@aws-cdk/stepfunctions:use": true})");
    write("notes.txt", "Resources: AWS::");
    write("deep/node_modules/template.yaml", read_file(wrong_templates + "bisect-off.yaml"));
    write(".hidden/template.yaml", read_file(wrong_templates + "bisect-off.yaml"));
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path / name, std::ios::binary) << text;
  }

  const fs::path path = scratch_path("folder");
};

TEST(LintCommand, WalksFolders) {
  const Folder folder;
  const ToolRun run = run_lint({folder.path});
  EXPECT_EQ(run.status, 2);  // for the broken one
  EXPECT_THAT(run.out, AllOf(HasSubstr("deep/queues.yaml:4:3: error no-dead-letter-queue"),
                             HasSubstr("1 error in 1 event source, 1 template\n")));
  EXPECT_THAT(run.error, HasSubstr("broken.yaml: not YAML: line 3"));
  EXPECT_EQ(std::count(run.error.begin(), run.error.end(), '\n'), 1) << run.error;
}

TEST(LintCommand, RefusesAFolderWithoutTemplates) {
  const Folder folder;
  fs::remove(folder.path / "broken.yaml");
  folder.write("snapshots.json", R"([{"Resources": {"A": {"Type": "AWS::SQS::Queue"}}}])");
  fs::create_directories(folder.path / "empty");
  const std::string empty = folder.path / "empty";
  const ToolRun run = run_lint({empty});
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.error,
            "batchproof: no template found in " + empty +
                ": looked for those of CloudFormation, SAM and CDK, serverless.yml and the JSON of terraform "
                "show in its .yaml, .yml, .json, .template files, also of its subfolders, but not in hidden "
                "folders and node_modules\n");

  const ToolRun both = run_lint({folder.path / "deep", empty});
  EXPECT_EQ(both.status, 2);
  EXPECT_THAT(both.out, HasSubstr("1 error in 1 event source, 1 template\n"));
  EXPECT_THAT(both.error, HasSubstr("no template found in " + empty));

  fs::remove_all(folder.path / "deep");  // what is left is data, and a template in a hidden folder
  const json facts = json::parse(run_lint({folder.path}, "--json").out);
  EXPECT_EQ(facts.at("passed"), false);
  EXPECT_THAT(facts.at("files"), IsEmpty());
  EXPECT_EQ(facts.at("refused").at(0).at("path"), folder.path.string());
  folder.write("empty/broken.yaml", "Resources:\n  A: {Type: AWS::SQS::Queue\n");
  EXPECT_THAT(run_lint({folder.path}).error, Not(HasSubstr("no template found")));
}

TEST(LintCommand, RefusesATemplateOfAFolderThatIsTooLargeAndPassesOverOtherData) {
  const Folder folder;
  std::ofstream(folder.path / "data.json") << "[" << std::string(9U << 20U, ' ') << "]";
  EXPECT_THAT(run_lint({folder.path}).error, Not(HasSubstr("data.json")));
  std::ofstream(folder.path / "huge.yaml") << "Resources: # AWS::" << std::string(9U << 20U, ' ');
  EXPECT_THAT(run_lint({folder.path}).error, HasSubstr("huge.yaml holds more than 8 MiB"));
}

TEST(LintCommand, LeavesOutTheDataOfAFolderThatMentionsTemplates) {
  const Folder folder;
  fs::remove(folder.path / "broken.yaml");
  folder.write("schema.json",
               R"({"properties": {"Resources": {"type": "object"}}, "title": "AWS::SQS::Queue"})");
  folder.write("snapshots.json", R"([{"Resources": {"A": {"Type": "AWS::SQS::Queue"}}}])");
  folder.write("services.yaml", "Resources: {sqs: {Kinds: [queue]}}\nMadeBy: AWS::CloudFormation\n");
  folder.write("state.json", R"({"version": 4, "terraform_version": "1.9.0"})");
  const ToolRun run = run_lint({folder.path});
  EXPECT_EQ(run.error, "");
  EXPECT_THAT(run.out, HasSubstr("1 error in 1 event source, 1 template\n"));
  const ToolRun named = run_lint({folder.path / "schema.json"});
  EXPECT_EQ(named.status, 2);
  EXPECT_THAT(named.error, HasSubstr("schema.json: not a format that is read"));
}

TEST(LintCommand, RefusesATemplateOfAFolderWithoutResources) {
  const Folder folder;
  folder.write("broken.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n# AWS::SQS::Queue\n");
  EXPECT_THAT(run_lint({folder.path}).error, HasSubstr("broken.yaml: line 2: Resources is not a map"));
}

TEST(LintCommand, TakesSeveralTemplatesForOneApplication) {
  const Folder folder;
  folder.write("queue.yaml",
               "Resources: {Jobs: {Type: AWS::SQS::Queue}}\n"
               "Outputs: {Arn: {Value: !GetAtt Jobs.Arn, Export: {Name: jobs}}}\n");
  folder.write("function.yaml",
               "Resources:\n  Work:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n"
               "        Jobs:\n          Type: SQS\n          Properties: {Queue: !ImportValue jobs, "
               "FunctionResponseTypes: [ReportBatchItemFailures]}\n");
  const ToolRun run = run_lint({folder.path / "queue.yaml", folder.path / "function.yaml"});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.out, HasSubstr("queue.yaml:1:13: error no-dead-letter-queue"));
}

TEST(LintCommand, ReadsATemplateOnceThatIsNamedTwice) {
  const Folder folder;
  fs::remove(folder.path / "broken.yaml");
  const std::string queues = folder.path / "deep/queues.yaml";
  const std::string other_path = folder.path / "deep/../deep/queues.yaml";
  for (const std::vector<std::string>& paths :
       {std::vector<std::string>{queues, queues}, {folder.path, other_path}, {other_path, folder.path}}) {
    const ToolRun run = run_lint(paths);
    EXPECT_EQ(run.error, "");
    EXPECT_THAT(run.out, HasSubstr("1 error in 1 event source, 1 template\n"));
  }
  folder.write("schema.json",
               R"({"properties": {"Resources": {"type": "object"}}, "title": "AWS::SQS::Queue"})");
  EXPECT_EQ(run_lint({folder.path}).error, "");
  for (const auto& paths : {std::vector<std::string>{folder.path, folder.path / "schema.json"},
                            {folder.path / "schema.json", folder.path}})
    EXPECT_THAT(run_lint(paths).error, HasSubstr("schema.json: not a format that is read"));
}

TEST(LintCommand, CountsIgnoredFindings) {
  std::string text = read_file(wrong_templates + "bisect-off.yaml");
  text.insert(text.find("        Clicks:\n"),
              "        # batchproof: ignore bisect-off because it never crashes\n");
  const ToolRun run = run_tool({"lint", "-"}, text);
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.out, "nothing found in 1 event source, 1 template; 1 finding ignored\n");
  const json facts = json::parse(run_tool({"lint", "-", "--json"}, text).out);
  EXPECT_EQ(facts.at("passed"), true);
  EXPECT_EQ(facts.at("files").at(0).at("ignored").at(0).at("ignored_because"), "it never crashes");
  const json sarif = json::parse(run_tool({"lint", "-", "--sarif"}, text).out);
  const json& suppression = sarif.at("runs").at(0).at("results").at(0).at("suppressions").at(0);
  EXPECT_EQ(suppression.at("kind"), "inSource");
  EXPECT_EQ(suppression.at("justification"), "it never crashes");
}

TEST(LintCommand, CountsNotesWhenItIsStrict) {
  EXPECT_EQ(run_lint({unresolved_template}).status, 0);
  EXPECT_EQ(run_lint({unresolved_template}, "--strict").status, 1);
  const ToolRun run = run_tool({"lint", unresolved_template, "--strict", "--json"});
  EXPECT_EQ(json::parse(run.out).at("passed"), false);
  EXPECT_EQ(run_lint(sample_template_paths(), "--strict").status, 0);
}

TEST(LintCommand, TakesParameters) {
  const std::string text =
      "Parameters: {Seconds: {Type: Number}}\nResources:\n"
      "  Jobs: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, "
      "maxReceiveCount: 5}}}\n  Dead: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: "
      "1209600}}\n"
      "  Work:\n    Type: AWS::Serverless::Function\n    Properties:\n      Timeout: !Ref Seconds\n"
      "      Events: {Jobs: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn, FunctionResponseTypes: "
      "[ReportBatchItemFailures]}}}\n";
  EXPECT_EQ(run_tool({"lint", "-"}, text).status, 0);
  EXPECT_EQ(run_tool({"lint", "--parameter", "Seconds=5", "-"}, text).status, 0);
  EXPECT_THAT(run_tool({"lint", "--parameter", "Seconds=30", "-"}, text).out,
              HasSubstr("error visibility-timeout-too-short"));
  const ToolRun wrong = run_tool({"lint", "--parameter", "Seconds", "-"}, text);
  EXPECT_EQ(wrong.status, 2);
  EXPECT_EQ(wrong.error, "batchproof: --parameter Seconds: write NAME=VALUE\n");
  const ToolRun misspelt = run_tool({"lint", "--parameter", "seconds=5", "-"}, text);
  EXPECT_EQ(misspelt.status, 2);
  EXPECT_EQ(misspelt.error,
            "batchproof: --parameter seconds: no template has this parameter; they have Seconds\n");
}

TEST(LintCommand, FitsIntoEightyColumns) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"lint", "--list-rules"}, {"lint", "-"}, {"lint", "--help"}}) {
    const ToolRun run = run_tool(arguments, read_file(unresolved_template));
    std::istringstream lines(run.out);
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(std::count_if(line.begin(), line.end(), [](char byte) { return (byte & 0xC0) != 0x80; }), 80)
          << line;
  }
}

TEST(LintCommand, IsWhatTheHookAndTheWorkflowRun) {
  EXPECT_THAT(read_file(BATCHPROOF_SOURCE_DIR "/.pre-commit-hooks.yaml"),
              HasSubstr("\n  entry: batchproof lint\n"));
  const std::string workflow = read_file(BATCHPROOF_SOURCE_DIR "/examples/github/lint.yaml");
  EXPECT_THAT(workflow, AllOf(HasSubstr("run: batchproof lint templates/ --sarif > lint.sarif\n"),
                              HasSubstr("sarif_file: lint.sarif\n")));
}

TEST(LintCommand, ListsItsRules) {
  const ToolRun run = run_tool({"lint", "--list-rules"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("error reporting-not-enabled\n"), HasSubstr("warning bisect-off\n"),
                    HasSubstr("\n  Otherwise "), HasSubstr("\n  Implementing partial batch responses\n")));
  const json rules = json::parse(run_tool({"lint", "--list-rules", "--json"}).out);
  EXPECT_EQ(rules.at("rules").at(0).at("rule"), "reporting-not-enabled");
}

}  // namespace
}  // namespace batchproof::tools
