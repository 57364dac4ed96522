#pragma once

// What `verify_window` of <batchproof/window_laws.hpp> is made of, for functions whose types are erased.

#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/properties/handler_calls.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/report.hpp>
#include <batchproof/properties/verify.hpp>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace batchproof::properties {

/// The answer to one event of a window.
struct WindowAnswer {
  std::string response;
  std::string lost_in_json{};  ///< what is wrong with the JSON of the state, as a sentence, or nothing
};

/// Runs an event through the functions of a window, whose folds it records. Throws where the invocation
/// fails.
using AnswerWindow = std::function<WindowAnswer(std::string_view payload, HandlerCalls& calls)>;

/// The laws of a record handler, for the fold, and `window_of_own_state`, whose id is "window" too.
std::span<const Law> window_laws() noexcept;

/// `SavedCase::mode` of the cases that `verify_erased_window` saves. Only the test can judge them.
inline constexpr std::string_view mode_of_window_functions = "your fold and finish";

/// Verifies the functions of a window by `window_laws()`, in the events of windows that begin. `Record` is
/// that of Kinesis or of DynamoDB Streams. Refers to both arguments while it runs. Throws as
/// `verify_erased_handler` does. One thread at a time.
template <fixtures::AnyRecord Record>
Report verify_erased_window(const AnswerWindow& answer, const VerifyHandlerOptions& options);

}  // namespace batchproof::properties
