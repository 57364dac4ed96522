#pragma once

#include <batchproof/json/payload_value.hpp>
#include <cstddef>
#include <string>

namespace batchproof::inline v0_1::detail {

/// Throws a `PayloadError` for an array or object that lies in more than 511 others: the event's decoder has
/// the same limit.
inline void check_depth_of_container(const PayloadPath& place, std::size_t containers_around) {
  constexpr std::size_t max_depth = 512;
  if (containers_around >= max_depth)
    place.fail("nested more than " + std::to_string(max_depth) + " levels deep");
}

}  // namespace batchproof::inline v0_1::detail
