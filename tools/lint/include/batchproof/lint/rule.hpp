#pragma once

#include <batchproof/lint/event_source.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace batchproof::lint {

/// An error loses or multiplies records as soon as one fails, or is refused by the service; a warning does so
/// when more comes together.
enum class Severity { error, warning };

std::string_view name_of(Severity severity) noexcept;

/// How one event source breaks a rule.
struct Flaw {
  Place place{};
  std::string what{};     ///< with the numbers of this template
  std::string instead{};  ///< what to write
};

/// A rule: a plain function of one event source. Rules of one kind share a file under `rules/`.
struct Rule {
  std::string_view id;  ///< "visibility-timeout-too-short"
  Severity severity;
  std::string_view sentence;  ///< what it asks for
  std::string_view why;       ///< how records get lost or multiplied otherwise
  std::string_view aws_page;  ///< the title of the AWS page that it follows

  /// Nothing when the event source keeps the rule, when the rule is not about it, and when what the rule
  /// needs is not known.
  std::optional<Flaw> (*flaw)(const EventSource& source);
};

/// Every rule: those of queues and streams, of queues, of dead-letter queues, of streams.
std::span<const Rule* const> rules() noexcept;

/// The rule of this id; null when there is none.
const Rule* find_rule(std::string_view id) noexcept;

}  // namespace batchproof::lint
