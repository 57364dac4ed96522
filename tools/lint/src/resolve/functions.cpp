// Evaluates the functions of CloudFormation that compute a text or a list.

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <map>
#include <string>

#include "resolve/resolver.hpp"
#include "split.hpp"

namespace batchproof::lint {
namespace {

bool is_list_of(const Node& argument, std::size_t size) {
  return argument.kind == Node::Kind::list && argument.items.size() == size;
}

std::string why_not_a(const char* kind, const Value& value, const char* what) {
  const std::string reason = value.why_unknown();
  return reason.empty() || value.kind == Value::Kind::map || value.kind == Value::Kind::list
             ? fmt::format("{} is not a {}", what, kind)
             : reason;
}

bool is_plain(const Node& node) {
  const auto is_scalar = [](const Node& item) { return item.kind == Node::Kind::scalar; };
  return is_scalar(node) ||
         (node.kind == Node::Kind::list && std::all_of(node.items.begin(), node.items.end(), is_scalar));
}

/// Where the variable ends that a text begins with. Variables of serverless may hold others,
/// `${file(${opt:stage}.yml)}`.
std::size_t end_of_variable(std::string_view text, bool may_hold_others) {
  std::size_t level = 0;
  for (std::size_t at = text.find_first_of("$}"); at != std::string_view::npos;
       at = text.find_first_of("$}", at + 1)) {
    const bool begins = text.substr(at).starts_with("${");
    if (begins && (may_hold_others || level == 0)) ++level;
    if (text[at] == '}' && --level == 0) return at;
  }
  return std::string_view::npos;
}

}  // namespace

Value Resolver::substitute(const Node& argument) const {
  const bool has_variables = is_list_of(argument, 2);
  const Node& pattern = has_variables ? argument.items[0] : argument;
  if (pattern.kind != Node::Kind::scalar) return unresolved("Fn::Sub takes a text", argument.place);

  std::map<std::string, Value, std::less<>> own;
  if (has_variables) {
    for (const Node::Entry& entry : argument.items[1].entries) own.emplace(entry.key, resolve(entry.value));
  }
  const bool is_of_serverless = application_->file(file_).format == Format::serverless;
  GrowingText text(argument.place);
  std::string_view rest = pattern.text;
  while (!rest.empty()) {
    const std::size_t begin = std::min(rest.find("${"), rest.size());
    text.add(rest.substr(0, begin));
    rest.remove_prefix(begin);
    if (rest.empty()) break;
    const std::size_t end = end_of_variable(rest, is_of_serverless);
    if (end == std::string_view::npos) return unresolved("Fn::Sub has a ${ without its }", argument.place);
    const std::string name(rest.substr(2, end - 2));
    rest.remove_prefix(end + 1);
    const auto found = own.find(name);
    text.add(found == own.end() ? variable(name, argument.place) : found->second, name);
  }
  return text.take();
}

Value Resolver::variable(const std::string& name, Place place) const {
  if (name.starts_with('!')) return text_value(fmt::format("${{{}}}", name.substr(1)), place);
  const bool is_of_serverless = name.find_first_of(":(") != std::string::npos && !name.starts_with("AWS::");
  if (is_of_serverless && application_->file(file_).format == Format::serverless)
    return unknown_value(fmt::format("serverless fills in ${{{}}}: lint what serverless package writes, "
                                     ".serverless/cloudformation-template-update-stack.json",
                                     name),
                         name, place);
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return reference(name, place);
  return attribute_of(name.substr(0, dot), name.substr(dot + 1), place);
}

Value Resolver::join(const Node& argument) const {
  if (!is_list_of(argument, 2)) return unresolved("Fn::Join takes a delimiter and a list", argument.place);
  const std::string& delimiter = argument.items[0].text;
  const Value list = resolve(argument.items[1]);
  if (list.kind != Value::Kind::list)
    return unresolved(why_not_a("list", list, "the second argument of Fn::Join"), argument.place);
  GrowingText text(argument.place);
  for (std::size_t index = 0; index < list.items.size(); ++index) {
    if (index > 0) text.add(delimiter);
    text.add(list.items[index], "a part of Fn::Join");
  }
  return text.take();
}

Value Resolver::choose(const Node& argument) const {
  if (!is_list_of(argument, 3)) return unresolved("Fn::If takes a condition and two values", argument.place);
  const std::string& name = argument.items[0].text;
  if (const auto known = condition(name)) return resolve(argument.items[*known ? 1 : 2]);
  Value yes = resolve(argument.items[1]);
  const Value no = resolve(argument.items[2]);
  if (yes.literal() && yes.literal() == no.literal()) return yes;
  return unresolved(fmt::format("the condition {} is known only at deployment", name), argument.place);
}

/// Uses the default when a key is in no map (AWS::LanguageExtensions).
Value Resolver::find_in_map(const Node& argument) const {
  if (argument.kind != Node::Kind::list || argument.items.size() < 3)
    return unresolved("Fn::FindInMap takes a map and two keys", argument.place);
  Value found = found_in_map(argument);
  if (found.kind != Value::Kind::absent) return found;
  const Node* const other = argument.items.size() > 3 ? argument.items[3].find("DefaultValue") : nullptr;
  if (other != nullptr) return resolve(*other);
  return unresolved("Fn::FindInMap names a key that is in no map", argument.place);
}

/// Absent when a key is in no map.
Value Resolver::found_in_map(const Node& argument) const {
  const Node* node = root().find("Mappings");
  for (std::size_t index = 0; index < 3 && node != nullptr; ++index) {
    const Value key = resolve(argument.items[index]);
    const auto text = key.literal();
    if (!text) return unresolved(why_not_a("text", key, "a key of Fn::FindInMap"), argument.place);
    node = node->find(*text);
  }
  if (node == nullptr) return {.place = argument.place};
  // A value of a map is a text or a list of texts; a function there could find itself again, forever.
  return is_plain(*node) ? resolve(*node) : unresolved("Fn::FindInMap finds a map", argument.place);
}

Value Resolver::select(const Node& argument) const {
  if (!is_list_of(argument, 2)) return unresolved("Fn::Select takes an index and a list", argument.place);
  const auto index = resolve(argument.items[0]).literal();
  const Value list = resolve(argument.items[1]);
  if (list.kind != Value::Kind::list)
    return unresolved(why_not_a("list", list, "the second argument of Fn::Select"), argument.place);
  if (!index) return unresolved("the index of Fn::Select is not a number", argument.place);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(index->data(), index->data() + index->size(), number);
  if (error != std::errc() || end != index->data() + index->size() || number >= list.items.size())
    return unresolved("the list of Fn::Select has no such item", argument.place);
  return list.items[number];
}

Value Resolver::split(const Node& argument) const {
  if (!is_list_of(argument, 2)) return unresolved("Fn::Split takes a delimiter and a text", argument.place);
  const std::string& delimiter = argument.items[0].text;
  const Value source = resolve(argument.items[1]);
  const auto text = source.literal();
  if (delimiter.empty()) return unresolved("Fn::Split has no delimiter", argument.place);
  if (!text) return unresolved(why_not_a("text", source, "the text of Fn::Split"), argument.place);
  Value list{.kind = Value::Kind::list, .place = argument.place};
  for (const std::string_view part : lint::split(*text, delimiter))
    list.items.push_back(text_value(std::string(part), argument.place));
  return list;
}

Value Resolver::length(const Node& argument) const {
  const Value list = resolve(argument);
  if (list.kind != Value::Kind::list)
    return unresolved(why_not_a("list", list, "the argument of Fn::Length"), argument.place);
  return text_value(std::to_string(list.items.size()), argument.place);
}

}  // namespace batchproof::lint
