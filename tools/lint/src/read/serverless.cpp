#include "read/serverless.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "read/serverless_functions.hpp"
#include "read/serverless_resources.hpp"
#include "read/serverless_variables.hpp"

namespace batchproof::lint {
namespace {

/// The places that findings are shown at: of keys, maps and lists.
void add_places(const Node& node, std::vector<Place>& places) {
  if (node.kind != Node::Kind::scalar) places.push_back(node.place);
  for (const Node& item : node.items) add_places(item, places);
  for (const Node::Entry& entry : node.entries) {
    places.push_back(entry.place);
    add_places(entry.value, places);
  }
}

/// Nothing when the provider has none; unknown when serverless fills in the provider.
Node timeout_of_provider(const Node& root, const ServerlessVariables& variables) {
  const Node* const written = root.find("provider");
  if (written == nullptr) return {};
  if (const Node* const timeout = written->find("timeout")) return variables.filled(*timeout);
  if (written->kind != Node::Kind::scalar) return {};
  Node provider = variables.filled(*written);
  if (is_variable(provider)) return provider;
  const Node* const timeout = provider.find("timeout");
  return timeout == nullptr ? Node{} : *timeout;
}

}  // namespace

bool is_serverless(const Node& root) {
  return root.find("service") != nullptr &&
         (root.find("functions") != nullptr || root.find("provider") != nullptr) &&
         root.find("Resources") == nullptr;
}

Template template_of_serverless(const Node& root) {
  const ServerlessVariables variables(root);
  Template made{.format = Format::serverless, .root = Node::map({}, root.place)};
  Node& all = made.root["Resources"];
  all.kind = Node::Kind::map;
  ServerlessFunctions functions;
  if (const Node* const written = root.find("functions")) {
    const Node timeout = timeout_of_provider(root, variables);
    functions = functions_of_serverless(variables.filled(*written), timeout);
    all.entries = std::move(functions.resources.entries);
  }
  if (const Node* const written = root.find("resources")) {
    const Node resources = variables.filled(*written);
    add_places(resources, made.places_in_cloudformation);
    std::sort(made.places_in_cloudformation.begin(), made.places_in_cloudformation.end());
    add_resources(made.root, resources, functions);
  }
  made.extensions = std::move(functions.extensions);
  return made;
}

}  // namespace batchproof::lint
