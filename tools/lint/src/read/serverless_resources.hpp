#pragma once

#include <batchproof/lint/node.hpp>

#include "read/serverless_functions.hpp"

namespace batchproof::lint {

/// Adds the `resources` of a serverless.yml, with their variables resolved, to the template that has
/// `made.resources`. They, and their `extensions`, may change the mappings of `made.events` ("Serverless
/// Framework: AWS infrastructure resources", "Override AWS CloudFormation resource").
void add_resources(Node& root, const Node& resources, const ServerlessFunctions& made);

}  // namespace batchproof::lint
