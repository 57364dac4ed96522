#pragma once

#include <string_view>

namespace batchproof::inline v0_1::detail {

/// The beginning of a record that the Kinesis Producer Library made of several ("KPL Aggregated Record
/// Format").
inline constexpr std::string_view aggregate_beginning = "\xF3\x89\x9A\xC2";

}  // namespace batchproof::inline v0_1::detail
