#pragma once

#include <batchproof/fixtures/source.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::tools {

/// The names that `--source` takes.
std::vector<std::string> source_names();

/// The source of this name, which must be one of `source_names()`.
fixtures::Source source_of(std::string_view name);

}  // namespace batchproof::tools
