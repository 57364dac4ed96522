#include <fmt/core.h>

#include <batchproof/lint/read_template.hpp>

#include "read_json.hpp"
#include "read_yaml.hpp"

namespace batchproof::lint {
namespace {

/// CloudFormation takes 500 ("Understand CloudFormation quotas"); each may lead to any other.
constexpr std::size_t most_resources = 2'000;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool begins_like_json(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

/// JSON is YAML, but yaml-cpp refuses characters that are two `\u` escapes, and long keys. Between braces
/// YAML may stand too; what is neither is told as JSON.
Node read_text(std::string_view text) {
  if (!begins_like_json(text)) return read_yaml(text);
  try {
    return read_json(text);
  } catch (const TemplateError& not_json) {
    try {
      return read_yaml(text);
    } catch (const TemplateError&) {
      throw not_json;
    }
  }
}

}  // namespace

Node read_template(std::string_view text) {
  if (text.size() > most_template_bytes)
    throw TemplateError(fmt::format("larger than {} bytes, which no template may be", most_template_bytes));
  Node root = read_text(text);
  if (root.kind != Node::Kind::map) throw TemplateError("no template: it is no map with a key Resources");
  const Node* const resources = root.find("Resources");
  if (resources == nullptr) throw TemplateError("no template: it has no Resources");
  if (resources->kind != Node::Kind::map)
    throw TemplateError(fmt::format("no template: line {}: Resources is no map", resources->place.line));
  if (resources->entries.size() > most_resources)
    throw TemplateError(fmt::format("more than {} resources, and CloudFormation takes 500", most_resources));
  return root;
}

}  // namespace batchproof::lint
