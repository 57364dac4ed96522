#pragma once

// Reads the state of a window from the event, and writes it into the response:
//
//     detail::FoldedState<State> state(detail::read_state<State>(fields.state));
//     detail::call_in_window(fold, state.begin_record(record.index()), record, context);
//     std::string text = detail::write_state(state.folded());

#include <batchproof/detail/export.hpp>
#include <batchproof/errors.hpp>
#include <batchproof/status.hpp>
#include <cstddef>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1 {

/// The state cannot be returned: it is not a JSON object, or larger than `largest_window_state_bytes`. Let
/// the exception leave the function: the invocation then fails, and Lambda repeats it with the earlier state.
class BATCHPROOF_EXPORT WindowStateError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The limit of the state's JSON, for each shard. Above it Lambda ends the window early (AWS Lambda developer
/// guide, "Using Lambda to process records from Amazon Kinesis Data Streams", "Tumbling windows").
inline constexpr std::size_t largest_window_state_bytes = std::size_t{1024} * 1024;

namespace detail {

/// The JSON text of the state; nothing when the window has none yet: Lambda sends it as missing or as an
/// empty object. Throws `EventError` for a state that is not an object.
BATCHPROOF_EXPORT std::optional<nlohmann::json> parse_state(std::string_view raw);

/// The same text, `{}` for an empty one. Throws `WindowStateError`.
BATCHPROOF_EXPORT std::string checked_state(std::string text);

/// Throws `WindowStateError`.
BATCHPROOF_EXPORT std::string state_text(const nlohmann::json& state);

/// Where the state has a number that JSON cannot hold, if anywhere: it is written as null.
BATCHPROOF_EXPORT std::optional<std::string> place_of_infinite(const nlohmann::json& state);

template <class State>
State read_state(std::string_view raw) {
  const std::optional<nlohmann::json> state = parse_state(raw);
  if (!state) return State{};
  if constexpr (std::is_same_v<State, std::string>) {
    return std::string(raw);
  } else {
    try {
      return state->get<State>();
    } catch (const std::exception& error) {
      throw EventError(std::string("does not fit the type of the state: ") + error.what(), std::nullopt,
                       "/state");
    }
  }
}

/// The text of a state. Throws `WindowStateError`, also for a number that `State` could not read again.
template <class State>
std::string state_text_of(const nlohmann::json& state) {
  std::string text = state_text(state);
  if (const auto place = place_of_infinite(state)) {
    try {
      static_cast<void>(nlohmann::json::parse(text).template get<State>());
    } catch (const std::exception&) {
      throw WindowStateError("the state of the window has an infinite number, or NaN, at " + *place +
                             ", which JSON cannot hold: use a std::optional, or a finite start");
    }
  }
  return text;
}

template <class State>
std::string write_state(const State& state) {
  if constexpr (std::is_same_v<State, std::string>) {
    return checked_state(state);
  } else {
    return state_text_of<State>(state);
  }
}

/// The state while records are folded into it, one after the other. A record that fails, or is settled,
/// leaves nothing in it, also where its fold had returned: a success hook may fail it.
template <class State>
class FoldedState {
 public:
  explicit FoldedState(State state) : current_(std::move(state)), before_last_(current_) {}

  /// Returns the state to fold the next record into.
  State& begin_record(std::size_t index) {
    before_last_ = current_;
    last_ = index;
    return current_;
  }

  /// The record did not succeed; it may be one that was never folded.
  void undo_record(std::size_t index) {
    if (last_ != index) return;
    last_.reset();
    std::swap(current_, before_last_);
  }

  const State& folded() const noexcept { return current_; }

 private:
  State current_;
  State before_last_;
  std::optional<std::size_t> last_{};
};

/// Throws `std::invalid_argument` for a processor of several records at the same time.
template <class Options>
void refuse_concurrency(const Options& options) {
  if (options.max_concurrency.value_or(1) == 1) return;
  throw std::invalid_argument("max_concurrency is " + std::to_string(*options.max_concurrency) +
                              ", and the records of a window are folded one after the other");
}

/// The processor's options for a window: its records are folded one after the other, and a failure is always
/// answered, since an invocation that fails answers no state. The hooks say first to the state which records
/// did not succeed. Throws `std::invalid_argument`.
template <class Options, class State>
Options options_in_window(Options options, FoldedState<State>& state) {
  refuse_concurrency(options);
  options.stop_on_first_failure = true;
  options.raise_on_entire_batch_failure = false;
  const auto undo_before = [&state](auto hook) {
    return [&state, hook = std::move(hook)](const auto& record, const Failure& failure) {
      state.undo_record(record.index());
      if (hook) hook(record, failure);
    };
  };
  options.on_failure = undo_before(std::move(options.on_failure));
  options.on_settled = undo_before(std::move(options.on_settled));
  return options;
}

}  // namespace detail
}  // namespace batchproof::inline v0_1
