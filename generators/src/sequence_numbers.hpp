#pragma once

#include <batchproof/fixtures/source_info.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "draws.hpp"

namespace batchproof::generators {

/// `count` different decimal numbers without leading zeros, ascending as numbers. Their lengths often differ
/// within one list, so that their order as text is different. `digits` must span at least 5. Short numbers
/// are often just below a power of ten, and may occur in another list too; others do not.
std::vector<std::string> draw_sequence_numbers(Draws& draws, std::size_t count, fixtures::Digits digits,
                                               bool short_ones);

}  // namespace batchproof::generators
