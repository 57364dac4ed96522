#pragma once

#include <batchproof/lint/node.hpp>
#include <vector>

namespace batchproof::lint {

/// True for a serverless.yml: it has a `service`, and `functions` or `provider`.
bool is_serverless(const Node& root);

/// Makes functions of SAM out of the functions of a serverless.yml and their events of type sqs, stream, msk
/// and kafka, and adds its `resources` and their `extensions` ("Serverless Framework: AWS events").
/// `${self:...}` is resolved; other variables stay unknown. Gives the places whose findings need the terms of
/// CloudFormation, in order.
Node template_of_serverless(const Node& root, std::vector<Place>& places_in_cloudformation);

}  // namespace batchproof::lint
