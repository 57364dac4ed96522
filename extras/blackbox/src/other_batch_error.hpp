#pragma once

#include <string_view>

namespace batchproof::blackbox {

/// How the error of a run begins whose answer another batch changed: so the law `fresh` knows it.
inline constexpr std::string_view another_batch_shows = "another batch changed the answer: ";

}  // namespace batchproof::blackbox
