#pragma once

#include <batchproof/lint/read_template.hpp>
#include <string>

namespace batchproof::lint {

/// A text about properties in the words of the format that the template is written in: "BatchSize" is
/// "batch_size" in Terraform, and "batchSize" in serverless.yml.
std::string in_words_of(Format format, std::string text);

}  // namespace batchproof::lint
