#pragma once

#include <array>
#include <string_view>

namespace batchproof::generators {

/// Which records of a batch the handler must fail on. Each pattern but `none` rejects at least one record of
/// a batch that holds any.
enum class FailurePattern {
  none,
  all,
  first,
  last,
  one,                ///< any one
  scattered,          ///< about a third of them
  run,                ///< some that follow each other
  group,              ///< all of one message group or partition key, and no other
  one_in_each_group,  ///< any one of each message group or partition key
  alternating,        ///< every other record, from the first or the second
};

inline constexpr std::array failure_patterns{
    FailurePattern::none,       FailurePattern::all,   FailurePattern::first,
    FailurePattern::last,       FailurePattern::one,   FailurePattern::scattered,
    FailurePattern::run,        FailurePattern::group, FailurePattern::one_in_each_group,
    FailurePattern::alternating};

/// "none", "one_in_each_group", ...
std::string_view name(FailurePattern pattern) noexcept;

}  // namespace batchproof::generators
