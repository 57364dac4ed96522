#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "resolve/application.hpp"
#include "resolve/choices.hpp"
#include "resolve/value.hpp"

namespace batchproof::lint {

/// Computes the functions of CloudFormation as far as the templates determine their results: `Ref` and
/// `Fn::Sub` with the values of parameters, `Fn::GetAtt`, `Fn::FindInMap`, `Fn::If` with the conditions,
/// `Fn::Join`, `Fn::Select`, `Fn::Split`, `Fn::ImportValue`. A value that cannot be computed is unresolved
/// and holds the reason; nothing throws. It refers to the application and the choices, which must outlive it.
class Resolver {
 public:
  Resolver(const Application& application, int file, Choices& choices)
      : application_(&application), choices_(&choices), file_(file) {}

  Value resolve(const Node& node) const;

  /// The value under a key of a map, resolved; absent when there is none, or it is `AWS::NoValue`.
  Value member(const Value& map, std::string_view key) const;

  /// Nothing when the condition is known only at deployment.
  std::optional<bool> condition(const std::string& name) const;

  /// The same resolver under this condition: that of a resource is true in every deployment that has the
  /// resource. An empty text means no condition.
  Resolver where(std::string condition) const;

  /// The same resolver for another template of the application.
  Resolver in_file(int file) const { return {*application_, file, *choices_}; }

  int file() const { return file_; }
  const Choices& choices() const { return *choices_; }
  const Node& root() const { return application_->root(file_); }
  const Application& application() const { return *application_; }

 private:
  Value function(const std::string& name, const Node& argument) const;
  Value reference(const Node& argument) const;
  Value reference(const std::string& name, Place place) const;
  Value attribute(const Node& argument) const;
  Value attribute_of(std::string_view id, std::string_view name, Place place) const;
  Value parameter(const std::string& name, const Node& parameter, Place place) const;
  Value parameter_value(const std::string& name, const Node& parameter, Place place) const;
  Value linked(const std::string& name, const Application::Reference& reference, Place place) const;
  Value import(const Node& argument) const;

  // functions.cpp
  Value substitute(const Node& argument) const;
  Value variable(const std::string& name, Place place) const;
  Value join(const Node& argument) const;
  Value choose(const Node& argument) const;
  Value find_in_map(const Node& argument) const;
  Value found_in_map(const Node& argument) const;
  Value select(const Node& argument) const;
  Value split(const Node& argument) const;
  Value length(const Node& argument) const;

  // conditions.cpp
  struct Comparison {
    std::string unknown;  ///< the identity of a value that is known only at deployment
    std::string literal;
  };
  std::optional<bool> computed_condition(const std::string& name) const;
  std::string innermost_open(const std::string& name) const;
  std::optional<Comparison> comparison(const Node& sides) const;
  std::optional<bool> follows_from_choices(const Node& sides) const;
  std::optional<bool> follows(const Node& expression, bool is_true, const Comparison& asked) const;
  std::optional<bool> holds(const Node& expression) const;
  std::optional<bool> all_or_any(const Node& list, bool decisive) const;

  const Application* application_;
  Choices* choices_;
  int file_;
  std::string assumed_{};
};

}  // namespace batchproof::lint
