// Translates a plan or a state of Terraform. A plan has two trees of modules: `planned_values` has the known
// arguments, `configuration` the references of each argument. A state has only `values`.
//
//     return TerraformTranslation(root).take();

#include "read/terraform.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "read/terraform_names.hpp"
#include "split.hpp"

namespace batchproof::lint {
namespace {

constexpr int most_steps = 10;

/// One module of the configuration, called from another.
struct Module {
  const Node* configuration = nullptr;  ///< null in a state
  const Module* caller = nullptr;
  const Node* call = nullptr;  ///< the expressions that the caller passes
  std::string prefix{};        ///< of its addresses: "module.orders."
};

/// A block is a list of one map.
const Node* block(const Node* node) {
  const bool is_block = node != nullptr && node->kind == Node::Kind::list && node->items.size() == 1 &&
                        node->items[0].kind == Node::Kind::map;
  return is_block ? &node->items[0] : nullptr;
}

bool is_given(const Node* node) { return node != nullptr && node->kind != Node::Kind::nothing; }

/// A state has an empty list, an empty text or zero for an argument that is not set. Only of these arguments
/// zero is no value.
bool is_not_set(const Node::Entry& argument) {
  const Node& value = argument.value;
  if (value.kind == Node::Kind::list) return value.items.empty();
  if (value.kind != Node::Kind::scalar) return !is_given(&value);
  const bool has_no_zero = argument.key == "parallelization_factor" ||
                           argument.key == "maximum_record_age_in_seconds" ||
                           argument.key == "minimum_pollers" || argument.key == "maximum_pollers";
  return value.text.empty() || (has_no_zero && value.text == "0");
}

std::string without_index(const std::string& address) {
  return address.ends_with(']') ? address.substr(0, address.rfind('[')) : address;
}

std::string index_of(const std::string& address) { return address.substr(without_index(address).size()); }

Node known_after_apply(std::string_view argument, Place place) {
  return Node::function("Fn::KnownAfterApply", Node::scalar(std::string(argument), place));
}

class TerraformTranslation {
 public:
  explicit TerraformTranslation(const Node& root) {
    const Node* const planned = root.find("planned_values");
    const Node* const values = planned != nullptr ? planned : root.find("values");
    const Node* const module = values == nullptr ? nullptr : values->find("root_module");
    if (module != nullptr) list_resources(*module);
    Module top{.configuration = root.find({"configuration", "root_module"})};
    made_ = Node::map({}, root.place);
    Node& resources = made_["Resources"];
    resources.kind = Node::Kind::map;
    if (module != nullptr) translate(*module, top, resources);
  }

  Node take() { return std::move(made_); }

 private:
  void list_resources(const Node& module) {
    if (const Node* const resources = module.find("resources")) {
      for (const Node& resource : resources->items) {
        const std::string address = resource.text_of("address");
        instances_[without_index(address)].push_back(address);
      }
    }
    if (const Node* const children = module.find("child_modules"))
      for (const Node& child : children->items) list_resources(child);
  }

  void translate(const Node& values, const Module& module, Node& resources) {
    if (const Node* const list = values.find("resources"))
      for (const Node& resource : list->items) translate_resource(resource, module, resources);
    const Node* const children = values.find("child_modules");
    if (children == nullptr) return;
    for (const Node& child : children->items) {
      const std::string address = child.text_of("address");
      const std::string name = without_index(
          address.substr(address.rfind("module.") == std::string::npos ? 0 : address.rfind("module.") + 7));
      const Node* const call =
          module.configuration == nullptr ? nullptr : module.configuration->find({"module_calls", name});
      translate(child,
                Module{.configuration = call == nullptr ? nullptr : call->find("module"),
                       .caller = &module,
                       .call = call == nullptr ? nullptr : call->find("expressions"),
                       .prefix = address + "."},
                resources);
    }
  }

  void translate_resource(const Node& resource, const Module& module, Node& resources) {
    const std::string type = resource.text_of("type");
    const std::string address = resource.text_of("address");
    const bool is_policy = type == "aws_sqs_queue_redrive_policy";
    const std::string_view type_made = resource_type_of(type);
    if ((type_made.empty() && !is_policy) || address.empty() || resource.text_of("mode") == "data") return;
    Node properties =
        translate_block(resource, resource.find("values"), expressions_of(resource, module), module);
    if (is_policy) return add_redrive_policy(properties, resources);
    // -1 reserves nothing.
    if (properties.text_of("ReservedConcurrentExecutions") == "-1")
      properties["ReservedConcurrentExecutions"] = Node{};
    // A state has zero for the attempts of a Kafka mapping that sets none.
    const bool is_of_kafka =
        properties.find("Topics") != nullptr || properties.find("SelfManagedEventSource") != nullptr;
    if (is_of_kafka && properties.text_of("MaximumRetryAttempts") == "0")
      properties["MaximumRetryAttempts"] = Node{};
    // The argument is required unless the cluster runs elsewhere, so a missing one is known only after apply.
    const bool is_mapping = type == "aws_lambda_event_source_mapping";
    if (is_mapping && properties.find("EventSourceArn") == nullptr &&
        properties.find("SelfManagedEventSource") == nullptr)
      properties["EventSourceArn"] = known_after_apply("event_source_arn", resource.place);
    // A resource of its own may have set the queue's policy already.
    if (const Node* const policy = resources.find({address, "Properties", "RedrivePolicy"}))
      properties["RedrivePolicy"] = *policy;
    Node made = Node::map({}, resource.place);
    made["Type"] = Node::scalar(std::string(type_made), resource.place);
    made["Properties"] = std::move(properties);
    resources.set(address, std::move(made), resource.place);
  }

