#pragma once

#include <batchproof/lint/lint.hpp>
#include <string>
#include <vector>

namespace batchproof::tools {

struct LintedFile {
  std::string path;
  lint::Linted linted;
};

/// A file that is no template, or cannot be read.
struct RefusedFile {
  std::string path;
  std::string why;  ///< one line, which names the path
};

struct LintRun {
  std::vector<LintedFile> files;
  std::vector<RefusedFile> refused;

  std::size_t findings() const;
};

/// For people: each finding with its place, why it matters and what to write instead, the notes, and a
/// verdict.
std::string text_of(const LintRun& run, bool colour);

/// For programs.
std::string json_of(const LintRun& run);

/// SARIF 2.1.0 ("Static Analysis Results Interchange Format", OASIS).
std::string sarif_of(const LintRun& run);

/// Every rule, what it asks for and why.
std::string text_of_rules(bool colour);
std::string json_of_rules();

}  // namespace batchproof::tools
