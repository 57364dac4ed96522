#pragma once

#include <batchproof/fixtures/source_info.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "draws.hpp"

namespace batchproof::generators {

/// So many different decimal numbers without leading zeros, ascending as numbers. Their lengths often differ
/// within one list, which makes their text order another one. `digits` spans 5 at least. Short ones are often
/// just below a power of ten, and may come again in another list; others do not.
std::vector<std::string> draw_sequence_numbers(Draws& draws, std::size_t count, fixtures::Digits digits,
                                               bool short_ones);

}  // namespace batchproof::generators
