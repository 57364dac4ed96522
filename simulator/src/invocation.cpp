// How one invocation goes: the event is written, the function is called, a fault is drawn, the calls of the
// handler that it leaves valid are counted, and the response is read.

#include "invocation.hpp"

#include <algorithm>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <exception>
#include <utility>

namespace batchproof::simulator {
namespace {

using std::chrono::milliseconds;

enum class Ending { by_itself, crash, timeout, lost_response, malformed_response };

Ending draw_ending(Simulation& simulation) {
  const Faults& faults = simulation.world.faults;
  if (simulation.draws_fault(faults.crash_rate)) return Ending::crash;
  if (simulation.draws_fault(faults.timeout_rate)) return Ending::timeout;
  if (simulation.draws_fault(faults.lost_response_rate)) return Ending::lost_response;
  if (simulation.draws_fault(faults.malformed_response_rate)) return Ending::malformed_response;
  return Ending::by_itself;
}

/// A response that the service takes for a failure of the whole batch.
std::string damaged_response(Random& random, const std::string& identifier) {
  const std::string begin = R"({"batchItemFailures":[{"itemIdentifier":)";
  switch (random.below(5)) {
    case 0:
      return begin + R"(""}]})";
    case 1:
      return begin + "null}]}";
    case 2:
      return begin + R"("no-such-record"}]})";
    case 3:
      return R"({"batchItemFailures":[{"ItemIdentifier":")" + identifier + R"("}]})";
    default:
      return begin + '"' + identifier;
  }
}

void write_event(Simulation& simulation, Invocation& invocation) {
  invocation.batch.source = simulation.world.source;
  invocation.batch.records.clear();
  for (const std::size_t number : invocation.messages) {
    Message& message = simulation.message(number);
    if (message.deliveries == 0) message.first_received_at = simulation.now;
    message.deliveries += 1;
    auto record = simulation.writer.record_of(message, number);
    const bool by_payload = simulation.world.handler_decides && message.is_poison();
    const bool fails =
        message.is_poison() || (!simulation.is_healed() && message.failed_tries < message.failures);
    record.rejected = fails && !by_payload;
    invocation.batch.records.push_back(std::move(record));
  }
}

void trace_invoked(const Simulation& simulation, const Invocation& invocation) {
  if (!simulation.is_traced()) return;
  std::string identifiers;
  for (const auto& record : invocation.batch.records)
    identifiers += (identifiers.empty() ? "" : " ") + record.item_identifier;
  TraceLine(simulation.trace, simulation.now, "invoked")
      .number("invocation", invocation.number)
      .text("messages", identifiers);
}

/// The subject's response; nothing where it threw, with the text of the error.
struct Answer {
  std::optional<std::string> response{};
  std::string error{};
};

Answer call(const fixtures::Subject& subject, const fixtures::BatchCase& batch, RecordProbe& probe) {
  try {
    return {.response = subject(batch.payload(), probe)};
  } catch (const std::exception& error) {
    return {.error = error.what()};
  } catch (...) {
    return {.error = "an exception that is not a std::exception"};
  }
}

/// Finds the places of identifiers in a batch. Each search begins after the last place found, since most
/// identifiers arrive in batch order.
class Places {
 public:
  explicit Places(const fixtures::BatchCase& batch) : records_(batch.records) {}

  std::optional<std::size_t> find(std::string_view identifier) {
    for (std::size_t step = 0; step < records_.size(); ++step) {
      const std::size_t place = (next_ + step) % records_.size();
      if (records_[place].item_identifier != identifier) continue;
      next_ = place + 1;
      return place;
    }
    return std::nullopt;
  }

 private:
  const std::vector<fixtures::CaseRecord>& records_;
  std::size_t next_ = 0;
};

/// Counts the handler calls of an invocation until its fault ends it.
class Execution {
 public:
  Execution(Simulation& simulation, Invocation& invocation, Ending ending)
      : simulation_(simulation), invocation_(invocation), ending_(ending) {
    const bool is_cut = ending == Ending::crash || ending == Ending::timeout;
    if (is_cut) cut_at_ = simulation.random.below(invocation.messages.size());
  }

  /// Counts the calls. Returns how the invocation ended, which is a timeout where the handlers took too long.
  Ending count(const std::vector<RecordProbe::Call>& calls) {
    const World& world = simulation_.world;
    Places places(invocation_.batch);
    for (std::size_t call = 0; call < calls.size(); ++call) {
      const auto place = places.find(calls[call].item_identifier);
      if (!place) continue;
      const std::size_t number = invocation_.messages[*place];
      Message& message = simulation_.message(number);
      message.tries += 1;
      if (cut_at_ != call && passed_ + world.handler_time > world.function_timeout) {
        cut_at_ = call;
        ending_ = Ending::timeout;
      }
      if (cut_at_ == call) {
        invocation_.cut = *place;
        trace_handled(number, "cut");
        return end();
      }
      passed_ += world.handler_time;
      invocation_.tried[*place] = true;
      if (calls[call].threw) {
        message.failed_tries += 1;
      } else {
        succeed(*place, message);
      }
      trace_handled(number, calls[call].threw ? "failed" : "ok");
    }
    return end();
  }

