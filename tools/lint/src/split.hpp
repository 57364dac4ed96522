#pragma once

#include <string_view>
#include <vector>

namespace batchproof::lint {

/// The parts of a text around each delimiter; at least one. They live as long as the text.
std::vector<std::string_view> split(std::string_view text, std::string_view delimiter);

/// The parts that a delimiter ends, as lines are; the last one may lack it. None of an empty text.
std::vector<std::string_view> split_after_each(std::string_view text, std::string_view delimiter);

/// The items of a `CommaDelimitedList`, without the spaces before them.
std::vector<std::string_view> comma_delimited_items(std::string_view text);

}  // namespace batchproof::lint
