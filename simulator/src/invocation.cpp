// The steps of one invocation: the event is written, a fault is drawn, the function is called, the calls of
// the handler are counted, and the response is read.
//
//     CallCounter counter(simulation, invocation);
//     for (const RecordProbe::Call& call : result.calls) counter.count(call);

#include "invocation.hpp"

#include <algorithm>
#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <string_view>
#include <unordered_map>
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

/// A response that the service reads as a failure of the whole batch.
std::string damaged_response(Random& random, const fixtures::BatchCase& batch) {
  const bool has_objects = fixtures::has_object_identifiers(batch.source);
  const std::string quote = has_objects ? "" : "\"";
  const std::string identifier =
      batch.records.empty() ? quote + quote : quote + batch.records.front().item_identifier + quote;
  const std::string unknown =
      has_objects ? fixtures::kafka_identifier("no-such-topic-0", 0) : "\"no-such-record\"";
  const std::string begin = R"({"batchItemFailures":[{"itemIdentifier":)";
  // Of a stream in a pipe no page says what an unknown identifier or a cut text means.
  const bool is_stream_in_pipe = fixtures::is_pipe(batch.source) && fixtures::has_shards(batch.source);
  switch (is_stream_in_pipe ? 2 * random.below(2) + 1 : random.below(5)) {
    case 0:
      return begin + R"(""}]})";
    case 1:
      return begin + "null}]}";
    case 2:
      return begin + unknown + "}]}";
    case 3:
      return R"({"batchItemFailures":[{"ItemIdentifier":)" + identifier + "}]}";
    default:
      return begin + identifier.substr(0, identifier.size() - 1);
  }
}

void write_event(Simulation& simulation, Invocation& invocation) {
  invocation.batch.source = simulation.world.source;
  invocation.batch.records.resize(invocation.messages.size());  // keeps the memory of an earlier batch
  for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
    const std::size_t number = invocation.messages[place];
    Message& message = simulation.message(number);
    if (message.deliveries == 0)
      message.first_received_at = std::max(simulation.now, message.sent_at + milliseconds(1));
    message.deliveries += 1;
    fixtures::CaseRecord& record = invocation.batch.records[place];
    simulation.writer.write(message, number, record);
    const bool by_payload = simulation.world.handler_decides && message.is_poison();
    const bool fails =
        message.is_poison() || (!simulation.is_healed() && message.failed_tries < message.failures);
    record.rejected = fails && !by_payload;
  }
}

void trace_invoked(const Simulation& simulation, const Invocation& invocation) {
  if (!simulation.is_traced()) return;
  std::string identifiers;
  for (const auto& record : invocation.batch.records)
    identifiers += (identifiers.empty() ? "" : " ") + record.item_identifier;
  TraceLine line(simulation.trace, simulation.now, "invoked");
  line.number("invocation", invocation.number).text("messages", identifiers);
  const auto& in_window = invocation.batch.invocation;
  if (!in_window) return;
  line.text("state", in_window->state);
  if (in_window->is_final) line.text("window", "ends");
}

/// Finds the places of identifiers in a batch. Most identifiers arrive in batch order; the others are
/// searched in an index, made when the first of them arrives.
class Places {
 public:
  explicit Places(const fixtures::BatchCase& batch) : records_(batch.records) {}

  std::optional<std::size_t> find(std::string_view identifier) {
    std::size_t place = next_;
    if (next_ == records_.size() || records_[next_].item_identifier != identifier) {
      if (index_.empty()) {
        for (std::size_t each = 0; each < records_.size(); ++each)
          index_.try_emplace(records_[each].item_identifier, each);
      }
      const auto found = index_.find(identifier);
      if (found == index_.end()) return std::nullopt;
      place = found->second;
    }
    next_ = place + 1;
    return place;
  }

 private:
  const std::vector<fixtures::CaseRecord>& records_;
  std::size_t next_ = 0;
  std::unordered_map<std::string_view, std::size_t> index_;
};

/// The plan of the call, with the fault of the invocation, which is drawn before the function is called.
CallPlan plan_of(Simulation& simulation, const Invocation& invocation, Ending ending) {
  CallPlan plan{.began = std::chrono::system_clock::time_point(began + simulation.now),
                .function_timeout = simulation.world.function_timeout,
                .handler_time = *simulation.world.handler_time,
                .ends = ending == Ending::crash || ending == Ending::timeout};
  if (plan.ends && !invocation.messages.empty())
    plan.ends_in_call = simulation.random.below(invocation.messages.size());
  return plan;
}

/// Counts the handler calls of an invocation.
class CallCounter {
 public:
  CallCounter(Simulation& simulation, Invocation& invocation)
      : simulation_(simulation), invocation_(invocation), places_(invocation.batch) {}

  void count(const RecordProbe::Call& call) {
    const auto place = places_.find(call.item_identifier);
    passed_ += *simulation_.world.handler_time;
    if (!place) return;
    Message& message = simulation_.message(invocation_.messages[*place]);
    message.tries += 1;
    invocation_.tried[*place] = true;
    simulation_.left_claims.erase(invocation_.messages[*place]);
    if (call.threw) {
      message.failed_tries += 1;
    } else {
      invocation_.succeeded[*place] = true;
      message.successes += 1;
      message.last_success = ++simulation_.successes;
      if (message.first_success == 0) message.first_success = message.last_success;
    }
    trace_handled(message, call.threw ? "failed" : "ok");
  }

