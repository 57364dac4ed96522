#pragma once

// The templates that `batchproof lint` is given: reads each, and keeps why one could not be read.

#include <batchproof/lint/lint.hpp>
#include <string>
#include <vector>

namespace batchproof::tools {

/// A file that is not a template, or cannot be read.
struct RefusedFile {
  std::string path;
  std::string why;  ///< one line, which names the path
};

struct LintFiles {
  std::vector<lint::TemplateFile> templates;
  std::vector<RefusedFile> refused;
};

/// Reads files, "-" as the standard input. Of a folder, and of those in it, the files that look like a
/// template are read, in the order of their names; hidden folders and node_modules are left out.
LintFiles read_lint_files(const std::vector<std::string>& paths);

}  // namespace batchproof::tools
