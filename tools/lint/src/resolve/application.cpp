#include "resolve/application.hpp"

#include <filesystem>
#include <utility>

#include "resolve/resolver.hpp"

namespace batchproof::lint {
namespace {

void put_in_file(Node& node, int file) {
  node.place.file = file;
  for (Node& item : node.items) put_in_file(item, file);
  for (Node::Entry& entry : node.entries) {
    entry.place.file = file;
    put_in_file(entry.value, file);
  }
}

std::string normal(const std::filesystem::path& path) { return path.lexically_normal().generic_string(); }

}  // namespace

int Application::add(Template made, const std::string& path) {
  const int index = files();
  File& file = files_.emplace_back(File{.made = std::move(made), .path = path});
  expand_for_each(file.made.root, parameters_);
  if (index > 0) {
    put_in_file(file.made.root, index);
    for (RepeatedKey& repeated : file.made.repeated_keys) repeated.place.file = repeated.before.file = index;
  }
  if (const Node* const resources = file.made.root.find("Resources"))
    for (const Node::Entry& entry : resources->entries) file.resources.emplace(entry.key, &entry);
  return index;
}

void Application::link() {
  for (int index = 0; index < files(); ++index) link_stacks(index);
  for (int index = 0; index < files(); ++index) link_exports(index);
}

/// The path of a nested stack's template is relative to the template that nests it.
void Application::link_stacks(int index) {
  File& file = files_[static_cast<std::size_t>(index)];
  std::map<std::string, int> indexes;
  for (const auto& [id, entry] : file.resources) {
    const std::string type = entry->value.text_of("Type");
    const bool is_stack = type == "AWS::CloudFormation::Stack";
    if (!is_stack && type != "AWS::Serverless::Application") continue;
    const Node* const location = entry->value.find({"Properties", is_stack ? "TemplateURL" : "Location"});
    if (location == nullptr || location->kind != Node::Kind::scalar) continue;
    if (indexes.empty())
      for (int other = 0; other < files(); ++other)
        indexes.emplace(normal(files_[static_cast<std::size_t>(other)].path), other);
    const auto child = indexes.find(normal(std::filesystem::path(file.path).parent_path() / location->text));
    if (child == indexes.end() || child->second == index) continue;
    file.children.emplace(id, child->second);
    files_[static_cast<std::size_t>(child->second)].callers.push_back(
        {.file = index, .value = entry->value.find({"Properties", "Parameters"})});
  }
}

void Application::link_exports(int index) {
  const Node* const outputs = root(index).find("Outputs");
  if (outputs == nullptr) return;
  Choices choices;
  const Resolver resolver(*this, index, choices);
  for (const Node::Entry& entry : outputs->entries) {
    const Node* const name = entry.value.find({"Export", "Name"});
    const Node* const value = entry.value.find("Value");
    if (name == nullptr || value == nullptr) continue;
    const std::string identity = resolver.resolve(*name).identity();
    if (identity.empty()) continue;
    const auto [known, is_new] = exports_.emplace(identity, Reference{.file = index, .value = value});
    if (!is_new) known->second.value = nullptr;  // no two stacks export one name: other applications
  }
}

const Node::Entry* Application::resource(int index, std::string_view id) const {
  const auto& resources = files_[static_cast<std::size_t>(index)].resources;
  const auto found = resources.find(id);
  return found == resources.end() ? nullptr : found->second;
}

const std::string* Application::given_parameter(const std::string& name) const {
  const auto found = parameters_.find(name);
  return found == parameters_.end() ? nullptr : &found->second;
}

std::optional<Application::Reference> Application::exported(const std::string& name) const {
  const auto found = exports_.find(name);
  if (name.empty() || found == exports_.end() || found->second.value == nullptr) return std::nullopt;
  return found->second;
}

std::optional<Application::Reference> Application::passed_parameter(int index,
                                                                    const std::string& name) const {
  const std::vector<Reference>& callers = files_[static_cast<std::size_t>(index)].callers;
  if (callers.size() != 1 || callers[0].value == nullptr) return std::nullopt;
  const Node* const value = callers[0].value->find(name);
  if (value == nullptr) return std::nullopt;
  return Reference{.file = callers[0].file, .value = value};
}

std::optional<Application::Reference> Application::output(int index, const std::string& stack,
                                                          const std::string& name) const {
  const auto& children = files_[static_cast<std::size_t>(index)].children;
  const auto child = children.find(stack);
  if (child == children.end()) return std::nullopt;
  const Node* const value = root(child->second).find({"Outputs", name, "Value"});
  if (value == nullptr) return std::nullopt;
  return Reference{.file = child->second, .value = value};
}

}  // namespace batchproof::lint