  static void add_redrive_policy(Node& properties, Node& resources) {
    const Node* const queue = properties.find({"QueueUrl", "Ref"});
    if (queue != nullptr) resources[queue->text]["Properties"]["RedrivePolicy"] = properties["RedrivePolicy"];
  }

  Node translate_block(const Node& resource, const Node* values, const Node* expressions,
                       const Module& module) const {
    Node made = Node::map({}, values == nullptr ? resource.place : values->place);
    const std::string type = resource.text_of("type");
    if (values != nullptr) {
      for (const Node::Entry& entry : values->entries) {
        if (is_not_set(entry)) continue;
        Node& property = made[property_of(type, entry.key)];
        const Node* const expression = expressions == nullptr ? nullptr : expressions->find(entry.key);
        const Node* const inner = entry.key == "filter" ? nullptr : block(&entry.value);
        property =
            inner == nullptr ? entry.value : translate_block(resource, inner, block(expression), module);
      }
    }
    if (expressions == nullptr) return made;
    for (const Node::Entry& entry : expressions->entries) {
      const std::string property = property_of(type, entry.key);
      const bool is_known = values != nullptr && is_given(values->find(entry.key));
      if (is_known || made.find(property) != nullptr) continue;
      if (const Node* const inner = block(&entry.value)) {
        made[property] = translate_block(resource, nullptr, inner, module);
      } else if (const Node* const references = entry.value.find("references")) {
        made[property] = entry.key == "redrive_policy"
                             ? policy_of(*references, module, resource)
                             : reference_of(*references, module, resource, entry.key, most_steps);
      }
    }
    return made;
  }

  static const Node* expressions_of(const Node& resource, const Module& module) {
    const Node* const list =
        module.configuration == nullptr ? nullptr : module.configuration->find("resources");
    if (list == nullptr) return nullptr;
    const std::string address = without_index(resource.text_of("address"));
    if (!address.starts_with(module.prefix)) return nullptr;
    const std::string local = address.substr(module.prefix.size());
    for (const Node& configured : list->items)
      if (configured.text_of("address") == local) return configured.find("expressions");
    return nullptr;
  }

  /// The text of the policy is known only after apply, but it refers to the dead-letter queue.
  Node policy_of(const Node& references, const Module& module, const Node& resource) const {
    Node policy = Node::map({}, resource.place);
    policy["deadLetterTargetArn"] = reference_of(references, module, resource, "redrive_policy", most_steps);
    policy["maxReceiveCount"] = known_after_apply("redrive_policy", resource.place);
    return policy;
  }

  Node reference_of(const Node& references, const Module& module, const Node& resource,
                    std::string_view argument, int steps) const {
    for (const Node& reference : references.items) {
      const auto names = split(reference.text, ".");
      const std::vector<std::string> parts(names.begin(), names.end());
      if (parts.size() < 2 || steps == 0) continue;
      if (parts[0] == "var") {
        const Node* const given =
            module.call == nullptr ? nullptr : module.call->find({parts[1], "references"});
        if (given != nullptr && module.caller != nullptr)
          return reference_of(*given, *module.caller, resource, argument, steps - 1);
      } else if (parts[0] == "module" && parts.size() > 2 && module.configuration != nullptr) {
        const Node* const call =
            module.configuration->find({"module_calls", without_index(parts[1]), "module"});
        const Node* const given =
            call == nullptr ? nullptr : call->find({"outputs", parts[2], "expression", "references"});
        if (given == nullptr) continue;
        const Module called{
            .configuration = call, .caller = &module, .prefix = module.prefix + "module." + parts[1] + "."};
        return reference_of(*given, called, resource, argument, steps - 1);
      } else if (!resource_type_of(parts[0]).empty()) {
        const std::string found = instance(module.prefix + parts[0] + "." + parts[1], resource);
        if (!found.empty())
          return reference_to(found, parts[0], parts.size() > 2 ? parts[2] : "", resource.place);
      }
    }
    return known_after_apply(argument, resource.place);
  }

  /// The instance with the index of the resource that refers to it, if there are several.
  std::string instance(const std::string& address, const Node& resource) const {
    const auto found = instances_.find(without_index(address));
    if (found == instances_.end()) return {};
    if (found->second.size() == 1) return found->second[0];
    for (const std::string& one : found->second) {
      if (one == address || index_of(one) == index_of(resource.text_of("address"))) return one;
    }
    return {};
  }

  static Node reference_to(const std::string& address, std::string_view type, std::string_view attribute,
                           Place place) {
    const std::string name = attribute_in_cloudformation(type, attribute);
    if (name.empty()) return Node::function("Ref", Node::scalar(address, place));
    std::vector<Node> items{Node::scalar(address, place), Node::scalar(name, place)};
    return Node::function("Fn::GetAtt", Node::list(std::move(items), place));
  }

  std::map<std::string, std::vector<std::string>> instances_;
  Node made_;
};

}  // namespace

bool is_terraform_show(const Node& root) {
  return root.find("format_version") != nullptr &&
         (root.find("planned_values") != nullptr || root.find("values") != nullptr ||
          root.find("terraform_version") != nullptr);
}

Node template_of_terraform(const Node& root) { return TerraformTranslation(root).take(); }

}  // namespace batchproof::lint
