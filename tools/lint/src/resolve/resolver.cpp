// Resolves references to parameters, resources, and values of other templates. functions.cpp has the other
// functions, conditions.cpp the conditions.

#include "resolve/resolver.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace batchproof::lint {
namespace {

/// The largest number of templates that a value may pass through.
constexpr int most_links_deep = 20;

bool is_function(const Node& node) {
  if (node.kind != Node::Kind::map || node.entries.size() != 1) return false;
  const std::string& key = node.entries.front().key;
  return key == "Ref" || key == "Condition" || (key.starts_with("Fn::") && !key.starts_with("Fn::ForEach::"));
}

bool is_list_type(const std::string& type) {
  return type == "CommaDelimitedList" || type.starts_with("List<");
}

}  // namespace

Value Resolver::resolve(const Node& node) const {
  switch (node.kind) {
    case Node::Kind::nothing:
      return {.place = node.place};
    case Node::Kind::scalar:
      return scalar_value(node);
    case Node::Kind::list: {
      Value list{.kind = Value::Kind::list, .place = node.place};
      for (const Node& item : node.items) {
        Value value = resolve(item);
        if (value.kind != Value::Kind::absent) list.items.push_back(std::move(value));
      }
      return list;
    }
    case Node::Kind::map:
      break;
  }
  if (!is_function(node)) return {.kind = Value::Kind::map, .map = &node, .place = node.place};
  Value value = function(node.entries.front().key, node.entries.front().value);
  value.place = node.place;
  return value;
}

Value Resolver::member(const Value& map, std::string_view key) const {
  if (map.kind == Value::Kind::unresolved) return map;
  if (map.kind == Value::Kind::text && !map.literal()) return unresolved(map.why_unknown(), map.place);
  if (map.map == nullptr) return {};
  if (const Node* const node = map.map->find(key)) return resolve(*node);
  const Node* const included = map.map->find("Fn::Transform");
  return included == nullptr ? Value{} : unresolved("Fn::Transform may give it", included->place);
}

Resolver Resolver::where(std::string condition) const {
  Resolver resolver = *this;
  resolver.assumed_ = std::move(condition);
  return resolver;
}

Value Resolver::function(const std::string& name, const Node& argument) const {
  if (name == "Ref") return reference(argument);
  if (name == "Fn::GetAtt") return attribute(argument);
  if (name == "Fn::Sub") return substitute(argument);
  if (name == "Fn::Join") return join(argument);
  if (name == "Fn::If") return choose(argument);
  if (name == "Fn::FindInMap") return find_in_map(argument);
  if (name == "Fn::Select") return select(argument);
  if (name == "Fn::Split") return split(argument);
  if (name == "Fn::Length") return length(argument);
  if (name == "Fn::ImportValue") return import(argument);
  if (name == "Fn::ToJsonString") return resolve(argument);
  if (name == "Fn::KnownAfterApply")
    return unknown_value("it is known only after terraform apply", "", argument.place);
  return unresolved(fmt::format("the value of {} is known only at deployment", name), argument.place);
}

/// The name may also be computed, with AWS::LanguageExtensions.
Value Resolver::reference(const Node& argument) const {
  const Value name = resolve(argument);
  const auto text = name.literal();
  return text ? reference(*text, argument.place) : unresolved("Ref takes a name", argument.place);
}

Value Resolver::reference(const std::string& name, Place place) const {
  if (name == "AWS::NoValue") return {.place = place};
  if (name.starts_with("AWS::")) {
    // The name of a stack differs between templates.
    const bool is_shared = !name.starts_with("AWS::Stack");
    return unknown_value(fmt::format("{} is known only at deployment", name),
                         is_shared ? name : fmt::format("{}/{}", file_, name), place);
  }
  const Node* const parameter_node = root().find({"Parameters", name});
  if (parameter_node != nullptr) return parameter(name, *parameter_node, place);
  return attribute_of(name, "", place);
}

