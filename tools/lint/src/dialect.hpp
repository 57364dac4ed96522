#pragma once

#include <batchproof/lint/read_template.hpp>
#include <string>

namespace batchproof::lint {

/// Translates a text about properties into the terms of the template's format: "BatchSize" is "batch_size" in
/// Terraform, and "batchSize" in serverless.yml.
std::string in_words_of(Format format, std::string text);

}  // namespace batchproof::lint
