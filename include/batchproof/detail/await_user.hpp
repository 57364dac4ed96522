#pragma once

// How a coroutine of this library awaits one of the user's. Not part of the public interface.

namespace batchproof::inline v0_1::detail {

/// Of coroutines of any library: the awaiting one continues where the awaited one ended.
/// `<batchproof/async.hpp>` has its own for those of Boost.Asio.
template <class Awaitable>
struct UserAwait {
  static Awaitable of(Awaitable coroutine) { return coroutine; }
};

}  // namespace batchproof::inline v0_1::detail
