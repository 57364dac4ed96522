#include "sources/declarations.hpp"

#include <algorithm>
#include <cstddef>

namespace batchproof::lint {
namespace {

constexpr int most_aliases = 4;
constexpr std::size_t most_indexes = 100;
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

Declarations::Declarations(const Application& application) : application_(&application) {
  for (int file = 0; file < application.files(); ++file) {
    Choices none;
    add_names(file, none, index_);
  }
  if (index_.queues.empty()) return;
  for (int file = 0; file < application.files(); ++file) add_arns(application.root(file));
}

void Declarations::add_names(int file, Choices& choices, Index& index) const {
  const Resolver resolver(*application_, file, choices);
  const Node* const resources = application_->root(file).find("Resources");
  if (resources == nullptr) return;
  for (const Node::Entry& entry : resources->entries) {
    const Declared declared = declared_resource(entry);
    const Node* const name = name_of_resource(declared);
    const std::string identity = name == nullptr ? "" : resolver.resolve(*name).identity();
    if (!identity.empty()) (declared.is_queue() ? index.queues : index.functions)[identity].push_back(&entry);
  }
}

/// The names in the current deployment, computed once for it.
const Declarations::Index& Declarations::index_of(const Resolver& resolver) const {
  const Made& made = resolver.choices().made();
  if (made.empty()) return index_;
  const auto known = made_indexes_.find({resolver.file(), made});
  if (known != made_indexes_.end()) return known->second;
  if (made_indexes_.size() >= most_indexes) made_indexes_.clear();
  Choices choices = resolver.choices();
  Index& index = made_indexes_[{resolver.file(), made}];
  add_names(resolver.file(), choices, index);
  return index;
}

void Declarations::add_arns(const Node& node) {
  if (node.kind == Node::Kind::scalar && node.text.starts_with("arn:")) {
    const std::vector<std::string> parts = text_value(node.text, node.place).parts();
    if (parts.size() == queue_name_part + 1 && parts[service_part] == "sqs" && is_written(node.text) &&
        index_.queues.contains(parts.back())) {
      written_arns_[parts.back()].push_back(region_and_account(parts));
    }
  }
  for (const Node& item : node.items) add_arns(item);
  for (const Node::Entry& entry : node.entries) add_arns(entry.value);
}

Declared Declarations::queue(const Value& value, const Resolver& resolver) const {
  const std::vector<std::string> parts = value.parts();
  // An ARN may name a resource by its name.
  if (value.resource() != nullptr) return resource(value);
  const bool is_arn = parts.size() == queue_name_part + 1 && parts[service_part] == "sqs";
  return is_arn && may_be_own_queue(parts) ? of_name(true, parts.back(), resolver) : Declared{};
}

/// An ARN of another region or account is another queue, even if its name is one of the template's.
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

/// Prefers the resource of the same template.
Declared Declarations::of_name(bool is_queue, const std::string& name, const Resolver& resolver) const {
  if (name.empty() || name.find('*') != std::string::npos) return {};
  const Names& own = index_of(resolver).of(is_queue);
  if (const auto found = own.find(name); found != own.end()) {
    for (const Node::Entry* const entry : found->second)
      if (entry->place.file == resolver.file()) return declared_resource(*entry);
  }
  const Names& all = index_.of(is_queue);
  const auto found = all.find(name);
  const bool is_clear = found != all.end() && found->second.size() == 1;
  return is_clear ? declared_resource(*found->second[0]) : Declared{};
}

std::string part_of_arn(const Value& arn, std::size_t index) {
  const std::vector<std::string> parts = arn.parts();
  return parts[0] == "arn" && index < parts.size() ? parts[index] : "";
}

}  // namespace batchproof::lint