Value Resolver::attribute(const Node& argument) const {
  if (argument.kind == Node::Kind::list && argument.items.size() == 2) {
    const auto id = resolve(argument.items[0]).literal();
    const auto name = resolve(argument.items[1]).literal();
    if (id && name) return attribute_of(*id, *name, argument.place);
  }
  if (argument.kind != Node::Kind::scalar)
    return unresolved("Fn::GetAtt takes a resource and an attribute", argument.place);
  const std::string_view text = argument.text;
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos)
    return unresolved(fmt::format("\"{}\" names no attribute", text), argument.place);
  return attribute_of(text.substr(0, dot), text.substr(dot + 1), argument.place);
}

/// SAM makes resources of its own, such as `Function.Alias`, which stand for the declared resource.
Value Resolver::attribute_of(std::string_view id, std::string_view name, Place place) const {
  const bool is_declared = application_->resource(file_, id) != nullptr;
  const std::size_t dot = is_declared ? id.size() : std::min(id.find('.'), id.size());
  const std::string declared(id.substr(0, dot));
  if (application_->resource(file_, declared) == nullptr)
    return unresolved(fmt::format("the template has no parameter or resource {}", id), place);
  constexpr std::string_view outputs = "Outputs.";
  if (name.starts_with(outputs)) {
    const std::string output(name.substr(outputs.size()));
    if (const auto value = application_->output(file_, declared, output))
      return linked(fmt::format("{}.{}", declared, name), *value, place);
    return unknown_value(fmt::format("the template of the stack {} was not given", declared),
                         fmt::format("{}/{}.{}", file_, declared, name), place);
  }
  return {.kind = Value::Kind::text,
          .pieces = {{.kind = Piece::Kind::resource,
                      .text = declared,
                      .attribute = std::string(dot < id.size() ? id.substr(dot + 1) : name),
                      .file = file_}},
          .place = place};
}

Value Resolver::parameter(const std::string& name, const Node& parameter, Place place) const {
  Value value = parameter_value(name, parameter, place);
  value.place = place;
  const auto text = value.literal();
  return text && is_list_type(parameter.text_of("Type")) ? comma_delimited(*text, place) : value;
}

/// For a parameter in Systems Manager, the default is the parameter's name there, not its value.
Value Resolver::parameter_value(const std::string& name, const Node& parameter, Place place) const {
  if (const std::string* const given = application_->given_parameter(name)) return text_value(*given, place);
  if (const auto passed = application_->passed_parameter(file_, name))
    return linked("parameter " + name, *passed, place);
  if (parameter.text_of("Type").starts_with("AWS::SSM::Parameter::Value"))
    return unknown_value(fmt::format("Systems Manager keeps the parameter {}", name), name, place);
  const Node* const value = parameter.find("Default");
  if (value != nullptr && value->kind == Node::Kind::scalar && choices_->use_default({file_, name}))
    return scalar_value(*value);
  Choice choice{.file = file_, .name = name, .values = {}};
  if (const Node* const allowed = parameter.find("AllowedValues"))
    for (const Node& item : allowed->items) choice.values.push_back(item.text);
  if (const auto chosen = choices_->ask(choice)) return text_value(*chosen, place);
  return unknown_value(fmt::format("the parameter {} has no default", name), name, place);
}

/// A value of another template, computed once.
Value Resolver::linked(const std::string& name, const Application::Reference& reference, Place place) const {
  const auto [known, is_new] = choices_->linked.try_emplace(
      {file_, name}, unresolved(fmt::format("{} depends on itself", name), place));
  if (!is_new || choices_->links_deep >= most_links_deep) return known->second;
  ++choices_->links_deep;
  Value value = in_file(reference.file).resolve(*reference.value);
  --choices_->links_deep;
  return choices_->linked[{file_, name}] = std::move(value);
}

Value Resolver::import(const Node& argument) const {
  const Value name = resolve(argument);
  const std::string identity = name.kind == Value::Kind::text ? name.identity() : "";
  if (const auto exported = application_->exported(identity))
    return linked("import " + identity, *exported, argument.place);
  const auto literal = name.literal();
  return unknown_value(
      literal ? fmt::format("no given template exports {}", *literal) : "no given template exports that name",
      identity.empty() ? "" : "import " + identity, argument.place);
}

}  // namespace batchproof::lint