  milliseconds passed() const noexcept { return passed_; }

 private:
  void succeed(std::size_t place, Message& message) {
    invocation_.succeeded[place] = true;
    message.successes += 1;
    message.last_success = ++simulation_.successes;
    if (message.first_success == 0) message.first_success = message.last_success;
  }

  void trace_handled(std::size_t number, std::string_view outcome) const {
    if (!simulation_.is_traced()) return;
    TraceLine(simulation_.trace, simulation_.now + passed_, "handled", simulation_.message(number).identifier)
        .number("invocation", invocation_.number)
        .text("outcome", outcome);
  }

  Ending end() {
    if (ending_ == Ending::timeout) passed_ = simulation_.world.function_timeout;
    return ending_;
  }

  Simulation& simulation_;
  Invocation& invocation_;
  Ending ending_;
  std::size_t cut_at_ = always;  // the number of the call that is cut off
  milliseconds passed_{0};
};

void read_response(const Simulation& simulation, Invocation& invocation, const std::string& response) {
  if (!simulation.world.report_batch_item_failures) return;
  auto answer = fixtures::read_service_answer(response, simulation.world.source);
  invocation.whole_batch = std::move(answer.whole_batch);
  Places places(invocation.batch);
  for (const std::string& identifier : answer.reported) {
    if (const auto place = places.find(identifier)) {
      invocation.reported[*place] = true;
    } else {
      invocation.whole_batch = "\"" + identifier + "\" is not in the batch";
    }
  }
}

void read_ending(const Simulation& simulation, Invocation& invocation, Ending ending, const Answer& answer) {
  invocation.was_disturbed = ending != Ending::by_itself;
  if (ending == Ending::crash) {
    invocation.whole_batch = "it crashed";
  } else if (ending == Ending::timeout) {
    invocation.whole_batch = "it timed out";
  } else if (ending == Ending::lost_response) {
    invocation.whole_batch = "the response was lost";
  } else if (!answer.response) {
    invocation.whole_batch = "the function failed: " + answer.error;
  } else {
    read_response(simulation, invocation, *answer.response);
  }
}

void trace_answered(const Simulation& simulation, const Invocation& invocation, Ending ending,
                    const Answer& answer) {
  if (!simulation.is_traced()) return;
  TraceLine line(simulation.trace, invocation.ends_at, "answered");
  line.number("invocation", invocation.number);
  const bool is_received = ending == Ending::by_itself || ending == Ending::malformed_response;
  if (answer.response && is_received) line.text("response", *answer.response);
  if (invocation.whole_batch) line.text("failed_because", *invocation.whole_batch);
}

HandlerOutcome outcome_of(const Invocation& invocation, std::size_t place) {
  if (invocation.cut == place) return HandlerOutcome::cut;
  if (invocation.succeeded[place]) return HandlerOutcome::succeeded;
  return invocation.tried[place] ? HandlerOutcome::failed : HandlerOutcome::not_handled;
}

}  // namespace

std::string_view name(HandlerOutcome outcome) noexcept {
  switch (outcome) {
    case HandlerOutcome::succeeded:
      return "succeeded";
    case HandlerOutcome::failed:
      return "failed";
    case HandlerOutcome::cut:
      return "cut";
    case HandlerOutcome::not_handled:
      break;
  }
  return "not_handled";
}

void invoke(Simulation& simulation, Invocation& invocation) {
  const std::size_t size = invocation.messages.size();
  invocation.number = simulation.finished.invocations++;
  invocation.began_at = simulation.now;
  invocation.cut.reset();
  invocation.whole_batch.reset();
  invocation.reported.assign(size, false);
  invocation.tried.assign(size, false);
  invocation.succeeded.assign(size, false);
  write_event(simulation, invocation);
  trace_invoked(simulation, invocation);

  RecordProbe probe(invocation.batch, false);
  Answer answer = call(simulation.subject, invocation.batch, probe);
  Execution execution(simulation, invocation, draw_ending(simulation));
  const Ending ending = execution.count(probe.calls());
  invocation.ends_at = simulation.now + std::max(execution.passed(), milliseconds(1));
  if (ending == Ending::malformed_response && answer.response)
    answer.response = damaged_response(simulation.random, invocation.batch.records.front().item_identifier);
  read_ending(simulation, invocation, ending, answer);
  trace_answered(simulation, invocation, ending, answer);
}

void report_deliveries(const Simulation& simulation, const Invocation& invocation, milliseconds again_at) {
  if (!simulation.deliveries) return;
  for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
    Delivery delivery{.message = invocation.messages[place],
                      .invocation = invocation.number,
                      .began = invocation.began_at,
                      .ended = invocation.ends_at,
                      .released = invocation.returns(place) ? again_at : invocation.ends_at,
                      .outcome = outcome_of(invocation, place)};
    if (invocation.whole_batch) delivery.failed_because = *invocation.whole_batch;
    simulation.deliveries(delivery);
  }
}

}  // namespace batchproof::simulator
