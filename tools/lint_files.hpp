#pragma once

// Reads the templates in the arguments of `batchproof lint`, and keeps the reason why one could not be read.
//
//     LintFiles files = read_lint_files(command.paths);
//     lint::lint(std::move(files.templates), options);

#include <batchproof/lint/lint.hpp>
#include <string>
#include <vector>

namespace batchproof::tools {

/// A file that is not a template, or cannot be read.
struct RefusedFile {
  std::string path;
  std::string why;  ///< one line, which names the path
};

/// A folder, and the files in it that may be templates, by the paths that `LintFiles` has.
struct LintFolder {
  std::string path;
  std::vector<std::string> files;
};

struct LintFiles {
  std::vector<lint::TemplateFile> templates;
  std::vector<RefusedFile> refused;
  std::vector<LintFolder> folders;  ///< those that could be read whole
};

/// Reads files, "-" as the standard input. In a folder and its folders it reads the files that look like a
/// template, in the order of their names, except in hidden folders and node_modules. A template that several
/// paths name is read once, and has the first of them.
LintFiles read_lint_files(const std::vector<std::string>& paths);

/// Where it looked for templates in a folder, and found none.
std::string why_no_template(const std::string& folder);

}  // namespace batchproof::tools
