#include "read/serverless_resources.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "read/serverless_parts.hpp"
#include "read/serverless_variables.hpp"

namespace batchproof::lint {
namespace {

bool names_a_mapping(std::string_view name) {
  return name.find("EventSourceMapping") != std::string_view::npos;
}

/// The name that serverless gives a mapping is not known where its ARN has variables.
void note_unknown_event(Node& all, const char* kind, const Node::Entry& entry) {
  add_note(all, std::string("the ") + kind + " " + entry.key + " of an event that is not known is not read",
           entry.place);
}

/// `extensions` changes what serverless makes of the functions ("Override AWS CloudFormation resource").
bool may_change_resources(std::string_view section) {
  return section == "Parameters" || section == "Mappings" || section == "Conditions" ||
         section == "extensions";
}

/// Nobody knows whether such a resource is a queue, a mapping or a pipe.
void note_unread_type(Node& resources, const Node::Entry& resource) {
  const Node* const type = resource.value.find("Type");
  if (type == nullptr || !is_variable(*type) || resources.find(resource.key) != nullptr) return;
  add_note(resources, "the type of the resource " + resource.key + ' ' + origin_of(*type) + " is not read",
           resource.place);
}

/// A resource that is not known, or properties that are not known of a function.
void add_unread_resource(Node& resources, const Node::Entry& resource) {
  if (resources.find(resource.key) != nullptr) {
    resources[resource.key]["Properties"] = resource.value;
    return;
  }
  add_note(resources, "the resource " + resource.key + ' ' + origin_of(resource.value) + " is not read",
           resource.place);
  resources.entries.push_back(resource);
}

class Resources {
 public:
  explicit Resources(const ServerlessFunctions& functions) : functions_(functions) {}

  /// `resources` is a template, or a list of templates.
  void add_resources(Node& made, const Node& resources) const {
    for (const Node& part : resources.items) add_resources(made, part);
    if (is_variable(resources)) return add_unread(made["Resources"], "resources", resources, resources.place);
    for (const Node::Entry& section : resources.entries) {
      Node& all = made[section.key];
      const bool has_resources = section.key == "Resources";
      if (has_resources && is_variable(section.value)) {
        add_unread(all, "resources", section.value, section.place);
        continue;
      }
      if (may_change_resources(section.key) && is_variable(section.value)) {
        add_unread(made["Resources"], "the " + section.key, section.value, section.place);
        continue;
      }
      if (section.key == "extensions") continue;  // they change what all parts made
      for (const Node::Entry& entry : section.value.entries) {
        if (has_resources && is_variable(entry.value)) {
          add_unread_resource(all, entry);
        } else if (Node* const event = has_resources ? event_of(all, entry.key) : nullptr) {
          if (const Node::Entry* const properties = entry.value.entry("Properties"))
            merge(*event, *properties);
        } else if (has_resources && names_a_mapping(entry.key) && entry.value.find("Type") == nullptr) {
          note_unknown_event(all, "resource", entry);
        } else {
          if (has_resources) note_unread_type(all, entry);
          merge(all, entry);
        }
      }
    }
  }

  /// `extensions` set properties of what serverless made, each as a whole.
  void add_extensions(Node& all, const Node& resources) const {
    for (const Node& part : resources.items) add_extensions(all, part);
    const Node* const extensions = resources.find("extensions");
    if (extensions == nullptr || is_variable(*extensions)) return;
    for (const Node::Entry& extension : extensions->entries) {
      Node* changed = event_of(all, extension.key);
      if (changed == nullptr && all.find(extension.key) != nullptr) changed = &all[extension.key];
      const Node::Entry* const properties = extension.value.entry("Properties");
      if (changed == nullptr) {
        if (names_a_mapping(extension.key)) note_unknown_event(all, "extension", extension);
      } else if (is_variable(*changed)) {
        continue;  // what is not known stays so
      } else if (is_variable(extension.value)) {
        (*changed)["Properties"] = extension.value;
      } else if (properties != nullptr && is_variable(properties->value)) {
        (*changed)["Properties"] = properties->value;
      } else if (properties != nullptr && !is_variable((*changed)["Properties"])) {
        for (const Node::Entry& property : properties->value.entries)
          (*changed)["Properties"].set(property.key, property.value, property.place);
      }
    }
  }

 private:
  /// The event that has a mapping of this name; null if there is none. Of several the last one has it.
  Node* event_of(Node& all, std::string_view mapping) const {
    const auto found =
        std::find_if(functions_.events.rbegin(), functions_.events.rend(),
                     [&](const ServerlessFunctions::Event& event) { return event.mapping == mapping; });
    if (found == functions_.events.rend()) return nullptr;
    if (all.find({found->function, "Properties", "Events", found->name}) == nullptr) return nullptr;
    return &all[found->function]["Properties"]["Events"][found->name];
  }

  const ServerlessFunctions& functions_;
};

}  // namespace

void add_resources(Node& root, const Node& resources, const ServerlessFunctions& made) {
  const Resources of(made);
  of.add_resources(root, resources);
  of.add_extensions(root["Resources"], resources);
}

}  // namespace batchproof::lint
