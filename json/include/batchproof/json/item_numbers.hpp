#pragma once

#include <batchproof/attribute_value.hpp>
#include <string_view>

namespace batchproof::detail {

/// Whether a number is not whole as it is written, although the nearest double is.
bool rounds_to_whole(std::string_view number) noexcept;

/// Whether an item holds such a number.
bool has_rounded_whole(const AttributeMap& item);

}  // namespace batchproof::detail
