#pragma once

// The values that only a deployment chooses, such as those of a condition, and the choices made until now:
//
//     choices.choose(choice, value);
//     if (const auto chosen = choices.ask(choice)) return text_value(*chosen, place);

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "resolve/value.hpp"

namespace batchproof::lint {

/// A parameter without a default that has `AllowedValues`, or a condition that is known only at deployment: a
/// deployment chooses one of its values.
struct Choice {
  int file = 0;
  std::string name;                 ///< of the parameter or condition
  std::vector<std::string> values;  ///< of a condition "true" and "false"
};

/// The choices of one possible deployment that are made until now. The reader of a template asks for them;
/// the first missing one stays open, so that the template can be read again with each of its values. Also
/// caches values that are needed often in this deployment.
class Choices {
 public:
  using Name = std::pair<int, std::string>;

  /// The chosen value; nothing when the choice is open.
  std::optional<std::string> ask(const Choice& choice);

  void choose(const Choice& choice, std::string value) {
    made_[{choice.file, choice.name}] = std::move(value);
  }

  const std::optional<Choice>& open() const { return open_; }

  /// Reads this parameter as one without a default.
  void forget_default(const Name& parameter) { made_[default_of(parameter)] = ""; }

  /// Whether the default of this parameter counts. If so, it was used.
  bool use_default(const Name& parameter) {
    if (made_.contains(default_of(parameter))) return false;
    used_defaults_.insert(parameter);
    return true;
  }

  const std::set<Name>& used_defaults() const { return used_defaults_; }

  /// The choices by file and name, such as "dev" for the parameter Stage.
  const std::map<Name, std::string>& made() const { return made_; }

  /// Nothing while a condition is computed, which ends cycles of conditions.
  std::map<Name, std::optional<bool>> conditions;

  /// The same for values that come from another template.
  std::map<Name, Value> linked;

  // Both limit the depth, since the stack is limited.
  int conditions_deep = 0;
  int links_deep = 0;

 private:
  /// The name of the choice that a parameter has no default.
  static Name default_of(const Name& parameter) {
    return {parameter.first, "the default of " + parameter.second};
  }

  std::map<Name, std::string> made_;
  std::optional<Choice> open_;
  std::set<Name> used_defaults_;
};

}  // namespace batchproof::lint
