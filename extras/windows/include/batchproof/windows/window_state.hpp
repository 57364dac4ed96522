#pragma once

// Reads the state of a window from the event, and writes it into the response.

#include <batchproof/errors.hpp>
#include <cstddef>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof {

/// The state cannot be returned: it is not a JSON object, or larger than `largest_window_state_bytes`. Let
/// the exception leave the function: the invocation then fails, and Lambda repeats it with the earlier state.
class WindowStateError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The limit of the state's JSON, for each shard. Above it Lambda ends the window early (AWS Lambda developer
/// guide, "Using Lambda to process records from Amazon Kinesis Data Streams", "Tumbling windows").
inline constexpr std::size_t largest_window_state_bytes = std::size_t{1024} * 1024;

namespace detail {

/// The JSON text of the state; nothing when the window has none yet: Lambda sends it as missing or as an
/// empty object. Throws `EventError` for a state that is not an object.
std::optional<nlohmann::json> parse_state(std::string_view raw);

/// The same text, `{}` for an empty one. Throws `WindowStateError`.
std::string checked_state(std::string text);

/// Throws `WindowStateError`.
std::string state_text(const nlohmann::json& state);

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

template <class State>
std::string write_state(const State& state) {
  if constexpr (std::is_same_v<State, std::string>) {
    return checked_state(state);
  } else {
    return state_text(nlohmann::json(state));
  }
}

/// The state while records are folded into it. It can undo the last record. A success hook may fail a record
/// that was folded, so a record is final only when the next one starts.
template <class State>
class FoldedState {
 public:
  explicit FoldedState(State state) : current_(std::move(state)), before_last_(current_) {}

  /// Makes all that was folded so far final. Returns the state to fold the next record into.
  State& begin_record() {
    before_last_ = current_;
    return current_;
  }

  /// The folded state; without the last record if that has failed.
  const State& folded(bool last_succeeded) const { return last_succeeded ? current_ : before_last_; }

 private:
  State current_;
  State before_last_;
};

}  // namespace detail
}  // namespace batchproof
