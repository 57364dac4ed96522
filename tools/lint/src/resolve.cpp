#include <fmt/core.h>

#include <algorithm>
#include <batchproof/lint/resolve.hpp>
#include <charconv>
#include <cstddef>
#include <utility>

namespace batchproof::lint {
namespace {

constexpr int most_conditions_deep = 50;

// Of a text that is put together. Parts that are put together themselves, twice each, would grow without end.
constexpr std::size_t most_pieces = 1'000;
constexpr std::size_t most_bytes = 16'384;

Value text_value(std::string text, Place place) {
  return {.kind = Value::Kind::text, .pieces = {{.text = std::move(text)}}, .place = place};
}

Value unresolved(std::string reason, Place place) {
  return {.kind = Value::Kind::unresolved, .reason = std::move(reason), .place = place};
}

Value unknown_piece(std::string reason, Place place) {
  return {.kind = Value::Kind::text,
          .pieces = {{.kind = Piece::Kind::unknown, .text = std::move(reason)}},
          .place = place};
}

/// What secrets and parameters of other services stand for is known only at deployment.
bool is_dynamic_reference(std::string_view text) { return text.find("{{resolve:") != std::string_view::npos; }

Value scalar_value(const Node& node) {
  if (!is_dynamic_reference(node.text)) return text_value(node.text, node.place);
  return unknown_piece("what {{resolve:...}} comes to is known only at deployment", node.place);
}

std::string reason_of(const Value& value, std::string_view what) {
  return value.reason.empty() ? fmt::format("{} is no text", what) : value.reason;
}

/// A text that grows part by part.
class GrowingText {
 public:
  explicit GrowingText(Place place) : value_{.kind = Value::Kind::text, .place = place} {}

  void add(std::string_view text) {
    if (!text.empty()) add_piece({.text = std::string(text)});
  }

  /// `what` names the part, where it is no text.
  void add(const Value& part, std::string_view what) {
    if (part.kind != Value::Kind::text)
      add_piece({.kind = Piece::Kind::unknown, .text = reason_of(part, what)});
    for (const Piece& piece : part.pieces) add_piece(piece);
  }

  Value take() {
    if (is_too_long_) return unresolved("it is too long a text", value_.place);
    return std::move(value_);
  }

 private:
  void add_piece(Piece piece) {
    bytes_ += piece.text.size();
    is_too_long_ = is_too_long_ || bytes_ > most_bytes || value_.pieces.size() >= most_pieces;
    if (!is_too_long_) value_.pieces.push_back(std::move(piece));
  }

  Value value_;
  std::size_t bytes_ = 0;
  bool is_too_long_ = false;
};

bool is_function_name(const std::string& key) {
  return key == "Ref" || key == "Condition" || key.starts_with("Fn::");
}

bool is_function(const Node& node) {
  return node.kind == Node::Kind::map && node.entries.size() == 1 &&
         is_function_name(node.entries.front().key);
}

Value comma_delimited(std::string_view text, Place place) {
  Value list{.kind = Value::Kind::list, .place = place};
  while (true) {
    const std::size_t comma = text.find(',');
    std::string_view item = text.substr(0, comma);
    item.remove_prefix(std::min(item.find_first_not_of(' '), item.size()));
    list.items.push_back(text_value(std::string(item), place));
    if (comma == std::string_view::npos) return list;
    text.remove_prefix(comma + 1);
  }
}

bool is_empty_list(const Node& node) { return node.kind != Node::Kind::list || node.items.empty(); }

}  // namespace

std::optional<std::string> Value::literal() const {
  if (kind != Kind::text) return std::nullopt;
  std::string text;
  for (const Piece& piece : pieces) {
    if (piece.kind != Piece::Kind::literal) return std::nullopt;
    text += piece.text;
  }
  return text;
}

std::string Value::resource() const {
  std::string id;
  for (const Piece& piece : pieces) {
    if (piece.kind != Piece::Kind::resource || piece.text == id) continue;
    if (!id.empty()) return {};
    id = piece.text;
  }
  return id;
}

std::string Value::pattern() const {
  std::string text;
  for (const Piece& piece : pieces) text += piece.kind == Piece::Kind::literal ? piece.text : "*";
  return text;
}

std::string Value::why_unknown() const {
  if (kind == Kind::unresolved) return reason;
  if (kind == Kind::list) return "it is a list";
  if (kind == Kind::map) return "it is a map";
  for (const Piece& piece : pieces) {
    if (piece.kind == Piece::Kind::unknown) return piece.text;
    if (piece.kind == Piece::Kind::resource)
      return fmt::format("what {} gives is known only at deployment", piece.text);
  }
  return {};
}

Resolver::Resolver(const Node& root) : root_(&root), known_(std::make_shared<Conditions>()) {
  const Node* const conditions = root.find("Conditions");
  if (conditions == nullptr) return;
  // One condition may name another that stands behind it.
  for (int pass = 0; pass < most_conditions_deep; ++pass) {
    const std::size_t known_before = known_->size();
    for (const Node::Entry& entry : conditions->entries) {
      if (known_->contains(entry.key)) continue;
      if (const auto value = holds(entry.value)) known_->emplace(entry.key, *value);
    }
    if (known_->size() == known_before) break;
  }
}

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
  if (map.map == nullptr) return {};
  if (const Node* const node = map.map->find(key)) return resolve(*node);
  const Node* const included = map.map->find("Fn::Transform");
  return included == nullptr ? Value{} : unresolved("Fn::Transform may give it", included->place);
}

