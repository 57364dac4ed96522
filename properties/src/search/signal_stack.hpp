#pragma once

#include <signal.h>

#include <array>

namespace batchproof::properties {

/// Gives the calling thread a stack for signal handlers, unless it has one: after an overflow of its own
/// stack a handler could not run on that.
inline void use_signal_stack() {
  static std::array<char, 65'536> room;
  stack_t stack{};
  if (sigaltstack(nullptr, &stack) != 0 || (stack.ss_flags & SS_DISABLE) == 0) return;
  stack = {.ss_sp = room.data(), .ss_flags = 0, .ss_size = room.size()};
  sigaltstack(&stack, nullptr);
}

}  // namespace batchproof::properties
