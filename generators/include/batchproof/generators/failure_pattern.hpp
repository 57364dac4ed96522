#pragma once

#include <array>
#include <string_view>

namespace batchproof::generators {

/// The records of a batch that the handler must fail on. Each pattern but `none` rejects at least one record
/// of a batch that is not empty.
enum class FailurePattern {
  none,
  all,
  first,
  last,
  one,                ///< any one
  scattered,          ///< about a third of them
  run,                ///< some consecutive records
  group,              ///< all of one message group or partition key, and no other
  one_in_each_group,  ///< any one of each message group or partition key
  alternating,        ///< every other record, from the first or the second
  all_but_one,        ///< all, or all but any one of several
};

/// Those of batches of any size; `all_but_one` is drawn for larger ones.
inline constexpr std::array failure_patterns{
    FailurePattern::none,       FailurePattern::all,   FailurePattern::first,
    FailurePattern::last,       FailurePattern::one,   FailurePattern::scattered,
    FailurePattern::run,        FailurePattern::group, FailurePattern::one_in_each_group,
    FailurePattern::alternating};

/// "none", "one_in_each_group", ...
std::string_view name(FailurePattern pattern) noexcept;

}  // namespace batchproof::generators