std::optional<bool> Resolver::condition(const std::string& name) const {
  if (!assumed_.empty() && name == assumed_) return true;
  const auto found = known_->find(name);
  return found == known_->end() ? std::nullopt : std::optional(found->second);
}

Resolver Resolver::where(std::string condition) const {
  Resolver resolver = *this;
  resolver.assumed_ = std::move(condition);
  return resolver;
}

const Node* Resolver::resource(std::string_view id) const {
  const Node* const resources = root_->find("Resources");
  return resources == nullptr ? nullptr : resources->find(id);
}

Value Resolver::function(const std::string& name, const Node& argument) const {
  if (name == "Ref") return reference(argument.text, argument.place);
  if (name == "Fn::GetAtt") return attribute(argument);
  if (name == "Fn::Sub") return substitute(argument);
  if (name == "Fn::Join") return join(argument);
  if (name == "Fn::If") return choose(argument);
  if (name == "Fn::FindInMap") return find_in_map(argument);
  if (name == "Fn::Select") return select(argument);
  if (name == "Fn::Split") return split(argument);
  if (name == "Fn::ToJsonString") return resolve(argument);
  return unresolved(fmt::format("what {} gives is known only at deployment", name), argument.place);
}

Value Resolver::reference(const std::string& name, Place place) const {
  if (name == "AWS::NoValue") return {.place = place};
  if (name.starts_with("AWS::"))
    return unknown_piece(fmt::format("{} is known only at deployment", name), place);
  const Node* const parameter_node = root_->find({"Parameters", name});
  if (parameter_node != nullptr) return parameter(name, *parameter_node, place);
  return attribute_of(name, "", place);
}

Value Resolver::attribute(const Node& argument) const {
  if (argument.kind == Node::Kind::scalar) {
    const std::size_t dot = argument.text.find('.');
    if (dot == std::string::npos)
      return unresolved(fmt::format("\"{}\" names no attribute", argument.text), argument.place);
    const std::string_view text = argument.text;
    return attribute_of(text.substr(0, dot), text.substr(dot + 1), argument.place);
  }
  if (argument.kind != Node::Kind::list || argument.items.size() != 2)
    return unresolved("Fn::GetAtt takes a resource and an attribute", argument.place);
  return attribute_of(argument.items[0].text, argument.items[1].text, argument.place);
}

/// SAM makes resources of its own, such as `Function.Alias`, which stand for the one that they are made for.
Value Resolver::attribute_of(std::string_view id, std::string_view name, Place place) const {
  const std::string_view declared =
      resource(id) != nullptr ? id : id.substr(0, std::min(id.find('.'), id.size()));
  if (resource(declared) == nullptr) {
    return unresolved(fmt::format("the template has no parameter or resource {}", id), place);
  }
  return {.kind = Value::Kind::text,
          .pieces = {{.kind = Piece::Kind::resource,
                      .text = std::string(declared),
                      .attribute = std::string(name)}},
          .place = place};
}

/// The default of a parameter that Systems Manager keeps is the name under which it is kept.
Value Resolver::parameter(const std::string& name, const Node& parameter, Place place) const {
  const Node* const type = parameter.find("Type");
  const Node* const value = parameter.find("Default");
  if (type != nullptr && type->text.starts_with("AWS::SSM::Parameter::Value"))
    return unresolved(fmt::format("the parameter {} is kept by Systems Manager", name), place);
  if (value == nullptr || value->kind != Node::Kind::scalar)
    return unresolved(fmt::format("the parameter {} has no default", name), place);
  const bool is_list =
      type != nullptr && (type->text == "CommaDelimitedList" || type->text.starts_with("List<"));
  if (is_list) return comma_delimited(value->text, place);
  Value resolved = scalar_value(*value);
  resolved.place = place;
  return resolved;
}

