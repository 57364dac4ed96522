#pragma once

#include <batchproof/lint/node.hpp>

namespace batchproof::lint {

/// True for the output of `terraform show -json` for a plan or a state ("JSON Output Format", Terraform).
bool is_terraform_show(const Node& root);

/// The queues, functions, streams, mappings and pipes in it, with the targets of pipes, as resources of
/// CloudFormation: their logical ids are Terraform's addresses. An argument that is known only after apply,
/// and refers to another resource, becomes a reference to that resource.
Node template_of_terraform(const Node& root);

}  // namespace batchproof::lint
