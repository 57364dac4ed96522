// Evaluates conditions with the values of parameters. A condition that is known only at deployment becomes a
// choice.

#include <string>

#include "resolve/resolver.hpp"

namespace batchproof::lint {
namespace {

constexpr int most_conditions_deep = 50;

std::string choice_of(const std::string& condition) { return "the condition " + condition; }

}  // namespace

std::optional<bool> Resolver::condition(const std::string& name) const {
  if (!assumed_.empty() && name == assumed_) return true;
  if (const auto computed = computed_condition(name)) return computed;
  if (root().find({"Conditions", name}) == nullptr) return std::nullopt;
  const auto chosen = choices_->ask({.file = file_, .name = choice_of(name), .values = {"true", "false"}});
  return chosen ? std::optional(*chosen == "true") : std::nullopt;
}

std::optional<bool> Resolver::computed_condition(const std::string& name) const {
  const auto chosen = choices_->made().find({file_, choice_of(name)});
  if (chosen != choices_->made().end()) return chosen->second == "true";
  const auto [known, is_new] = choices_->conditions.try_emplace({file_, name}, std::nullopt);
  const Node* const expression = root().find({"Conditions", name});
  if (!is_new || expression == nullptr || choices_->conditions_deep >= most_conditions_deep)
    return known->second;
  ++choices_->conditions_deep;
  known->second = holds(*expression);
  --choices_->conditions_deep;
  return known->second;
}

std::optional<bool> Resolver::holds(const Node& expression) const {
  if (expression.entries.size() != 1) return std::nullopt;
  const std::string& name = expression.entries.front().key;
  const Node& argument = expression.entries.front().value;
  if (name == "Condition") return computed_condition(argument.text);
  if (argument.items.empty()) return std::nullopt;
  if (name == "Fn::Equals" && argument.items.size() == 2) {
    const auto left = resolve(argument.items[0]).literal();
    const auto right = resolve(argument.items[1]).literal();
    return left && right ? std::optional(*left == *right) : std::nullopt;
  }
  if (name == "Fn::Not") {
    const auto inner = holds(argument.items[0]);
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  if (name == "Fn::And") return all_or_any(argument, false);
  return name == "Fn::Or" ? all_or_any(argument, true) : std::nullopt;
}

/// True or false as soon as one item is `decisive`.
std::optional<bool> Resolver::all_or_any(const Node& list, bool decisive) const {
  bool all_known = true;
  for (const Node& item : list.items) {
    const auto inner = holds(item);
    if (inner == decisive) return decisive;
    all_known = all_known && inner.has_value();
  }
  return all_known ? std::optional(!decisive) : std::nullopt;
}

}  // namespace batchproof::lint
