#pragma once

#include <batchproof/lint/lint.hpp>
#include <string>
#include <vector>

#include "lint_files.hpp"

namespace batchproof::tools {

struct LintRun {
  std::vector<lint::LintedFile> files;
  std::vector<RefusedFile> refused;
  bool strict = false;  ///< notes count as findings

  bool passed() const;
};

/// For people: each finding with its place, its reason and its remedy, the notes, and a verdict.
std::string text_of(const LintRun& run, bool colour);

/// For programs.
std::string json_of(const LintRun& run);

/// SARIF 2.1.0 ("Static Analysis Results Interchange Format", OASIS).
std::string sarif_of(const LintRun& run);

/// Every rule: its sentence, its reason, and the AWS page.
std::string text_of_rules(bool colour);
std::string json_of_rules();

}  // namespace batchproof::tools
