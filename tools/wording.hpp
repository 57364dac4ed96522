#pragma once

#include <batchproof/fixtures/wording.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace batchproof::tools {

using fixtures::joined;
using fixtures::with_commas;

/// "1 record", "2,000 records".
inline std::string counted(std::uint64_t number, std::string_view noun) { return with_commas(number, noun); }

/// The title of a source in the catalogue with its article: "an SQS FIFO queue", "a Kafka topic".
std::string with_article(std::string_view title);

}  // namespace batchproof::tools
