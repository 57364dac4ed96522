#pragma once

#include <string>
#include <string_view>

namespace batchproof::lint {

/// The resource type of CloudFormation for one of Terraform's AWS provider; empty for a type that no rule
/// needs.
std::string_view resource_type_of(std::string_view terraform_type);

/// The property of CloudFormation for an argument: `batch_size` is `BatchSize`.
std::string property_of(std::string_view type, std::string_view argument);

/// The attribute of CloudFormation for one of Terraform; empty when `Ref` returns it.
std::string attribute_in_cloudformation(std::string_view type, std::string_view attribute);

}  // namespace batchproof::lint
