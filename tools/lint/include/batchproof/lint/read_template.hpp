#pragma once

// Reads a template of CloudFormation, SAM or the Serverless Framework, in YAML or JSON:
//
//   const Template read = read_template(text);

#include <batchproof/lint/node.hpp>
#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::lint {

/// The text is not a template; `what()` is one line with the reason and the place.
class TemplateError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The text is JSON or YAML, but that of no template.
class OtherDataError : public TemplateError {
 public:
  using TemplateError::TemplateError;
};

/// CloudFormation accepts templates of 1 MiB ("Understand CloudFormation quotas"). Larger ones are read too,
/// since a tool may pack them before they are uploaded, and Terraform's JSON is long.
inline constexpr std::size_t most_template_bytes = std::size_t{8} << 20U;

/// The language that a template is written in: CloudFormation with SAM, the JSON of `terraform show`, or
/// serverless.yml.
enum class Format { cloudformation, terraform, serverless };

/// A key that stood in its map before. The last one counts.
struct RepeatedKey {
  std::string key;
  Place place;
  Place before;
};

/// YAML or JSON as it is written.
struct ReadText {
  Node root;
  std::vector<RepeatedKey> repeated_keys;
};

/// A template in the terms of CloudFormation, whatever format it was written in.
struct Template {
  Format format = Format::cloudformation;
  Node root{};
  std::vector<RepeatedKey> repeated_keys{};

  /// Places in the `resources` of a serverless.yml, which have the terms of CloudFormation, in their order.
  std::vector<Place> places_in_cloudformation{};

  /// The events of Kafka in a serverless.yml, which has no words for their settings of failures: the path at
  /// which these can be set, in the terms of CloudFormation.
  std::map<Place, std::string> extensions{};

  /// The language that stands at a place.
  Format format_at(Place place) const;

  /// The path at which the settings of what stands at a place can be set; empty where that is the place
  /// itself.
  std::string extension_at(Place place) const;
};

/// Reads YAML, with the short tags of CloudFormation, or JSON. Throws `TemplateError` for a text that is
/// neither, that is nested too deeply or grows too large through aliases; `OtherDataError` for one whose
/// format is unknown. Accepts any bytes.
Template read_template(std::string_view text);

/// Whether one of the resources has a type, if there are any, or the text says itself that it is a template.
bool has_typed_resources(const Template& made);

}  // namespace batchproof::lint
