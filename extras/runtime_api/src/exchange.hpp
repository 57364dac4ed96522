#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace batchproof::runtime_api {

/// One event for the function, and the function's answer.
struct Exchange {
  enum class State { offered, running, answered, failed };

  std::string_view payload;  ///< must outlive the exchange
  State state = State::offered;
  std::string request_id{};
  std::string invocation_id{};  ///< that of the header Lambda-Runtime-Invocation-Id
  std::optional<std::chrono::steady_clock::time_point> taken_at{};  ///< when the function took the event
  std::chrono::steady_clock::time_point done_at{};                  ///< when it answered
  std::string body{};                                               ///< what the function posted
  bool is_too_large = false;                                        ///< it posted more than Lambda takes

  bool is_done() const noexcept { return state == State::answered || state == State::failed; }
};

}  // namespace batchproof::runtime_api
