#pragma once

// The rules, each a plain function of one event source or of all of them:
//
//   for (const Rule* rule : rules()) std::cout << rule->id << '\n';

#include <batchproof/lint/event_source.hpp>
#include <batchproof/lint/read_template.hpp>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::lint {

/// An error loses or multiplies records as soon as one fails, or the service refuses it; a warning does so
/// only under further conditions.
enum class Severity { error, warning };

std::string_view name_of(Severity severity) noexcept;

/// A violation of a rule by an event source.
struct Violation {
  Place place{};
  std::string what{};           ///< with the numbers of this template
  std::string instead{};        ///< the value to write instead
  std::string_view aws_page{};  ///< the page on this kind of source; empty where it is that of the rule

  /// A parameter may have such a value as its default so that each deployment must give another one.
  bool may_be_placeholder = false;
};

using Violations = std::vector<Violation>;

/// All event sources of the templates, for rules that compare them.
struct Everything {
  const std::vector<EventSource>& sources;
  const std::vector<RepeatedKey>& repeated_keys;

  /// False when the conditions of two event sources exclude each other.
  std::function<bool(const EventSource&, const EventSource&)> exist_together;
};

/// A rule: a plain function of one event source, or of all of them. Rules of one kind share a file under
/// `rules/`.
struct Rule {
  std::string_view id;  ///< "visibility-timeout-too-short"
  Severity severity;
  std::string_view sentence;  ///< the requirement
  std::string_view why;       ///< how records get lost or multiplied otherwise
  std::string_view aws_page;  ///< the title of the AWS page that it follows

  /// Empty when the event source keeps the rule, when the rule is not about it, and when a fact that the rule
  /// needs is unknown. Null for a rule about all event sources.
  Violations (*violations_of_source)(const EventSource& source) = nullptr;

  /// The same for a rule about all event sources together.
  Violations (*violations_of_all)(const Everything& everything) = nullptr;
};

/// Every rule, in the order in which findings of one event source are shown.
std::span<const Rule* const> rules() noexcept;

/// The rule of this id; null when there is none.
const Rule* find_rule(std::string_view id) noexcept;

}  // namespace batchproof::lint
