#include "declared_resources.hpp"

#include <cstddef>
#include <optional>

namespace batchproof::lint {
namespace {

constexpr int most_aliases = 4;
constexpr std::size_t function_name_in_arn = 6;

std::string scalar_under(const Node& node, std::string_view key) {
  const Node* const value = node.find(key);
  return value == nullptr ? "" : value->text;
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

Declarations::Declarations(const Resolver& resolver) : resolver_(&resolver) {
  const Node* const resources = resolver.root().find("Resources");
  if (resources == nullptr) return;
  for (const Node::Entry& entry : resources->entries) {
    entries_.emplace(entry.key, &entry);
    const Declared declared = declared_resource(entry);
    const bool is_queue = declared.type == "AWS::SQS::Queue";
    if (declared.properties == nullptr || (!is_queue && !is_function(declared))) continue;
    const Node* const name = declared.properties->find(is_queue ? "QueueName" : "FunctionName");
    const auto text = name == nullptr ? std::nullopt : resolver.resolve(*name).literal();
    if (text) (is_queue ? queue_ids_ : function_ids_).emplace(*text, entry.key);
  }
}

Declared Declarations::queue(const Value& value) const {
  if (const std::string id = value.resource(); !id.empty()) return of_id(id);
  return value.kind == Value::Kind::text ? of_name(queue_ids_, last_part(value.pattern())) : Declared{};
}

Declared Declarations::function(const Value& value) const {
  Value name = value;
  for (int step = 0; step < most_aliases && !name.resource().empty(); ++step) {
    Declared declared = of_id(name.resource());
    if (is_function(declared)) return declared;
    const Node* const next =
        declared.properties == nullptr ? nullptr : declared.properties->find("FunctionName");
    if (next == nullptr) return {};
    name = resolver_->resolve(*next);
  }
  if (name.kind != Value::Kind::text || !name.resource().empty()) return {};
  const std::string in_arn = part_of_arn(name, function_name_in_arn);
  return of_name(function_ids_, in_arn.empty() ? last_part(name.pattern()) : in_arn);
}

Declared Declarations::of_id(const std::string& id) const {
  const auto found = entries_.find(id);
  return found == entries_.end() ? Declared{} : declared_resource(*found->second);
}

Declared Declarations::of_name(const std::map<std::string, std::string>& ids, const std::string& name) const {
  const auto found = ids.find(name);
  return found == ids.end() ? Declared{} : of_id(found->second);
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
