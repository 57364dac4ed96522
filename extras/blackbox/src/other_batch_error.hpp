#pragma once

#include <string_view>

namespace batchproof::blackbox {

/// The error of a run begins so when another batch changed its answer; the law `fresh` recognises it by this.
inline constexpr std::string_view another_batch_shows = "another batch changed the answer: ";

}  // namespace batchproof::blackbox
