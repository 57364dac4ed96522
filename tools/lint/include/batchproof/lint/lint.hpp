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

/// A rule that a template violates, and the place.
struct Finding {
  const Rule* rule = nullptr;
  Severity severity = Severity::error;  ///< for a disabled event source always a warning
  Violation violation{};
  bool is_of_disabled_source = false;
  std::string ignored_because{};  ///< the template's reason to ignore the finding
};

/// The findings in one template.
struct Linted {
  std::vector<EventSource> sources;       ///< the event sources that were checked
  std::vector<Finding> findings;          ///< in the order of their places
  std::vector<Finding> ignored;           ///< findings that the template ignores, by their places
  std::vector<Note> notes;                ///< facts that are unknown, by their places
  std::vector<std::string> parameters{};  ///< the names of the parameters that the template declares
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

  /// Leaves the file out when it is JSON or YAML, but that of no template, such as a schema of templates.
  bool may_be_other_data = false;
};

/// The findings in one of several templates.
struct LintedFile {
  std::string path;
  Linted linted;
  std::string refused;  ///< the reason why it is not a template, in one line; empty for a template
};

/// The same for the templates of one application: a template may import another's exports, be a nested stack
/// of another, or name a queue that another declares. Each gets the findings in it.
std::vector<LintedFile> lint(std::vector<TemplateFile> files, const LintOptions& options = {});

}  // namespace batchproof::lint
