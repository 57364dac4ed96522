// Runs a function of any language as the subject of a simulation.
//
//     const SimulatedSubject subject = simulated_function(options, world);

#include "simulated_function.hpp"

#include <fmt/format.h>

#include <atomic>
#include <batchproof/blackbox/handled_in_log.hpp>
#include <batchproof/blackbox/verify_function.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/runtime_api/function_process.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "inferred_calls.hpp"
#include "output.hpp"
#include "search_budget.hpp"

namespace batchproof::tools {
namespace {

/// Says once that the function costs its whole time limit again and again, so that nobody waits without a
/// word.
class TimeOuts {
 public:
  void note(const runtime_api::Invocation& invocation, std::chrono::milliseconds limit) {
    constexpr int many = 5;
    if (invocation.end != runtime_api::InvocationEnd::timed_out || ++count_ != many) return;
    print_note(
        fmt::format("note: {} invocations ran into the time limit of {} ms so far; --time-limit and "
                    "--messages make a simulation of such a function shorter",
                    many, limit.count()));
  }

 private:
  int count_ = 0;
};

/// The function in one world, or in the worlds of a search.
struct Simulated {
  Function function;
  FunctionInWorld in_world;
  std::optional<blackbox::HandledInLog> handled{};  ///< nothing where the answers alone are known
  std::shared_ptr<SearchBudget> budget{};           ///< null outside of a search
  std::shared_ptr<TimeOuts> time_outs = std::make_shared<TimeOuts>();
};

/// Reports the records that the log shows as handled to the probe, and those that were refused before. The
/// last one failed where the process ended or hung.
void note_logged(const Simulated& simulated, std::string_view event, const Payloads& payloads,
                 const runtime_api::Invocation& invocation, RecordProbe& probe) {
  const FunctionInWorld& function = simulated.in_world;
  std::vector<std::string> logged;
  const auto read_identifier = fixtures::info_of(function.source).read_identifier;
  for (std::string& text : simulated.handled->in(invocation.log)) {
    // JSON may have been written with blanks.
    const auto identifier = read_identifier != nullptr ? read_identifier(text) : std::nullopt;
    logged.push_back(identifier.value_or(std::move(text)));
  }
  for (const std::string& call : calls_in_log(function, event, payloads, invocation, logged))
    probe.attempt(call);
  using End = runtime_api::InvocationEnd;
  if (invocation.end == End::ended || invocation.end == End::timed_out) probe.note_failure();
}

std::string answer(const Simulated& simulated, std::optional<runtime_api::FunctionProcess>& process,
                   std::string_view event, RecordProbe& probe) {
  const Payloads payloads = payloads_of(event, simulated.in_world.source);
  if (!process && !simulated.budget) process.emplace(simulated.function);
  runtime_api::Invocation invocation =
      simulated.budget ? simulated.budget->invoke(process, event, payloads) : invoke(*process, event);
  simulated.time_outs->note(invocation, simulated.function.awaited_time());
  probe.begin_past_calls();  // what the function did stays done, however the invocation ends
  if (simulated.handled) {
    note_logged(simulated, event, payloads, invocation, probe);
  } else {
    note_inferred_calls(simulated.in_world, event, payloads, invocation, probe);
  }
  if (std::string failure = failure_of(invocation); !failure.empty()) throw std::runtime_error(failure);
  return std::move(invocation.body);
}

simulator::MakeSubject starts_of(const Simulated& simulated) {
  return [simulated]() -> fixtures::Subject {
    const auto process = std::make_shared<std::optional<runtime_api::FunctionProcess>>();
    return [simulated, process](std::string_view event, RecordProbe& probe) {
      return answer(simulated, *process, event, probe);
    };
  };
}

}  // namespace

std::uint64_t new_names() {
  static std::atomic<std::uint64_t> last = 0;
  return ++last;
}

SimulatedSubject simulated_function(const FunctionOptions& options, const simulator::World& world) {
  constexpr std::uint64_t few_seeds = 10;  // a world starts a process
  Simulated simulated{function_of(options), function_in(world, options.claims)};
  if (!options.handled.empty()) simulated.handled.emplace(options.handled);
  runtime_api::FunctionProcess first(simulated.function);  // one that does not start violates no law
  if (auto failed = first.start()) throw FunctionNotStarted(failed->problem, std::move(failed->log));
  SimulatedSubject subject{.make = starts_of(simulated), .claims = options.claims};
  simulated.budget = std::make_shared<SearchBudget>(simulated.function, simulated.handled.has_value());
  subject.smaller = {.function = simulator::FunctionUnderTest(starts_of(simulated)),
                     .are_over = [budget = simulated.budget] { return budget->is_spent(); },
                     .seeds = few_seeds,
                     .may_have_flaky = false,
                     .new_names = new_names};
  subject.has_crashed = [budget = simulated.budget] { return budget->has_crashed(); };
  return subject;
}

}  // namespace batchproof::tools
