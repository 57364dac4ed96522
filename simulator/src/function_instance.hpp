#pragma once

// The calls of a simulated function, in the instance that the service keeps, or in a new one after a crash:
//
//     FunctionInstance instance(function);
//     const CallResult result = instance.call(batch, {.function_timeout = world.function_timeout});

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/simulator/function_under_test.hpp>
#include <chrono>
#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::simulator {

/// A call of the function, as the service knows it before it begins.
struct CallPlan {
  std::chrono::system_clock::time_point began{};
  std::chrono::milliseconds function_timeout{0};
  std::chrono::milliseconds handler_time{0};

  /// The number of the handler call in which the instance ends; it makes no later calls.
  std::size_t ends_in_call = std::numeric_limits<std::size_t>::max();

  /// The instance ends after its answer at the latest.
  bool ends = false;
};

/// The result of a call.
struct CallResult {
  std::optional<std::string> response{};   ///< nothing when the function threw or was cut
  std::string error{};                     ///< the text of its exception
  std::vector<RecordProbe::Call> calls{};  ///< of the handler, those that ended
  std::optional<std::string> cut{};        ///< the record whose handler call the end of the instance cut off
};

class IsolatedCall;

/// The instances of the function, one after the other.
class FunctionInstance {
 public:
  explicit FunctionInstance(const FunctionUnderTest& function);
  ~FunctionInstance();
  FunctionInstance(const FunctionInstance&) = delete;
  FunctionInstance& operator=(const FunctionInstance&) = delete;

  /// Calls the function. A handler call that would end after the function's timeout ends the instance too.
  CallResult call(const fixtures::BatchCase& batch, const CallPlan& plan);

 private:
  CallResult call_isolated(const fixtures::BatchCase& batch, const CallPlan& plan);

  bool lasts_;
  MakeSubject make_;
  fixtures::Subject subject_;
  std::vector<std::unique_ptr<IsolatedCall>> left_{};  // calls that were cut, and wait
};

}  // namespace batchproof::simulator
