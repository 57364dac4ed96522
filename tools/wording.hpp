#pragma once

#include <batchproof/fixtures/wording.hpp>
#include <string>
#include <string_view>

namespace batchproof::tools {

using fixtures::counted;
using fixtures::joined;
using fixtures::with_commas;

/// The title of a source in the catalogue with its article: "an SQS FIFO queue", "a Kafka topic".
std::string with_article(std::string_view title);

}  // namespace batchproof::tools
