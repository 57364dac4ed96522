#pragma once

// The one place where what user code throws is caught. Not part of the public interface.

#include <batchproof/status.hpp>
#include <exception>
#include <optional>
#include <string>
#include <utility>

namespace batchproof::detail {

/// The failure that the exception being handled stands for; to be called inside a catch block only. Where
/// there is no memory for its text it says so in place of it.
Failure current_failure(const std::exception& exception) noexcept;
Failure current_failure() noexcept;

/// The failure of an exception that somebody else caught; a null pointer counts as an unknown one.
Failure failure_of_exception(const std::exception_ptr& exception);

/// The type of an exception as a C++ programmer writes it, such as "std::out_of_range"; not null.
std::string type_of_exception(const std::exception_ptr& exception);

/// Runs user code, which may say itself that it failed, and lets nothing that it throws escape.
template <class Work>
[[gnu::noinline]] std::optional<Failure> contain(Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const std::exception& exception) {
    return current_failure(exception);
  } catch (...) {
    return current_failure();
  }
}

}  // namespace batchproof::detail
