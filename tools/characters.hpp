#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace batchproof::tools {

/// The lines of a text, each without its line feed. They live as long as the text.
std::vector<std::string_view> lines_of(std::string_view text);

/// The texts between the commas of a text; at least one.
std::vector<std::string> split_at_commas(std::string_view text);

}  // namespace batchproof::tools
