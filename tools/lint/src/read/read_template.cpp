#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <batchproof/lint/read_template.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "read/read_json.hpp"
#include "read/read_yaml.hpp"
#include "read/serverless.hpp"
#include "read/terraform.hpp"

namespace batchproof::lint {
namespace {

/// CloudFormation accepts 500 ("Understand CloudFormation quotas"). The limit bounds the work, since each
/// resource may refer to any other.
constexpr std::size_t most_resources = 20'000;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool begins_like_json(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

/// JSON is also YAML, but libyaml refuses long keys, and characters written as two `\u` escapes. YAML may
/// begin with a brace too; a text that is neither is reported as JSON.
ReadText read_text(std::string_view text) {
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

/// Terraform's own language, which is not supported: `resource "aws_sqs_queue" "orders" {`.
bool is_terraform_source(std::string_view text) {
  constexpr std::array<std::string_view, 8> blocks{"resource \"", "module \"", "provider \"", "variable \"",
                                                   "data \"",     "output \"", "terraform {", "locals {"};
  return std::any_of(blocks.begin(), blocks.end(), [&](std::string_view block) {
    return text.starts_with(block) || text.find('\n' + std::string(block)) != std::string_view::npos;
  });
}

constexpr const char* about_terraform =
    "Terraform's language is not read; lint the JSON of its plan: terraform plan -out=plan && terraform show "
    "-json plan > plan.json";

Template in_words_of_cloudformation(ReadText read) {
  Template made{.format = Format::cloudformation,
                .root = std::move(read.root),
                .repeated_keys = std::move(read.repeated_keys)};
  if (is_terraform_show(made.root)) {
    made.format = Format::terraform;
    made.root = template_of_terraform(made.root);
  } else if (is_serverless(made.root)) {
    made.format = Format::serverless;
    auto translated = template_of_serverless(made.root);
    made.root = std::move(translated.root);
    made.places_in_cloudformation = std::move(translated.places_in_cloudformation);
    made.extensions = std::move(translated.extensions);
  }
  return made;
}

/// The CDK writes templates for stacks without resources too, and does not deploy them.
bool is_empty_stack_of_cdk(const Node& root) {
  return root.find("Resources") == nullptr && root.find("Parameters") != nullptr &&
         root.find("Rules") != nullptr;
}

void check_resources(const Node& root) {
  const Node* const resources = root.find("Resources");
  // Without a value they are those of a template with a wrong indentation.
  const bool is_empty = resources != nullptr && resources->kind == Node::Kind::nothing;
  const bool is_template =
      is_empty || root.find("AWSTemplateFormatVersion") != nullptr || root.find("Transform") != nullptr;
  if (resources == nullptr && !is_template)
    throw OtherDataError(
        "not a format that is read: a template of CloudFormation, SAM or CDK has Resources, serverless.yml "
        "has service and functions, and the JSON of terraform show has format_version");
  if (resources == nullptr) throw TemplateError("the template has no Resources");
  if (resources->kind != Node::Kind::map) {
    const std::string why = fmt::format("line {}: Resources is not a map", resources->place.line);
    if (!is_template) throw OtherDataError(why);
    throw TemplateError(why);
  }
  if (resources->entries.size() > most_resources)
    throw TemplateError(fmt::format("more than {} resources, and CloudFormation takes 500", most_resources));
}

}  // namespace

Template read_template(std::string_view text) {
  if (text.size() > most_template_bytes)
    throw TemplateError(fmt::format("larger than {} bytes, which no template may be", most_template_bytes));
  if (!begins_like_json(text) && is_terraform_source(text)) throw TemplateError(about_terraform);
  Template made = in_words_of_cloudformation(read_text(text));
  if (is_empty_stack_of_cdk(made.root)) made.root["Resources"].kind = Node::Kind::map;
  check_resources(made.root);
  return made;
}

Format Template::format_at(Place place) const {
  place.file = 0;
  const bool is_in_resources =
      std::binary_search(places_in_cloudformation.begin(), places_in_cloudformation.end(), place);
  return is_in_resources || extensions.contains(place) ? Format::cloudformation : format;
}

std::string Template::extension_at(Place place) const {
  place.file = 0;
  const auto found = extensions.find(place);
  return found == extensions.end() ? "" : found->second;
}

bool has_typed_resources(const Template& made) {
  const std::vector<Node::Entry>& resources = made.root.find("Resources")->entries;
  if (made.root.find("AWSTemplateFormatVersion") != nullptr || made.root.find("Transform") != nullptr)
    return true;
  return resources.empty() || std::any_of(resources.begin(), resources.end(), [](const Node::Entry& entry) {
           const Node* const type = entry.value.find("Type");
           return entry.key.starts_with("Fn::") || (type != nullptr && type->kind == Node::Kind::scalar);
         });
}

}  // namespace batchproof::lint
