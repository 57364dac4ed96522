#pragma once

#include <batchproof/lint/read_template.hpp>

namespace batchproof::lint {

/// True for a serverless.yml: it has a `service`, and `functions` or `provider`.
bool is_serverless(const Node& root);

/// Makes functions of SAM out of the functions of a serverless.yml and their events of type sqs, stream, msk
/// and kafka, and adds its `resources` and their `extensions` ("Serverless Framework: AWS events").
/// `${self:...}` is resolved; other variables stay unknown.
Template template_of_serverless(const Node& root);

}  // namespace batchproof::lint
