#pragma once

#include <array>
#include <batchproof/fixtures/source.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::tools {

inline constexpr std::array all_sources{fixtures::Source::sqs, fixtures::Source::sqs_fifo,
                                        fixtures::Source::kinesis, fixtures::Source::dynamodb};

/// The names that `--source` takes.
std::vector<std::string> source_names();

/// The source of this name, which must be one of `source_names()`.
fixtures::Source source_of(std::string_view name);

}  // namespace batchproof::tools
