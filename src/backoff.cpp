#include <algorithm>
#include <batchproof/backoff.hpp>
#include <stdexcept>
#include <string>

#include "quick_hash.hpp"

namespace batchproof::inline v0_1 {
namespace {

/// A number from 0 to below 1 that depends on the key and the count alone.
double chance(std::string_view key, std::uint64_t receive_count) noexcept {
  std::uint64_t bits = detail::quick_hash(key) + receive_count * 0x9E3779B97F4A7C15U;
  bits = (bits ^ bits >> 30U) * 0xBF58476D1CE4E5B9U;  // the finalizer of splitmix64
  bits = (bits ^ bits >> 27U) * 0x94D049BB133111EBU;
  bits ^= bits >> 31U;
  return static_cast<double>(bits >> 11U) / static_cast<double>(std::uint64_t{1} << 53U);
}

}  // namespace

ExponentialBackoff::ExponentialBackoff(std::chrono::milliseconds base, std::chrono::milliseconds cap,
                                       double jitter)
    : base_(base), cap_(cap), jitter_(jitter) {
  if (base.count() < 1)
    throw std::invalid_argument("the base is " + std::to_string(base.count()) + " ms; it is 1 ms or more");
  if (cap < base) {
    throw std::invalid_argument("the cap is " + std::to_string(cap.count()) + " ms, less than the base of " +
                                std::to_string(base.count()) + " ms");
  }
  if (!(jitter >= 0 && jitter <= 1))
    throw std::invalid_argument("the jitter is " + std::to_string(jitter) + "; it is from 0 to 1");
}

std::chrono::milliseconds ExponentialBackoff::operator()(const SqsRecord& record) const {
  return delay(record.attributes().approximate_receive_count().value_or(1), record.message_id());
}

std::chrono::milliseconds ExponentialBackoff::delay(std::uint64_t receive_count,
                                                    std::string_view key) const noexcept {
  auto longest = base_;
  for (std::uint64_t count = 1; count < receive_count && longest < cap_; ++count)
    longest = longest > cap_ / 2 ? cap_ : longest * 2;
  const double all = static_cast<double>(longest.count());
  const double delay = all * (1 - jitter_ * chance(key, receive_count));
  if (delay >= all) return longest;  // a double may round it up to more than a duration holds
  return std::chrono::milliseconds(static_cast<std::chrono::milliseconds::rep>(delay));
}

ExponentialBackoff exponential(std::chrono::milliseconds base, std::chrono::milliseconds cap, double jitter) {
  return {base, cap, jitter};
}

}  // namespace batchproof::inline v0_1
