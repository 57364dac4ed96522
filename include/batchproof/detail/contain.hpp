#pragma once

// The one place that turns what user code throws into failures. Not part of the public interface.

#include <batchproof/detail/export.hpp>
#include <batchproof/status.hpp>
#include <exception>
#include <optional>
#include <string>
#include <utility>

namespace batchproof::inline v0_1::detail {

/// The failure of the exception that is being handled; call it only inside a catch block. When there is no
/// memory for the exception's text, the failure's text says so.
BATCHPROOF_EXPORT Failure current_failure(const std::exception& exception) noexcept;
BATCHPROOF_EXPORT Failure current_failure() noexcept;

/// The failure of an exception that other code caught; a null pointer counts as an unknown one.
BATCHPROOF_EXPORT Failure failure_of_exception(const std::exception_ptr& exception);

/// The type of an exception as a C++ programmer writes it, such as "std::out_of_range"; not null.
std::string type_of_exception(const std::exception_ptr& exception);

/// Runs user code. Returns the failure that the code returned, or that of the exception that it threw.
template <class Work>
[[gnu::always_inline]] inline std::optional<Failure> contain_here(Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const std::exception& exception) {
    return current_failure(exception);
  } catch (...) {
    return current_failure();
  }
}

/// The same, not inlined, so that the caller's own code stays small and fast. `contain_here` is for a caller
/// that does nothing else.
template <class Work>
[[gnu::noinline]] std::optional<Failure> contain(Work&& work) {
  return contain_here(std::forward<Work>(work));
}

}  // namespace batchproof::inline v0_1::detail
