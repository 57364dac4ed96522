#pragma once

// The process that a function runs in: its output and its memory. Not part of the public interface.

#include <batchproof/detail/contain.hpp>
#include <batchproof/status.hpp>
#include <charconv>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string_view>
#include <system_error>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace batchproof::inline v0_1::detail {

/// Flushes the output, since Lambda freezes the process as soon as it has an answer.
inline void flush_output() noexcept {
  for (std::ostream* const stream : {&std::cout, &std::clog}) {
    contain([&]() -> std::optional<Failure> {
      stream->flush();  // may throw if the user has enabled exceptions
      return std::nullopt;
    });
  }
  std::fflush(stdout);
}

/// Makes stdout line-buffered, so that each line is in the log even if the process is killed later: stdout is
/// a pipe in Lambda, and pipes are block-buffered by default.
inline void print_by_line() noexcept {
  flush_output();
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
}

/// Makes glibc return large buffers to the system as soon as they are free. By default, after the first large
/// payload, glibc keeps them in an arena for each thread: several times the memory in use. Does not change a
/// parameter that the environment sets.
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

/// AWS_LAMBDA_MAX_CONCURRENCY, which Lambda sets on managed instances; 1 when it is not a number above 0.
inline std::size_t max_concurrency_of_environment() noexcept {
  const char* const text = std::getenv("AWS_LAMBDA_MAX_CONCURRENCY");
  const std::string_view digits = text == nullptr ? "" : text;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_number = error == std::errc() && end == digits.data() + digits.size();
  return is_number && number > 0 ? number : 1;
}

inline constexpr const char* runtime_has_ended =
    "batchproof: the Lambda runtime has ended: no answer was taken, or no invocation given\n";

}  // namespace batchproof::inline v0_1::detail
