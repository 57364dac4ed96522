#pragma once

// The process that a function runs in: what it prints, and the memory it holds. Not part of the public
// interface.

#include <batchproof/detail/contain.hpp>
#include <batchproof/status.hpp>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <optional>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace batchproof::detail {

/// Hands what was printed to Lambda, which freezes the process when it has taken an answer.
inline void flush_output() noexcept {
  for (std::ostream* const stream : {&std::cout, &std::clog}) {
    contain([&]() -> std::optional<Failure> {
      stream->flush();  // may throw where the user has asked for that
      return std::nullopt;
    });
  }
  std::fflush(stdout);
}

/// Each line that stdout is given is in the log when it ends, also where the process is killed later: stdout
/// is a pipe in Lambda, and would be written a block at a time.
inline void print_by_line() noexcept {
  flush_output();
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
}

/// Large buffers go back to the system as soon as they are free. By default glibc keeps them from the first
/// large payload on, in an arena for each thread: several times what is in use. Leaves alone what the
/// environment sets.
inline void return_free_memory() noexcept {
#ifdef __GLIBC__
  for (const char* const name :
       {"MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "GLIBC_TUNABLES"}) {
    if (std::getenv(name) != nullptr) return;
  }
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_ARENA_MAX, 2);
#endif
}

}  // namespace batchproof::detail
