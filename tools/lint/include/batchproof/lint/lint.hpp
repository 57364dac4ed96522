#pragma once

// Judges templates by every rule:
//
//   for (const Finding& finding : lint(text).findings) std::cout << finding.rule->id << '\n';

#include <batchproof/lint/event_source.hpp>
#include <batchproof/lint/rule.hpp>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::lint {

/// A rule that a template breaks, and where.
struct Finding {
  const Rule* rule = nullptr;
  Severity severity = Severity::error;  ///< of a disabled event source always a warning
  Violation violation{};
  bool is_of_disabled_source = false;
  std::string ignored_because{};  ///< the reason, of a finding that the template ignores
};

/// The findings in one template.
struct Linted {
  std::vector<EventSource> sources;  ///< those that were checked
  std::vector<Finding> findings;     ///< by their places
  std::vector<Finding> ignored;      ///< that the template says to ignore, by their places
  std::vector<Note> notes;           ///< facts that are not known, by their places
};

struct LintOptions {
  std::map<std::string, std::string, std::less<>> parameters{};  ///< values of the templates' parameters

  /// True for the event sources that are judged; empty: all of them.
  std::function<bool(const EventSource& source)> judges{};
};

/// Reads a template and judges each of its event sources by each rule. Throws `TemplateError` for a text that
/// is not a template.
Linted lint(std::string_view text, const LintOptions& options = {});

struct TemplateFile {
  std::string path;
  std::string text;
};

/// The findings in one of several templates.
struct LintedFile {
  std::string path;
  Linted linted;
  std::string refused;  ///< why it is not a template, in one line; empty when it is one
};

/// The same for templates that are one application: one may import what another exports, be a nested stack of
/// another, or name a queue that another declares. Each gets the findings that stand in it.
std::vector<LintedFile> lint(std::vector<TemplateFile> files, const LintOptions& options = {});

}  // namespace batchproof::lint
