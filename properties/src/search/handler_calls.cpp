#include <batchproof/properties/handler_calls.hpp>
#include <string>

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

Failure failure_at_hand() { return detail::failure_of_exception(std::current_exception()); }

}  // namespace batchproof::properties
