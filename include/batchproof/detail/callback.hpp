#pragma once

#include <batchproof/handler_result.hpp>
#include <concepts>
#include <cstddef>
#include <exception>
#include <functional>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1::detail {

template <class Signature>
class Callback;

/// A function of the user's that has done its work when it returns: a `std::function` of void that throws the
/// error of an outcome. Any result but that and a `Kept` does not compile: nobody would read it, and it may
/// be the number of an HTTP status, an error code, or a coroutine.
template <class... Arguments>
class Callback<void(Arguments...)> : public std::function<void(Arguments...)> {
  using Base = std::function<void(Arguments...)>;

 public:
  Callback() = default;
  Callback(std::nullptr_t) noexcept {}  // NOLINT(google-explicit-constructor): as std::function

  template <class Function>
  requires(!std::same_as<Function, Callback> && std::is_invocable_v<Function&, Arguments...>)
      Callback(Function callable)  // NOLINT(google-explicit-constructor): as std::function
      : Base(checked(std::move(callable))) {}

 private:
  template <class Function>
  static Base checked(Function callable) {
    using Result = std::invoke_result_t<Function&, Arguments...>;
    if constexpr (std::is_void_v<Result>) {
      return callable;
    } else {
      using Plain = std::remove_cvref_t<Result>;
      static_assert(
          Outcome<Plain> || is_kept_v<Plain>,
          "batchproof: a hook or an action returns nothing, or an outcome with has_value() and error(), "
          "since nobody reads any other result; throw when it failed, or return nothing");
      std::function<Result(Arguments...)> kept(std::move(callable));
      if (!kept) return nullptr;
      return [kept = std::move(kept)](Arguments... arguments) {
        if constexpr (Outcome<Plain> || is_kept_v<Plain>) {
          const auto drop = [](auto&&) {};
          const auto failure = settle(kept(std::forward<Arguments>(arguments)...), drop);
          if (failure) std::rethrow_exception(failure->exception);
        }
      };
    }
  }
};

}  // namespace batchproof::inline v0_1::detail
