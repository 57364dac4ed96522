#pragma once

// Decides whether there is time to start another record. Not part of the public interface.

#include <batchproof/clock.hpp>
#include <batchproof/detail/export.hpp>
#include <batchproof/lambda_context.hpp>
#include <batchproof/status.hpp>
#include <chrono>
#include <optional>

namespace batchproof::inline v0_1::detail {

/// Watches the deadline of one batch; without a deadline it does nothing. One thread at a time, but for
/// `time_of_a_call`.
class DeadlineGuard {
 public:
  /// The context and the clock must outlive this.
  DeadlineGuard(const LambdaContext& context, std::chrono::milliseconds reserve, const Clock& clock) noexcept
      : context_(context), reserve_(reserve), clock_(clock) {}

  /// The reason why no record may start any more; null while there is time. A deadline that was reached stays
  /// reached, even if the clock goes back, and running handlers are asked to stop.
  const Failure* reached() { return context_.deadline ? look() : nullptr; }

  /// How long a call of a service may take that begins now: half of the time until the deadline, so that the
  /// function still answers when the service hangs. Nothing without a deadline. Any thread may call it.
  std::optional<std::chrono::milliseconds> time_of_a_call() const;

  /// The context for handlers that ask for it; it has a stop token if there is a deadline. To be called
  /// before the first handler runs.
  BATCHPROOF_EXPORT const LambdaContext& context_for_handlers();

 private:
  BATCHPROOF_EXPORT const Failure* look();

  const LambdaContext& context_;
  std::chrono::milliseconds reserve_;
  const Clock& clock_;
  bool had_time_ = false;  // a record may have started
  std::optional<LambdaContext> watched_;
  std::optional<Failure> reached_;
};

}  // namespace batchproof::inline v0_1::detail
