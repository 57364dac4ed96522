#include "declared_resources.hpp"

#include <cstddef>

namespace batchproof::lint {
namespace {

constexpr int most_aliases = 4;
constexpr std::size_t function_name_in_arn = 6;

std::string scalar_under(const Node& node, std::string_view key) {
  const Node* const value = node.find(key);
  return value == nullptr ? "" : value->text;
}

Declared declared_by_id(const Resolver& resolver, const std::string& id) {
  const Node* const resources = resolver.root().find("Resources");
  const Node::Entry* const entry = resources == nullptr ? nullptr : resources->entry(id);
  return entry == nullptr ? Declared{} : declared_resource(*entry);
}

Declared declared_by_name(const Resolver& resolver, const std::string& name, std::string_view type,
                          std::string_view name_key) {
  const Node* const resources = resolver.root().find("Resources");
  if (resources == nullptr || name.empty() || name.find('*') != std::string::npos) return {};
  for (const Node::Entry& entry : resources->entries) {
    const Declared declared = declared_resource(entry);
    if (declared.type != type || declared.properties == nullptr) continue;
    const Node* const own_name = declared.properties->find(name_key);
    if (own_name != nullptr && resolver.resolve(*own_name).literal() == name) return declared;
  }
  return {};
}

std::string last_part(const std::string& text) { return text.substr(text.rfind(':') + 1); }

bool is_function(const Declared& declared) {
  return declared.type == "AWS::Serverless::Function" || declared.type == "AWS::Lambda::Function";
}

}  // namespace

Declared declared_resource(const Node::Entry& entry) {
  return {.id = entry.key,
          .place = entry.place,
          .type = scalar_under(entry.value, "Type"),
          .properties = entry.value.find("Properties"),
          .condition = scalar_under(entry.value, "Condition")};
}

Declared find_declared(const Resolver& resolver, const Value& value, std::string_view type,
                       std::string_view name_key) {
  if (const std::string id = value.resource(); !id.empty()) return declared_by_id(resolver, id);
  if (value.kind != Value::Kind::text) return {};
  return declared_by_name(resolver, last_part(value.pattern()), type, name_key);
}

Declared find_function(const Resolver& resolver, const Value& value) {
  Value name = value;
  for (int step = 0; step < most_aliases; ++step) {
    if (name.resource().empty()) break;
    const Declared declared = declared_by_id(resolver, name.resource());
    if (is_function(declared)) return declared;
    const Node* const next =
        declared.properties == nullptr ? nullptr : declared.properties->find("FunctionName");
    if (next == nullptr) return {};
    name = resolver.resolve(*next);
  }
  if (name.kind != Value::Kind::text || !name.resource().empty()) return {};
  const std::string in_arn = part_of_arn(name, function_name_in_arn);
  for (const std::string_view type : {"AWS::Serverless::Function", "AWS::Lambda::Function"}) {
    Declared declared =
        declared_by_name(resolver, in_arn.empty() ? last_part(name.pattern()) : in_arn, type, "FunctionName");
    if (!declared.id.empty()) return declared;
  }
  return {};
}

Resolver resolver_for(const Resolver& resolver, const Declared& declared) {
  return declared.condition.empty() ? resolver : resolver.where(declared.condition);
}

std::string part_of_arn(const Value& arn, std::size_t index) {
  std::string text = arn.pattern();
  if (!text.starts_with("arn:")) return {};
  for (std::size_t part = 0; part < index; ++part) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) return {};
    text.erase(0, colon + 1);
  }
  return text.substr(0, text.find(':'));
}

}  // namespace batchproof::lint
