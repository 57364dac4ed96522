// docs/json_output.md lists the fields that the commands print, and no others.

#include <gmock/gmock.h>

#include <batchproof/fixtures/events.hpp>
#include <batchproof/properties/conformance.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

using nlohmann::json;
using ::testing::IsEmpty;

/// The fields below each heading that begins with "batchproof ".
std::map<std::string, std::set<std::string>> documented_fields() {
  std::map<std::string, std::set<std::string>> fields;
  std::istringstream page(read_file(BATCHPROOF_SOURCE_DIR "/docs/json_output.md"));
  std::string heading;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) heading = line.substr(3);
    if (line.starts_with("| `")) fields[heading].insert(line.substr(3, line.find('`', 3) - 3));
  }
  return fields;
}

void collect_fields(const json& value, const std::string& path, std::set<std::string>& fields) {
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) {
      const std::string below = path.empty() ? name : path + "." + name;
      fields.insert(below);
      collect_fields(member, below, fields);
    }
  } else if (value.is_array()) {
    for (const json& element : value) collect_fields(element, path + "[]", fields);
  }
}

/// A documented field as an expression: "*" is one name, "**" is everything below.
std::regex pattern_of(const std::string& documented) {
  std::string pattern;
  for (std::size_t at = 0; at < documented.size(); ++at) {
    if (documented.compare(at, 2, "**") == 0) {
      pattern += ".+";
      ++at;
    } else if (documented[at] == '*') {
      pattern += "[^.]+";
    } else {
      pattern += std::string(".[]").find(documented[at]) == std::string::npos ? "" : "\\";
      pattern += documented[at];
    }
  }
  return std::regex(pattern);
}

bool is_match(const std::string& field, const std::string& documented) {
  return std::regex_match(field, pattern_of(documented));
}

/// Printed where a payload is no UTF-8, which Conformance.IsJsonWhateverThePayload makes.
bool is_never_printed_here(const std::string& documented) { return documented.ends_with(".payload_base64"); }

void expect_documented(const std::string& heading, const std::vector<ToolRun>& runs) {
  std::set<std::string> printed;
  for (const ToolRun& run : runs) {
    ASSERT_TRUE(json::accept(run.out)) << run.out << run.error;
    const json output = json::parse(run.out);
    EXPECT_EQ(output.at("schema_version"), properties::json_schema_version);
    EXPECT_EQ(run.out.find("\"schema_version\""), run.out.find('"')) << "is not the first field";
    collect_fields(output, "", printed);
  }
  const std::set<std::string> documented = documented_fields()[heading];
  std::set<std::string> unknown;
  std::set<std::string> unprinted = documented;
  for (const std::string& field : printed) {
    bool is_known = false;
    for (const std::string& each : documented) {
      if (!is_match(field, each)) continue;
      is_known = true;
      unprinted.erase(each);
    }
    if (!is_known) unknown.insert(field);
  }
  std::erase_if(unprinted, is_never_printed_here);
  EXPECT_THAT(unknown, IsEmpty()) << "printed, and not in docs/json_output.md";
  EXPECT_THAT(unprinted, IsEmpty()) << "in docs/json_output.md, and not printed";

  static const std::regex snake_case("[a-z][a-z0-9_]*");
  for (const std::string& field : printed) {
    if (field.starts_with("response.") || field.find(".distribution.") != std::string::npos) continue;
    const std::string name = field.substr(field.rfind('.') + 1);
    EXPECT_TRUE(std::regex_match(name, snake_case)) << field;
  }
}

TEST(JsonOutput, OfProcessIsDocumented) {
  const std::string event = fixtures::kinesis_event({{.sequence_number = "1"}, {.sequence_number = "2"}});
  expect_documented("batchproof process", {run_tool({"process", "-", "--json", "--fail-nth", "2"}, event),
                                           run_tool({"process", "-", "--json", "--fail-nth", "1,2"}, event)});
}

TEST(JsonOutput, OfVerifyIsDocumented) {
  const auto verify = [](const std::string& subject) {
    return run_tool({"verify", "--json", "--seed", "7", "--subject", subject});
  };
  expect_documented("batchproof verify",
                    {run_tool({"verify", "--json", "--seed", "7", "--cases", "5", "--source", "sqs"}),
                     verify("broken:skip_group_ignored"), verify("broken:looks_at_two_of_three"),
                     verify("broken:takes_what_it_saw_for_done"), verify("broken:keeps_failed_groups")});
  expect_documented("batchproof verify --list-subjects", {run_tool({"verify", "--list-subjects", "--json"})});
}

TEST(JsonOutput, OfReplayIsDocumented) {
  const std::string event = write_file("saved.json", fixtures::sqs_event({{.message_id = "m1"}}));
  const std::string saved = write_file("saved.case.json", R"({"law":"total","source":"sqs","pattern":"x"})");
  expect_documented("batchproof replay", {run_tool({"replay", saved, "--json"})});
}

TEST(JsonOutput, OfSimulateIsDocumented) {
  expect_documented(
      "batchproof simulate",
      {run_tool({"simulate", "--messages", "20", "--poison", "2", "--seed", "7", "--compare", "--json"})});
}

TEST(JsonOutput, OfZooIsDocumented) {
  expect_documented("batchproof zoo",
                    {run_tool({"zoo", "--seeds", "1", "--cases", "20", "--lives", "--json"})});
}

TEST(JsonOutput, OfLintIsDocumented) {
  const std::string templates = BATCHPROOF_SOURCE_DIR "/tests/lint/templates/";
  expect_documented("batchproof lint", {run_tool({"lint", "--json", templates + "wrong/fifo-window.yaml",
                                                  templates + "unresolved/imported.yaml", "/nowhere.yaml"})});
  expect_documented("batchproof lint --list-rules", {run_tool({"lint", "--list-rules", "--json"})});
}

}  // namespace
}  // namespace batchproof::tools