  void count_cut(const std::string& identifier) {
    invocation_.cut = places_.find(identifier);
    if (!invocation_.cut) return;
    Message& message = simulation_.message(invocation_.messages[*invocation_.cut]);
    message.tries += 1;
    trace_handled(message, "cut");
  }

  milliseconds passed() const noexcept { return passed_; }

 private:
  void trace_handled(const Message& message, std::string_view outcome) const {
    if (!simulation_.is_traced() || simulation_.world.calls_are_assumed) return;
    TraceLine(simulation_.trace, simulation_.now + passed_, "handled", message.identifier)
        .number("invocation", invocation_.number)
        .text("outcome", outcome);
  }

  Simulation& simulation_;
  Invocation& invocation_;
  Places places_;
  milliseconds passed_{0};
};

/// Counts the calls, and returns how the invocation ended, which is a timeout when the handlers took too
/// long.
Ending count_calls(Simulation& simulation, Invocation& invocation, const CallResult& result, Ending ending) {
  CallCounter counter(simulation, invocation);
  for (const RecordProbe::Call& call : result.calls) counter.count(call);
  if (result.cut) counter.count_cut(*result.cut);
  const bool is_late = counter.passed() > simulation.world.function_timeout;
  if ((result.cut || is_late) && ending != Ending::crash) ending = Ending::timeout;
  const milliseconds passed =
      ending == Ending::timeout ? simulation.world.function_timeout : counter.passed();
  invocation.ends_at = simulation.now + std::max(passed, milliseconds(1));
  invocation.time_left = simulation.world.function_timeout - passed;
  if (result.cut) {
    for (const std::size_t number : invocation.messages)
      simulation.left_claims.insert_or_assign(number, LeftClaim{.since = invocation.ends_at, .refusal = {}});
  }
  return ending;
}

void read_response(const Simulation& simulation, Invocation& invocation, const std::string& response) {
  if (fixtures::has_windows(simulation.world.source)) {
    auto state = fixtures::answered_state(response);
    if (!state) {
      invocation.complete_failure = "the response holds no state of the window";
      return;
    }
    invocation.state = std::move(*state);
  }
  if (!simulation.world.report_batch_item_failures) return;
  auto answer = fixtures::read_service_answer(response, simulation.world.source);
  invocation.complete_failure = std::move(answer.complete_failure);
  Places places(invocation.batch);
  for (const std::string& identifier : answer.reported) {
    if (const auto place = places.find(identifier)) {
      invocation.reported[*place] = true;
    } else {
      invocation.complete_failure = fixtures::not_in_the_batch(identifier);
    }
  }
}

void read_ending(const Simulation& simulation, Invocation& invocation, Ending ending,
                 const CallResult& answer) {
  invocation.was_disturbed = ending != Ending::by_itself;
  if (ending == Ending::crash) {
    invocation.complete_failure = "it crashed";
  } else if (ending == Ending::timeout) {
    invocation.complete_failure = "it timed out";
  } else if (ending == Ending::lost_response) {
    invocation.complete_failure = "the response was lost";
  } else if (!answer.response) {
    invocation.complete_failure = "the function failed: " + answer.error;
  } else {
    read_response(simulation, invocation, *answer.response);
  }
}

void trace_answered(const Simulation& simulation, const Invocation& invocation, Ending ending,
                    const CallResult& answer) {
  if (!simulation.is_traced()) return;
  TraceLine line(simulation.trace, invocation.ends_at, "answered");
  line.number("invocation", invocation.number);
  const bool is_received = ending == Ending::by_itself || ending == Ending::malformed_response;
  if (answer.response && is_received) line.text("response", *answer.response);
  if (invocation.complete_failure) line.text("failed_because", *invocation.complete_failure);
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
  invocation.complete_failure.reset();
  invocation.reported.assign(size, false);
  invocation.tried.assign(size, false);
  invocation.succeeded.assign(size, false);
  write_event(simulation, invocation);
  trace_invoked(simulation, invocation);

  const Ending drawn = draw_ending(simulation);
  CallResult answer = simulation.instance.call(invocation.batch, plan_of(simulation, invocation, drawn));
  const Ending ending = count_calls(simulation, invocation, answer, drawn);
  if (ending == Ending::malformed_response && answer.response)
    answer.response = damaged_response(simulation.random, invocation.batch);
  read_ending(simulation, invocation, ending, answer);
  trace_answered(simulation, invocation, ending, answer);
}

Incident incident_of(const Invocation& invocation, std::size_t place) {
  return {.message = invocation.messages[place],
          .invocation = invocation.number,
          .failed_because = invocation.complete_failure.value_or("")};
}

void add_incident(std::vector<Incident>& incidents, Incident incident) {
  if (incidents.size() < most_incidents) incidents.push_back(std::move(incident));
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
    if (invocation.complete_failure) delivery.failed_because = *invocation.complete_failure;
    simulation.deliveries(delivery);
  }
}

}  // namespace batchproof::simulator
