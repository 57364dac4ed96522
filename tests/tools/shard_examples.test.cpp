// The examples of shards are read as their services read them, and what they run is run.

#include <gmock/gmock.h>

#include <batchproof/lint/node.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "read/read_yaml.hpp"
#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

namespace fs = std::filesystem;
using lint::Node;
using ::testing::HasSubstr;

std::string example(const std::string& name) {
  return read_file(BATCHPROOF_SOURCE_DIR "/examples/shards/" + name);
}

/// Exactly one place is meant.
std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what << " is not in " << text;
  EXPECT_EQ(text.find(what, at + 1), std::string::npos) << what << " is twice in " << text;
  return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

/// A folder in which commands are run, with a batchproof and an aws on the path.
class Machine {
 public:
  Machine() : folder_(scratch_path("machine")) {
    fs::remove_all(folder_);
    fs::create_directories(folder_ + "/bin");
    fs::create_symlink(BATCHPROOF_TOOL, folder_ + "/bin/batchproof");
    std::ofstream(folder_ + "/bin/aws") << "#!/bin/sh\n[ \"$1 $2\" = 's3 cp' ] && cp \"$3\" \"$4\"\n";
    fs::permissions(folder_ + "/bin/aws", fs::perms::owner_all);
  }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  ~Machine() { fs::remove_all(folder_); }

  const std::string& folder() const { return folder_; }

  /// The exit status of the commands.
  int run(const std::string& commands, const std::map<std::string, std::string>& environment) const {
    std::string script = "cd '" + folder_ + "' && export PATH=\"$PWD/bin:$PATH\"\n";
    for (const auto& [name, value] : environment) script += "export " + name + "='" + value + "'\n";
    const std::string path = folder_ + "/script";
    std::ofstream(path) << script << commands << "\n";
    const int status = std::system(("sh '" + path + "' >/dev/null").c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  std::string folder_;
};

/// The only step of the job that runs batchproof.
std::string step_with_batchproof(const Node& job) {
  std::string found;
  for (const Node& step : job.find("steps")->items)
    if (step.text_of("run").find("batchproof ") != std::string::npos) found += step.text_of("run");
  return found;
}

TEST(ShardExamples, OfGitHubMakeOneReport) {
  const auto workflow = lint::read_yaml(example("github.yaml")).root;
  const Node* const shard = workflow.find({"jobs", "shard"});
  const Node* const merge = workflow.find({"jobs", "merge"});
  ASSERT_TRUE(shard != nullptr && merge != nullptr);
  EXPECT_EQ(merge->text_of("needs"), "shard");
  const auto& indices = shard->find({"strategy", "matrix", "shard"})->items;
  const std::string total = std::to_string(indices.size());
  const Machine machine;
  for (const Node& index : indices) {
    const std::string of_the_matrix = shard->find("env")->text_of("BATCHPROOF_SHARD");
    const std::string value = replaced(replaced(of_the_matrix, "${{ matrix.shard }}", index.text),
                                       "${{ strategy.job-total }}", total);
    const std::string step = replaced(step_with_batchproof(*shard), "${{ matrix.shard }}", index.text);
    EXPECT_EQ(
        machine.run(step, {{"BATCHPROOF_SHARD", value}, {"BATCHPROOF_SEED", "7"}, {"BATCHPROOF_CASES", "5"}}),
        0)
        << value;
  }
  EXPECT_EQ(machine.run(step_with_batchproof(*merge), {}), 0);
  EXPECT_THAT(read_file(machine.folder() + "/report/conformance.html"), HasSubstr("Every law held"));
}

TEST(ShardExamples, OfKubernetesMakeOneReport) {
  const auto job = lint::read_yaml(example("kubernetes.yaml")).root;
  const Node* const spec = job.find("spec");
  EXPECT_EQ(spec->text_of("completionMode"), "Indexed");
  const Node& container = spec->find({"template", "spec", "containers"})->items.at(0);
  const Node& completions = container.find("env")->items.at(0);
  EXPECT_EQ(completions.text_of("name"), "COMPLETIONS");
  EXPECT_EQ(completions.text_of("value"), spec->text_of("completions"));
  EXPECT_EQ(spec->text_of("parallelism"), spec->text_of("completions"));
  const std::string command = replaced(container.find("command")->items.at(2).text, "1000000", "40");
  const Machine machine;
  for (int index = 0; index < 16; ++index) {
    EXPECT_EQ(machine.run(command, {{"JOB_COMPLETION_INDEX", std::to_string(index)},
                                    {"COMPLETIONS", completions.text_of("value")},
                                    {"REPORTS", machine.folder()}}),
              0)
        << index;
  }
  EXPECT_EQ(machine.run("batchproof merge shard-*.json | grep ' in 40 random worlds '", {}), 0);
}

TEST(ShardExamples, OfAwsBatchMakeOneReport) {
  const auto definition = nlohmann::json::parse(example("aws_batch.json"));
  const auto& command = definition.at("containerProperties").at("command");
  ASSERT_EQ(command.at(0), "sh");
  const std::string verify = replaced(command.at(2), "--cases 10000000", "--source sqs --cases 10");
  const Machine machine;
  for (const char* index : {"0", "1"}) {
    EXPECT_EQ(machine.run(verify, {{"AWS_BATCH_JOB_ARRAY_INDEX", index},
                                   {"AWS_BATCH_JOB_ARRAY_SIZE", "2"},
                                   {"BUCKET", machine.folder()}}),
              0);
  }
  EXPECT_EQ(machine.run("batchproof merge shard-0.json shard-1.json | grep ' on 50 random batches '", {}), 0);
}

}  // namespace
}  // namespace batchproof::tools
