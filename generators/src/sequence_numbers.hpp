#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "draws.hpp"

namespace batchproof::generators {

/// So many different decimal numbers without leading zeros, ascending as numbers, none longer than 60 digits.
/// Their lengths often differ within one list, which makes their text order another one.
std::vector<std::string> draw_sequence_numbers(Draws& draws, std::size_t count);

}  // namespace batchproof::generators
