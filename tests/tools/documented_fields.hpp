#pragma once

// Compares what a command prints with --json with the fields that docs/json_output.md lists.

#include <gmock/gmock.h>

#include <batchproof/properties/conformance.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "run_tool.hpp"

namespace batchproof::tools {

/// The fields below each heading that begins with "batchproof ".
inline std::map<std::string, std::set<std::string>> documented_fields() {
  std::map<std::string, std::set<std::string>> fields;
  std::istringstream page(read_file(BATCHPROOF_SOURCE_DIR "/docs/json_output.md"));
  std::string heading;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) heading = line.substr(3);
    if (line.starts_with("| `")) fields[heading].insert(line.substr(3, line.find('`', 3) - 3));
  }
  return fields;
}

inline void collect_fields(const nlohmann::json& value, const std::string& path,
                           std::set<std::string>& fields) {
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) {
      const std::string below = path.empty() ? name : path + "." + name;
      fields.insert(below);
      collect_fields(member, below, fields);
    }
  } else if (value.is_array()) {
    for (const nlohmann::json& element : value) collect_fields(element, path + "[]", fields);
  }
}

/// A documented field as an expression: "*" is one name, "**" is everything below.
inline std::regex pattern_of(const std::string& documented) {
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

inline bool is_match(const std::string& field, const std::string& documented) {
  return std::regex_match(field, pattern_of(documented));
}

/// Printed if a payload is not UTF-8, which Conformance.IsJsonWhateverThePayload makes.
inline bool is_never_printed_here(const std::string& documented) {
  return documented.ends_with(".payload_base64");
}

/// Each printed field is listed below the heading, and each listed one is printed by some run.
inline void expect_documented(const std::string& heading, const std::vector<ToolRun>& runs) {
  std::set<std::string> printed;
  for (const ToolRun& run : runs) {
    ASSERT_TRUE(nlohmann::json::accept(run.out)) << run.out << run.error;
    const auto output = nlohmann::json::parse(run.out);
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
  EXPECT_THAT(unknown, ::testing::IsEmpty()) << "printed, and not in docs/json_output.md";
  EXPECT_THAT(unprinted, ::testing::IsEmpty()) << "in docs/json_output.md, and not printed";

  static const std::regex snake_case("[a-z][a-z0-9_]*");
  for (const std::string& field : printed) {
    if (field.starts_with("response.") || field.find(".distribution.") != std::string::npos) continue;
    const std::string name = field.substr(field.rfind('.') + 1);
    EXPECT_TRUE(std::regex_match(name, snake_case)) << field;
  }
}

}  // namespace batchproof::tools
