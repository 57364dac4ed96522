#pragma once

#include <batchproof/properties/report.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof::properties {

/// What a reader must know of a counterexample that needs a cold start, in lines for a terminal.
inline constexpr std::string_view words_on_cold_start =
    "only the first batch of a process shows this: as its second batch, the event below\n"
    "violates nothing. Look for what is set on first use, such as a static variable.";

/// Where the state of earlier batches may be. Nobody confirms what a function shows in processes of its own,
/// and it has no `.before_each`.
inline std::string_view words_on_kept_state(const Counterexample& found) noexcept {
  if (found.confirmation == Confirmation::none)
    return "Look for a variable of the module, a static object or a cache.";
  return "Look for a static object, a member or a cache. If the state of a handler is\n"
         "meant to last, reset it in .before_each of the verification.";
}

/// ", shrunk from 1,000 records to 2"; empty for a counterexample that has all records that were drawn.
std::string shrunk_in_words(const Counterexample& found);

/// "as AWS sends it", or why AWS would not send it: `most` reasons, with this text between them.
std::string input_in_words(const Counterexample& found, std::string_view between, std::size_t most);

}  // namespace batchproof::properties
