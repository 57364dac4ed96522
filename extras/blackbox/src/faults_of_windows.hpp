#pragma once

// What a function may do wrong with a state that it gave itself. Each function here repeats what it finds in
// new processes, so that neither chance nor an earlier batch is told as a fault.

#include <cstddef>
#include <string>

#include "window_parts.hpp"

namespace batchproof::blackbox {

/// How often a fault must be seen again.
inline constexpr int times_to_confirm = 3;

/// A sentence if the function fails the event that ends the window, with its last record or without one, and
/// handles it while the window goes on; else empty. Lambda ends a window with an event that holds the state.
/// An answer without a state is for the law `well-formed`. `last` is the last record with the state of the
/// others.
std::string failure_at_the_end(WindowParts& parts, const WindowParts::Part& last);

/// Whether a process that has handled another batch answers otherwise than the one that gave the state of
/// `last`, whose answer was the state `after`. Both have handled a batch, as a flag of the first invocation
/// would show.
bool is_kept_in_memory(WindowParts& parts, const WindowParts::Part& last, const std::string& after);

/// Whether the records of a batch with a failure, in an event that holds the state of the first of them, get
/// another state than those before the failure, which it must hold. `first_records` are before the failure;
/// with fewer than two there is none to judge.
bool loses_earlier_state(WindowParts& parts, std::size_t first_records);

}  // namespace batchproof::blackbox
