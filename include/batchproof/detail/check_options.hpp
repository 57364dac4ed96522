#pragma once

// Refuses invalid options of processors, and holds their defaults. Not part of the public interface.

#include <batchproof/detail/export.hpp>
#include <batchproof/detail/ordering.hpp>
#include <chrono>
#include <cstddef>
#include <optional>

namespace batchproof::inline v0_1::detail {

/// Throws `std::invalid_argument`, which says what to write instead, for a concurrency of 0 or one that would
/// break the order, and for a negative reserve.
BATCHPROOF_EXPORT void check_options(std::optional<std::size_t> max_concurrency,
                                     std::chrono::milliseconds reserve, Ordering ordering);

/// Throws `std::invalid_argument` for records ordered by key where failures stop their partition.
BATCHPROOF_EXPORT void refuse_order_by_key(Ordering ordering);

/// Throws `std::invalid_argument` for more than one record at a time, for own processors, which hold state.
BATCHPROOF_EXPORT void refuse_threads(std::optional<std::size_t> max_concurrency);

/// How many coroutines handle a batch by default: one when the order requires that.
BATCHPROOF_EXPORT std::size_t default_coroutines(Ordering ordering) noexcept;

/// Returns the options if they are valid; throws `std::invalid_argument` otherwise.
template <class Options>
Options checked(const Options& options, Ordering ordering) {
  check_options(options.max_concurrency, options.reserve, ordering);
  if constexpr (requires { options.order_by_key; }) {
    if (options.order_by_key) refuse_order_by_key(ordering);
  }
  return options;
}

/// The time that is kept for the answer unless the options say otherwise.
inline constexpr std::chrono::milliseconds default_reserve{500};

}  // namespace batchproof::inline v0_1::detail
