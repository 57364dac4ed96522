#pragma once

#include <batchproof/lint/node.hpp>

namespace batchproof::lint {

/// Whether this is a serverless.yml, with a `service` and `functions` or `provider`.
bool is_serverless(const Node& root);

/// The functions of a serverless.yml with their events of type sqs and stream as functions of SAM, beside the
/// resources of its `resources` ("Serverless Framework: AWS events"). `${self:...}` is looked up; other
/// variables stay unknown.
Node template_of_serverless(const Node& root);

}  // namespace batchproof::lint