Value Resolver::substitute(const Node& argument) const {
  const bool has_variables = argument.kind == Node::Kind::list && argument.items.size() == 2;
  const Node& pattern = has_variables ? argument.items[0] : argument;
  if (pattern.kind != Node::Kind::scalar) return unresolved("Fn::Sub takes a text", argument.place);

  std::map<std::string, Value, std::less<>> own;
  if (has_variables) {
    for (const Node::Entry& entry : argument.items[1].entries) own.emplace(entry.key, resolve(entry.value));
  }
  GrowingText text(argument.place);
  std::string_view rest = pattern.text;
  while (!rest.empty()) {
    const std::size_t begin = std::min(rest.find("${"), rest.size());
    text.add(rest.substr(0, begin));
    rest.remove_prefix(begin);
    if (rest.empty()) break;
    const std::size_t end = rest.find('}');
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
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return reference(name, place);
  return attribute_of(name.substr(0, dot), name.substr(dot + 1), place);
}

Value Resolver::join(const Node& argument) const {
  if (argument.kind != Node::Kind::list || argument.items.size() != 2)
    return unresolved("Fn::Join takes a delimiter and a list", argument.place);
  const std::string& delimiter = argument.items[0].text;
  const Value list = resolve(argument.items[1]);
  if (list.kind != Value::Kind::list)
    return unresolved(reason_of(list, "the list of Fn::Join"), argument.place);
  GrowingText text(argument.place);
  for (std::size_t index = 0; index < list.items.size(); ++index) {
    if (index > 0) text.add(delimiter);
    text.add(list.items[index], "a part of Fn::Join");
  }
  return text.take();
}

Value Resolver::choose(const Node& argument) const {
  if (argument.kind != Node::Kind::list || argument.items.size() != 3)
    return unresolved("Fn::If takes a condition and two values", argument.place);
  const std::string& name = argument.items[0].text;
  if (const auto known = condition(name)) return resolve(argument.items[*known ? 1 : 2]);
  Value yes = resolve(argument.items[1]);
  const Value no = resolve(argument.items[2]);
  if (yes.literal() && yes.literal() == no.literal()) return yes;
  return unresolved(fmt::format("the condition {} is known only at deployment", name), argument.place);
}

Value Resolver::find_in_map(const Node& argument) const {
  if (argument.kind != Node::Kind::list || argument.items.size() < 3)
    return unresolved("Fn::FindInMap takes a map and two keys", argument.place);
  const Node* node = root_->find("Mappings");
  for (std::size_t index = 0; index < 3 && node != nullptr; ++index) {
    const Value key = resolve(argument.items[index]);
    const auto text = key.literal();
    if (!text) return unresolved(reason_of(key, key.why_unknown()), argument.place);
    node = node->find(*text);
  }
  if (node == nullptr) return unresolved("Fn::FindInMap names what is in no map", argument.place);
  // A value of a map is a text or a list of texts; a function there could find itself again, for ever.
  const bool is_plain = node->kind == Node::Kind::scalar ||
                        (node->kind == Node::Kind::list &&
                         std::all_of(node->items.begin(), node->items.end(),
                                     [](const Node& item) { return item.kind == Node::Kind::scalar; }));
  return is_plain ? resolve(*node) : unresolved("Fn::FindInMap finds no text", argument.place);
}

Value Resolver::select(const Node& argument) const {
  if (argument.kind != Node::Kind::list || argument.items.size() != 2)
    return unresolved("Fn::Select takes an index and a list", argument.place);
  const auto index = resolve(argument.items[0]).literal();
  const Value list = resolve(argument.items[1]);
  if (list.kind != Value::Kind::list || !index)
    return unresolved(reason_of(list, "the list of Fn::Select"), argument.place);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(index->data(), index->data() + index->size(), number);
  if (error != std::errc() || end != index->data() + index->size() || number >= list.items.size())
    return unresolved("Fn::Select has no such item", argument.place);
  return list.items[number];
}

Value Resolver::split(const Node& argument) const {
  if (argument.kind != Node::Kind::list || argument.items.size() != 2)
    return unresolved("Fn::Split takes a delimiter and a text", argument.place);
  const std::string& delimiter = argument.items[0].text;
  const Value source = resolve(argument.items[1]);
  const auto text = source.literal();
  if (!text || delimiter.empty())
    return unresolved(text ? "Fn::Split has no delimiter" : source.why_unknown(), argument.place);
  Value list{.kind = Value::Kind::list, .place = argument.place};
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + delimiter.size()) {
    end = text->find(delimiter, begin);
    list.items.push_back(text_value(text->substr(begin, end - begin), argument.place));
  }
  return list;
}

std::optional<bool> Resolver::holds(const Node& expression) const {
  if (!is_function(expression)) return std::nullopt;
  const std::string& name = expression.entries.front().key;
  const Node& argument = expression.entries.front().value;
  if (name == "Condition") return condition(argument.text);
  if (is_empty_list(argument)) return std::nullopt;
  if (name == "Fn::Equals" && argument.items.size() == 2) {
    const auto left = resolve(argument.items[0]).literal();
    const auto right = resolve(argument.items[1]).literal();
    return left && right ? std::optional(*left == *right) : std::nullopt;
  }
  if (name == "Fn::Not") {
    const auto inner = holds(argument.items[0]);
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  if (name != "Fn::And" && name != "Fn::Or") return std::nullopt;
  const bool decisive = name == "Fn::Or";
  bool all_known = true;
  for (const Node& item : argument.items) {
    const auto inner = holds(item);
    if (inner == decisive) return decisive;
    all_known = all_known && inner.has_value();
  }
  return all_known ? std::optional(!decisive) : std::nullopt;
}

}  // namespace batchproof::lint
