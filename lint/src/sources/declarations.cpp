#include "sources/declarations.hpp"

#include <algorithm>
#include <cstddef>

namespace batchproof::lint {
namespace {

constexpr int most_aliases = 4;
constexpr std::size_t service_part = 2;
constexpr std::size_t region_part = 3;
constexpr std::size_t account_part = 4;
constexpr std::size_t queue_name_part = 5;
constexpr std::size_t function_name_part = 6;

const Node* name_of_resource(const Declared& declared) {
  if (declared.properties == nullptr) return nullptr;
  if (declared.is_queue()) return declared.properties->find("QueueName");
  return declared.is_function() ? declared.properties->find("FunctionName") : nullptr;
}

bool is_written(const std::string& part) {
  return part.find('$') == std::string::npos && part.find('*') == std::string::npos;
}

std::string region_and_account(const std::vector<std::string>& arn) {
  return arn[region_part] + ":" + arn[account_part];
}

}  // namespace

Declared declared_resource(const Node::Entry& entry) {
  return {.id = entry.key,
          .place = entry.place,
          .type = entry.value.text_of("Type"),
          .properties = entry.value.find("Properties"),
          .condition = entry.value.text_of("Condition"),
          .file = entry.place.file};
}

Declarations::Declarations(const Application& application)
    : application_(&application), named_(static_cast<std::size_t>(application.files())) {
  for (int file = 0; file < application.files(); ++file) add_names(file);
  if (queues_.empty()) return;
  for (int file = 0; file < application.files(); ++file) add_arns(application.root(file));
}

void Declarations::add_names(int file) {
  Choices choices;
  const Resolver resolver(*application_, file, choices);
  const Node* const resources = application_->root(file).find("Resources");
  if (resources == nullptr) return;
  for (const Node::Entry& entry : resources->entries) {
    const Declared declared = declared_resource(entry);
    const Node* const name = name_of_resource(declared);
    if (name == nullptr) continue;
    named_[static_cast<std::size_t>(file)].push_back(&entry);
    const std::string identity = resolver.resolve(*name).identity();
    if (!identity.empty()) (declared.is_queue() ? queues_ : functions_)[identity].push_back(&entry);
  }
}

void Declarations::add_arns(const Node& node) {
  if (node.kind == Node::Kind::scalar && node.text.starts_with("arn:")) {
    const std::vector<std::string> parts = text_value(node.text, node.place).parts();
    if (parts.size() == queue_name_part + 1 && parts[service_part] == "sqs" && is_written(node.text) &&
        queues_.contains(parts.back())) {
      written_arns_[parts.back()].push_back(region_and_account(parts));
    }
  }
  for (const Node& item : node.items) add_arns(item);
  for (const Node::Entry& entry : node.entries) add_arns(entry.value);
}

Declared Declarations::queue(const Value& value, const Resolver& resolver) const {
  const std::vector<std::string> parts = value.parts();
  // A resource may be named within an ARN, by its name.
  if (value.resource() != nullptr) return resource(value);
  const bool is_arn = parts.size() == queue_name_part + 1 && parts[service_part] == "sqs";
  return is_arn && may_be_own_queue(parts) ? of_name(true, parts.back(), resolver) : Declared{};
}

/// An ARN of another region or account is another queue, even if it has the name of ours.
bool Declarations::may_be_own_queue(const std::vector<std::string>& arn) const {
  if (!is_written(arn[region_part]) || !is_written(arn[account_part])) return true;
  const auto written = written_arns_.find(arn.back());
  return written == written_arns_.end() ||
         std::all_of(written->second.begin(), written->second.end(),
                     [&](const std::string& other) { return other == region_and_account(arn); });
}

Declared Declarations::function(const Value& value, const Resolver& resolver) const {
  Value name = value;
  for (int step = 0; step < most_aliases && name.resource() != nullptr; ++step) {
    Declared declared = resource(name);
    if (declared.is_function()) return declared;
    const Node* const next =
        declared.properties == nullptr ? nullptr : declared.properties->find("FunctionName");
    if (next == nullptr) return {};
    name = resolver.in_file(declared.file).resolve(*next);
  }
  if (name.kind != Value::Kind::text || name.resource() != nullptr) return {};
  const std::vector<std::string> parts = name.parts();
  if (parts[0] == "arn")
    return parts.size() > function_name_part ? of_name(false, parts[function_name_part], resolver)
                                             : Declared{};
  return of_name(false, parts[0], resolver);
}

Declared Declarations::resource(const Value& value) const {
  const Piece* const named = value.resource();
  const Node::Entry* const entry =
      named == nullptr ? nullptr : application_->resource(named->file, named->text);
  return entry == nullptr ? Declared{} : declared_resource(*entry);
}

/// The same template's resource first, with the choices of the deployment that is read.
Declared Declarations::of_name(bool is_queue, const std::string& name, const Resolver& resolver) const {
  if (name.empty() || name.find('*') != std::string::npos) return {};
  for (const Node::Entry* const entry : named_[static_cast<std::size_t>(resolver.file())]) {
    const Declared declared = declared_resource(*entry);
    if (declared.is_queue() == is_queue && resolver.resolve(*name_of_resource(declared)).identity() == name)
      return declared;
  }
  const Names& names = is_queue ? queues_ : functions_;
  const auto found = names.find(name);
  const bool is_clear = found != names.end() && found->second.size() == 1;
  return is_clear ? declared_resource(*found->second[0]) : Declared{};
}

Resolver resolver_for(const Resolver& resolver, const Declared& declared) {
  return resolver.in_file(declared.file).where(declared.condition);
}

std::string part_of_arn(const Value& arn, std::size_t index) {
  const std::vector<std::string> parts = arn.parts();
  return parts[0] == "arn" && index < parts.size() ? parts[index] : "";
}

}  // namespace batchproof::lint
