#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/detail/batch_run.hpp>
#include <string>
#include <type_traits>
#include <utility>

#include "failure_requests.hpp"

namespace batchproof::inline v0_1::detail {

template <class Record>
BatchRun<Record>::BatchRun(const Event<Record>& event, const RunOptions<Record>& options,
                           const LambdaContext& context, bool is_shared)
    : event_(event),
      options_(options),
      statuses_(event.size(), Status::failure),
      guard_(options.ordering),
      deadline_(context, options.reserve, options.clock),
      state_mutex_(is_shared),
      hook_mutex_(is_shared) {}

template <class Record>
std::string_view BatchRun<Record>::group_of(std::size_t index) const noexcept {
  if constexpr (std::is_same_v<Record, SqsRecord>) {
    if (options_.ordering == Ordering::message_group) return order_group(event_.records()[index]);
  }
  if constexpr (std::is_same_v<Record, KafkaRecord>) return order_group(event_.records()[index]);
  return {};
}

/// Returns the failure if a hook needs it; otherwise it is made later, if at all.
template <class Record>
const Failure* BatchRun<Record>::note_stopped(std::size_t index, OrderGuard::Stop& stop) {
  if (options_.on_failure) return &guard_.failure_of(stop);
  stopped_.emplace_back(index, &stop);
  return nullptr;
}

template <class Record>
std::optional<Failure> BatchRun<Record>::contained_success_hook(std::size_t index) {
  return contain([&]() -> std::optional<Failure> {
    const std::lock_guard lock(hook_mutex_);
    options_.on_success(event_.records()[index]);
    return std::nullopt;
  });
}

template <class Record>
bool BatchRun<Record>::try_settle(std::size_t index, Failure& failure) const {
  return detail::try_settle(event_.records()[index], failure, options_.actions, deadline_);
}

template <class Record>
void BatchRun<Record>::finish_failed(std::size_t index, Failure&& failure, bool is_settled) {
  if (is_settled) return settle(index, std::move(failure));
  {
    const std::lock_guard lock(state_mutex_);
    guard_.note_failure(group_of(index), index, event_.records()[index].item_identifier());
  }
  if (!delays(index, failure)) fail(index, std::move(failure));
}

template <class Record>
void BatchRun<Record>::settle(std::size_t index, Failure&& reason) {
  end(index, options_.on_settled, std::move(reason));
  statuses_[index] = Status::settled;
}

template <class Record>
void BatchRun<Record>::fail(std::size_t index, Failure&& failure) {
  end(index, options_.on_failure, std::move(failure));
}

template <class Record>
void BatchRun<Record>::end(std::size_t index, const OnFailure<Record>& hook, Failure&& failure) {
  if (hook) {
    const std::lock_guard lock(hook_mutex_);
    contain([&]() -> std::optional<Failure> {
      hook(event_.records()[index], failure);
      return std::nullopt;
    });
  }
  const std::lock_guard lock(state_mutex_);
  failures_.push_back({index, std::move(failure)});
}

/// Whether the record counts as failed only at the end of the batch, after its visibility was changed.
template <class Record>
bool BatchRun<Record>::delays(std::size_t index, const Failure& failure) {
  if constexpr (std::is_same_v<Record, SqsRecord>) {
    const SqsRecord& record = event_.records()[index];
    const auto delay = retry_delay(record, failure, options_.actions);
    if (!delay) return false;
    const std::lock_guard lock(state_mutex_);
    delayed_.push_back({index, failure});
    changes_.push_back({.record = record, .delay = *delay});
    return true;
  } else {
    return false;
  }
}

template <class Record>
void BatchRun<Record>::change_visibility() {
  if (changes_.empty() || is_visibility_changed_) return;
  is_visibility_changed_ = true;
  detail::change_visibility(options_.actions, changes_, deadline_);
}

template <class Record>
void BatchRun<Record>::make_delays() {
  change_visibility();
  for (std::size_t position = 0; position < delayed_.size(); ++position) {
    auto& [index, failure] = delayed_[position];
    if (const std::string& error = changes_[position].error; !error.empty())
      failure.cause += "; visibility not changed: " + error;
    fail(index, std::move(failure));
  }
  delayed_.clear();  // the error that all failed is made of `take()`, which comes here again
  changes_.clear();
}

template <class Record>
RecordOutcomes BatchRun<Record>::take() {
  make_delays();
  for (const auto& [index, stop] : stopped_) failures_.push_back({index, guard_.failure_of(*stop)});
  return {{statuses_.begin(), statuses_.end()}, std::move(failures_)};
}

template <class Record>
std::string BatchRun<Record>::take_response() {
  make_delays();
  const auto failed =
      static_cast<std::size_t>(std::count(statuses_.begin(), statuses_.end(), Status::failure));
  if (failed == statuses_.size() && failed != 0 && options_.raise_on_entire_batch_failure)
    return BatchBuilder<Record, void>(event_, true).finish(take()).to_json();  // throws
  if (failed == 0) return encode_response({});
  std::vector<std::string_view> identifiers;
  identifiers.reserve(failed);
  for (const Record& record : event_.records()) {
    if (statuses_[record.index()] == Status::failure) identifiers.push_back(record.item_identifier());
  }
  return encode_response(identifiers, identifier_format<Record>);
}

#define BATCHPROOF_INSTANTIATE(Record) template class BatchRun<Record>;
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

}  // namespace batchproof::inline v0_1::detail
