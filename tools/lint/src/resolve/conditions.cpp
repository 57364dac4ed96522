// Evaluates conditions with the values of parameters. A condition that is known only at deployment becomes a
// choice.

#include <string>
#include <string_view>
#include <utility>

#include "resolve/resolver.hpp"

namespace batchproof::lint {
namespace {

constexpr int most_conditions_deep = 50;

constexpr std::string_view choice_begin = "the condition ";

std::string choice_of(const std::string& condition) { return std::string(choice_begin) + condition; }

/// The function of an expression and its argument; null when it is not one function.
const Node::Entry* only_entry(const Node& expression) {
  return expression.entries.size() == 1 ? &expression.entries.front() : nullptr;
}

/// The condition that an expression refers to, wherever in it, for which `is_wanted` is true; empty without
/// one.
template <class Wanted>
std::string referred(const Node& expression, const Wanted& is_wanted) {
  const Node::Entry* const function = only_entry(expression);
  if (function == nullptr) return {};
  if (function->key == "Condition")
    return is_wanted(function->value.text) ? function->value.text : std::string();
  for (const Node& item : function->value.items) {
    if (std::string found = referred(item, is_wanted); !found.empty()) return found;
  }
  return {};
}

}  // namespace

std::optional<bool> Resolver::condition(const std::string& name) const {
  if (!assumed_.empty() && name == assumed_) return true;
  if (const auto computed = computed_condition(name)) return computed;
  if (root().find({"Conditions", name}) == nullptr) return std::nullopt;
  choices_->ask({.file = file_, .name = choice_of(innermost_open(name)), .values = {"true", "false"}});
  return std::nullopt;
}

/// The first open condition that an open one refers to, itself if there is none: the outer one may follow
/// from it, and both are never chosen against each other.
std::string Resolver::innermost_open(const std::string& name) const {
  std::string innermost = name;
  for (int step = 0; step < most_conditions_deep; ++step) {
    const std::string inner =
        referred(*root().find({"Conditions", innermost}), [&](const std::string& condition) {
          return root().find({"Conditions", condition}) != nullptr && !computed_condition(condition);
        });
    if (inner.empty()) break;
    innermost = inner;
  }
  return innermost;
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

/// A parameter without a value and the literal that an `Fn::Equals` compares it with; nothing for another
/// one.
std::optional<Resolver::Comparison> Resolver::comparison(const Node& sides) const {
  if (sides.items.size() != 2) return std::nullopt;
  Value unknown = resolve(sides.items[0]);
  Value known = resolve(sides.items[1]);
  if (unknown.literal()) std::swap(unknown, known);
  const auto literal = known.literal();
  const std::string identity = unknown.kind == Value::Kind::text ? unknown.identity() : "";
  if (!literal || unknown.literal() || identity.empty()) return std::nullopt;
  return Comparison{.unknown = identity, .literal = *literal};
}

/// A parameter that equals one literal equals no other one.
std::optional<bool> Resolver::follows_from_choices(const Node& sides) const {
  const auto asked = comparison(sides);
  if (!asked) return std::nullopt;
  for (const auto& [name, value] : choices_->made()) {
    if (name.first != file_ || !name.second.starts_with(choice_begin)) continue;
    const Node* const chosen = root().find({"Conditions", name.second.substr(choice_begin.size())});
    if (chosen == nullptr) continue;
    if (const auto result = follows(*chosen, value == "true", *asked)) return result;
  }
  return std::nullopt;
}

/// The result of the asked comparison when an expression is known to be true or false.
std::optional<bool> Resolver::follows(const Node& expression, bool is_true, const Comparison& asked) const {
  const Node::Entry* const function = only_entry(expression);
  if (function == nullptr) return std::nullopt;
  const std::string& name = function->key;
  const Node& argument = function->value;
  if (name == "Fn::Equals") {
    const auto chosen = comparison(argument);
    if (!chosen || chosen->unknown != asked.unknown) return std::nullopt;
    const bool is_same = chosen->literal == asked.literal;
    return is_true || is_same ? std::optional(is_true && is_same) : std::nullopt;
  }
  const bool is_not = name == "Fn::Not";
  // All items of a true Fn::And are true, all of a false Fn::Or are false.
  if (!is_not && name != (is_true ? "Fn::And" : "Fn::Or")) return std::nullopt;
  for (const Node& item : argument.items) {
    if (const auto result = follows(item, is_true != is_not, asked)) return result;
  }
  return std::nullopt;
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
    return left && right ? std::optional(*left == *right) : follows_from_choices(argument);
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
