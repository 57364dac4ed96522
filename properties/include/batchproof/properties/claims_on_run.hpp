#pragma once

// How the notes begin that say what never was in a run. Another shard of the run may have seen it, and then
// the note is wrong of the whole: `merge_reports` leaves it out. It tells such notes by these words, since a
// report that was read holds no more than the text.

#include <array>
#include <string_view>

namespace batchproof::properties {

/// That no log named a record which a function handled. A log may do so in another shard, and these claims
/// differ in strength: where nothing was printed, nothing matched either.
inline constexpr std::string_view printed_nothing =
    "what it handled cannot be seen: the function printed nothing";
inline constexpr std::string_view matched_nothing =
    "what it handled cannot be seen: the expression matched nothing in its logs";
inline constexpr std::string_view found_no_identifier =
    "what it handled cannot be seen: the expression found no identifier in its logs";
inline constexpr std::array claims_on_logs{found_no_identifier, matched_nothing,
                                           printed_nothing};  // weakest first

/// That each answer of a function held the same state, which follows. Another shard may have another one.
inline constexpr std::string_view state_never_changes =
    "every answer without failures holds the same state, ";

}  // namespace batchproof::properties
