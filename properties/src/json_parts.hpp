#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// Some bytes of a text.
struct Span {
  std::size_t begin;
  std::size_t end;
};

/// The members of each object and the elements of each array, each with a comma beside it, so that the rest
/// is still JSON; an outer one before those within. Of a damaged text, what looks like them.
std::vector<Span> json_parts(std::string_view text);

}  // namespace batchproof::properties
