#include <batchproof/fixtures/base64.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "answer.hpp"

namespace batchproof::conformance {
namespace {

using Json = nlohmann::json;

const std::string folder = BATCHPROOF_CONFORMANCE_DIR;

Json read_json(const std::string& path) {
  std::ifstream file(path);
  return Json::parse(file, nullptr, false);
}

void require_package() {
  const std::string package = "@aws-lambda-powertools/batch";
  const Json wanted = read_json(folder + "/package.json");
  const Json installed = read_json(folder + "/node_modules/" + package + "/package.json");
  if (installed.is_object() && installed.at("version") == wanted.at("dependencies").at(package)) return;
  throw std::runtime_error("the npm package " + package + " is not installed in " + folder +
                           "; run script/test, which installs it");
}

/// The payload as base64, since it may be no text at all.
Json line_of(const Scenario& scenario) {
  return {{"source", fixtures::name(scenario.mode.source)},
          {"skip_group_on_error", scenario.mode.skip_group_on_error},
          {"throw_on_full_batch_failure", scenario.mode.throws_on_full_batch_failure},
          {"payload", fixtures::encode_base64(scenario.payload)},
          {"rejected", scenario.rejected}};
}

void write_scenarios(const std::string& path, const std::vector<Scenario>& scenarios) {
  std::ofstream file(path, std::ios::binary);
  for (const Scenario& scenario : scenarios) file << line_of(scenario).dump() << '\n';
}

void run_node(const std::string& in, const std::string& out) {
  const std::string command = "node '" + folder + "/powertools.mjs' < '" + in + "' > '" + out + "'";
  if (std::system(command.c_str()) == 0) return;
  throw std::runtime_error("Node failed, or is not there (script/install_dependencies installs it): " +
                           command);
}

std::string cause_of(const std::string& error) {
  if (error == "SqsFifoMessageGroupShortCircuitError") return "its group was stopped";
  if (error == "SqsFifoShortCircuitError") return "the queue was stopped";
  return error == "RejectedRecord" ? "rejected" : error;
}

Answer answer_of(const Json& line) {
  Answer answer;
  answer.handled = line.at("handled").get<std::vector<std::size_t>>();
  if (line.contains("response")) {
    answer.kind = Answer::Kind::response;
    answer.text = line.at("response");
    return answer;
  }
  const Json& error = line.at("error");
  const std::string name = error.at("name");
  answer.text = name + ": " + error.at("message").get<std::string>();
  if (name != "FullBatchFailureError") return answer;
  answer.kind = Answer::Kind::all_failed;
  for (const Json& cause : error.at("causes")) answer.causes.push_back(cause_of(cause));
  return answer;
}

}  // namespace

std::vector<Answer> peer_answers(const std::vector<Scenario>& scenarios) {
  require_package();
  const std::string in = folder + "/scenarios.jsonl";
  const std::string out = folder + "/answers.jsonl";
  write_scenarios(in, scenarios);
  run_node(in, out);
  std::ifstream file(out, std::ios::binary);
  std::vector<Answer> answers;
  answers.reserve(scenarios.size());
  for (std::string line; std::getline(file, line);) answers.push_back(answer_of(Json::parse(line)));
  if (answers.size() != scenarios.size())
    throw std::runtime_error("powertools.mjs gave " + std::to_string(answers.size()) + " answers to " +
                             std::to_string(scenarios.size()) + " scenarios");
  return answers;
}

}  // namespace batchproof::conformance
