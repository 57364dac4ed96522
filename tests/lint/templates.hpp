#pragma once

// The templates that the tests are about: `templates/wrong/RULE.yaml` or `RULE.VARIANT.yaml` breaks the rule
// RULE and no other, `templates/right` breaks none, and much of `templates/unresolved` is known only at
// deployment.

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "../read_file.hpp"

namespace batchproof::lint {

inline std::vector<std::filesystem::path> templates(std::string_view folder) {
  std::vector<std::filesystem::path> paths;
  const std::string all = BATCHPROOF_SOURCE_DIR "/tests/lint/templates/" + std::string(folder);
  for (const auto& entry : std::filesystem::directory_iterator(all)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// The rule that the name of a wrong template names.
inline std::string rule_in_name(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  return name.substr(0, name.find('.'));
}

inline std::vector<std::filesystem::path> sample_templates() {
  std::vector<std::filesystem::path> paths;
  for (const std::string source : {"sqs", "sqs_fifo", "kinesis", "dynamodb"}) {
    paths.emplace_back(BATCHPROOF_SOURCE_DIR "/examples/functions/" + source + "/template.yaml");
  }
  return paths;
}

}  // namespace batchproof::lint
