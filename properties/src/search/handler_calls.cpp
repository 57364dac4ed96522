#include <batchproof/properties/handler_calls.hpp>
#include <string>
#include <utility>

namespace batchproof::properties {

std::size_t HandlerCalls::begin(std::string_view item_identifier) {
  const std::scoped_lock lock(mutex_);
  calls_.push_back({.item_identifier = std::string(item_identifier), .fields = std::nullopt, .threw = true});
  return calls_.size() - 1;
}

void HandlerCalls::end(std::size_t call, const std::optional<Failure>& failure) {
  const std::scoped_lock lock(mutex_);
  calls_[call].threw = failure.has_value();
  if (failure) calls_[call].error = failure->cause;
}

/// The check may throw: a failed assertion of some other library.
std::vector<std::string> complaints_of(const std::function<std::string(const Observation&)>& check,
                                       const Observation& run) {
  std::string complaint;
  const auto failure = detail::contain([&]() -> std::optional<Failure> {
    complaint = check(run);
    return std::nullopt;
  });
  if (failure) complaint = "the check threw: " + failure->cause;
  if (complaint.empty()) return {};
  return {std::move(complaint)};
}

Failure failure_at_hand() { return detail::failure_of_exception(std::current_exception()); }

}  // namespace batchproof::properties
