#pragma once

#include <batchproof/lint/event_source.hpp>
#include <batchproof/lint/rule.hpp>
#include <string_view>
#include <vector>

namespace batchproof::lint {

/// A rule that a template breaks, and where.
struct Finding {
  const Rule* rule = nullptr;
  Flaw flaw{};
};

/// What became of one template.
struct Linted {
  std::vector<EventSource> sources;  ///< those that were checked
  std::vector<Finding> findings;     ///< by their places
  std::vector<Note> notes;           ///< what could not be told, by its places
};

/// Reads a template and judges each of its event sources by each rule. Throws `TemplateError` for what is no
/// template.
Linted lint(std::string_view text);

}  // namespace batchproof::lint
