#pragma once

#include <string>
#include <vector>

namespace batchproof::tools {

struct LintCommand {
  std::vector<std::string> paths;
  bool list_rules = false;
  bool json = false;
  bool sarif = false;
};

/// Prints what in each template loses or multiplies records, and in one line each, as an error, which files
/// are no templates. Returns the exit status: 0 without findings, 1 with findings, 2 when a file is no
/// template.
int lint_templates(const LintCommand& command);

}  // namespace batchproof::tools
