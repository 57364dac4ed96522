// Runs a function of any language as the subject of a simulation, and infers from its answers which records
// it handled.
//
//     const SimulatedSubject subject = simulated_function(options, world);

#include "simulated_function.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/blackbox/handled_in_log.hpp>
#include <batchproof/blackbox/verify_function.hpp>
#include <batchproof/detail/contain.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/depends_on.hpp>
#include <batchproof/runtime_api/function_process.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "output.hpp"
#include "record_parts.hpp"

namespace batchproof::tools {
namespace {

/// The records that stop together when one of them fails.
template <class Record>
std::string stopped_together(const Record& record, fixtures::Source source,
                             const fixtures::ProcessorClaims& claims) {
  if (!properties::stops_group_alone(source, claims)) return {};
  if constexpr (std::is_same_v<Record, SqsRecord>) return std::string(record.message_group_id().value_or(""));
  if constexpr (std::is_same_v<Record, KafkaRecord>) return std::string(record.topic_partition());
  return {};
}

bool is_queue(fixtures::Source source) {
  return fixtures::info_of(source).delivery == fixtures::DeliveryKind::queue;
}

/// True when records after a failure need not be handled.
bool stops_after_failure(fixtures::Source source, const fixtures::ProcessorClaims& claims) {
  return claims.stop_on_first_failure || !is_queue(source);
}

/// Tells the probe that the function handled the record; its answer shows with which outcome.
template <class Record>
void note_call(const Record& record, RecordProbe& probe) {
  detail::contain([&]() -> std::optional<Failure> {
    probe(record.item_identifier());
    return std::nullopt;
  });
}

/// Processes of a function that start while others run, on other processors: a search needs a new one for
/// each world. One that follows a crash is not started ahead, since the function may read what the crash
/// left.
class StartedAhead {
 public:
  explicit StartedAhead(Function function) : function_(std::move(function)) {}

  runtime_api::FunctionProcess take() {
    const unsigned most = std::clamp(std::thread::hardware_concurrency(), 2U, 5U);
    while (waiting_.size() < most) waiting_.emplace_back(function_).start_ahead();
    runtime_api::FunctionProcess first = std::move(waiting_.front());
    waiting_.pop_front();
    return first;
  }

 private:
  Function function_;
  std::deque<runtime_api::FunctionProcess> waiting_{};
};

/// Invokes the process or, if it does not run, a new one.
runtime_api::Invocation invoke(runtime_api::FunctionProcess& process, std::string_view payload) {
  if (process.is_running()) {
    runtime_api::Invocation invocation = process.invoke(payload);
    // One that ended after its last answer, which counts, has not got the event: Lambda starts another for
    // it.
    const bool ended = invocation.end == runtime_api::InvocationEnd::ended;
    if (invocation.is_taken || !ended || !invocation.misuse.empty()) return invocation;
  }
  if (auto failed = process.start()) return std::move(*failed);
  return process.invoke(payload);
}

/// The payloads of a world as they are in its events, to compare them.
using Payloads = std::vector<std::optional<std::string>>;

std::string normal(const std::string& payload, fixtures::Source source) {
  if (fixtures::info_of(source).payload_kind != fixtures::PayloadKind::item) return payload;
  return fixtures::to_text(fixtures::parse_json_or_discard(payload));
}

/// The payload of each record; nothing for a change that leaves no item.
template <class Record>
Payloads payloads_of(const Event<Record>& event, std::string_view json) {
  Payloads payloads;
  if constexpr (std::is_same_v<Record, DynamoDbRecord>) {
    const auto parsed = fixtures::parse_json_or_discard(json);
    for (const auto& record : parsed.is_array() ? parsed : parsed.at("Records")) {
      const auto& change = record.at("dynamodb");
      payloads.push_back(change.contains("NewImage") ? std::optional(fixtures::to_text(change.at("NewImage")))
                                                     : std::nullopt);
    }
  } else {
    for (const Record& record : event.records()) {
      const std::optional<std::string_view> text = payload_of(record);
      payloads.emplace_back(text.value_or(""));
    }
  }
  return payloads;
}

/// The verdicts of a world on its payloads.
class Verdicts {
 public:
  explicit Verdicts(const simulator::World& world) {
    for (const std::string& payload : simulator::with_defaults(world).rejected)
      rejected_.insert(normal(payload, world.source));
  }

  bool reject(const std::optional<std::string>& payload) const {
    return payload && rejected_.contains(*payload);
  }

 private:
  std::set<std::string> rejected_{};
};

/// What the search for a smaller world may cost. Each crash costs a start, and a time-out its limit: the
/// function is taken to crash again with the payloads that made it crash, unless its log is read, which names
/// the records. The search ends after some crashes, or after some time, since each world starts a process.
class SearchBudget {
 public:
  SearchBudget(Function function, bool reads_log) : started_(std::move(function)), reads_log_(reads_log) {}

  bool is_spent() const noexcept {
    return crashes_ >= most_crashes || (began_ && std::chrono::steady_clock::now() - *began_ >= most_time);
  }

  /// Without a process, with one that was started ahead.
  runtime_api::Invocation invoke(std::optional<runtime_api::FunctionProcess>& process,
                                 std::string_view payload, const Payloads& payloads) {
    if (!began_) began_ = std::chrono::steady_clock::now();
    const auto known = crashed_.find(payloads);
    if (known != crashed_.end() || is_spent()) {
      if (process) process->stop();
      return known == crashed_.end() ? runtime_api::Invocation{.problem = "not tried"} : known->second;
    }
    if (!process) process.emplace(started_.take());
    runtime_api::Invocation invocation = tools::invoke(*process, payload);
    using End = runtime_api::InvocationEnd;
    if (invocation.end == End::response || invocation.end == End::error) return invocation;
    constexpr int cost_of_a_time_out = 2;
    crashes_ += invocation.end == End::ended ? 1 : cost_of_a_time_out;
    if (!reads_log_) crashed_.emplace(payloads, invocation);
    return invocation;
  }

 private:
  static constexpr int most_crashes = 12;
  static constexpr std::chrono::seconds most_time{60};

  StartedAhead started_;
  bool reads_log_;
  int crashes_ = 0;
  std::optional<std::chrono::steady_clock::time_point> began_{};  // with the first invocation
  std::map<Payloads, runtime_api::Invocation> crashed_{};
};

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
  fixtures::Source source;
  fixtures::ProcessorClaims claims;
  simulator::Design design;
  bool is_answer_read;
  Verdicts verdicts;
  std::optional<blackbox::HandledInLog> handled{};  ///< nothing where the answers alone are known
  std::shared_ptr<SearchBudget> budget{};           ///< null outside of a search
  std::shared_ptr<TimeOuts> time_outs = std::make_shared<TimeOuts>();
};

/// Reports the records that the log shows as handled to the probe. The last one failed where the process
/// ended or hung.
void note_logged(const Simulated& simulated, const runtime_api::Invocation& invocation, RecordProbe& probe) {
  const auto read_identifier = fixtures::info_of(simulated.source).read_identifier;
  for (std::string& text : simulated.handled->in(invocation.log)) {
    // JSON may have been written with blanks.
    const auto identifier = read_identifier != nullptr ? read_identifier(text) : std::nullopt;
    probe.attempt(identifier.value_or(std::move(text)));
  }
  using End = runtime_api::InvocationEnd;
  if (invocation.end == End::ended || invocation.end == End::timed_out) probe.note_failure();
}

/// Reports the records that the function says it handled to the probe, as far as its answer shows them.
template <class Record>
void note_handled(const Simulated& simulated, const Event<Record>& event, const Payloads& payloads,
                  const std::vector<std::string>& reported, RecordProbe& probe) {
  const fixtures::Source source = simulated.source;
  const bool stops_early = simulated.design.stops_early;
  const bool stops = stops_after_failure(source, simulated.claims) || stops_early;
  // Where nothing comes again that is not reported, such a record counts as handled, also after a failure:
  // the law of the order judges whether it may. A standard queue has no such law: there the claim counts.
  const bool only_reported_return =
      !fixtures::has_shards(source) || fixtures::is_pipe(source) || !simulated.is_answer_read;
  const bool stops_by_claim = is_queue(source) && simulated.claims.stop_on_first_failure && !stops_early;
  const bool goes_on = only_reported_return && !stops_by_claim;
  const std::set<std::string_view> listed(reported.begin(), reported.end());
  const auto group_of = [&](const Record& record) {
    return stopped_together(record, source, simulated.claims);
  };
  std::set<std::string> failing;  // partitions of Kafka
  const auto must_fail = [&](const Record& record) {
    return simulated.verdicts.reject(payloads[record.index()]);
  };
  if constexpr (std::is_same_v<Record, KafkaRecord>) {
    for (const Record& record : event.records())
      if (listed.contains(record.item_identifier()) && must_fail(record)) failing.insert(group_of(record));
  }
  std::set<std::string> stopped;
  for (const Record& record : event.records()) {
    const std::string group = group_of(record);
    const bool is_reported = listed.contains(record.item_identifier());
    // A function may leave the records of all partitions of Kafka once one has failed.
    const bool fails_elsewhere = failing.size() > (failing.contains(group) ? 1 : 0);
    if (is_reported && fails_elsewhere && !must_fail(record)) stopped.insert(group);
    if (stopped.contains(group) && (is_reported || !goes_on)) continue;
    if (stops && is_reported) stopped.insert(group);
    note_call(record, probe);
  }
}

/// True when no record of the batch had to succeed: each is rejected, or stopped by one before it.
template <class Record>
bool may_fail_as_a_whole(const Simulated& simulated, const Event<Record>& event, const Payloads& payloads) {
  const bool stops = stops_after_failure(simulated.source, simulated.claims);
  std::set<std::string> stopped;
  for (std::size_t index = 0; index < payloads.size(); ++index) {
    const std::string group = stopped_together(event.records()[index], simulated.source, simulated.claims);
    if (stops && stopped.contains(group)) continue;
    if (!simulated.verdicts.reject(payloads[index])) return false;
    stopped.insert(group);
  }
  return true;
}

/// Of a batch that comes again as a whole by design, the records up to the first that fails count as handled.
template <class Record>
void note_handled_until_failure(const Simulated& simulated, const Event<Record>& event,
                                const Payloads& payloads, RecordProbe& probe) {
  const auto rejects = [&](const auto& payload) { return simulated.verdicts.reject(payload); };
  if (std::none_of(payloads.begin(), payloads.end(), rejects)) return;
  for (const Record& record : event.records()) {
    note_call(record, probe);
    if (rejects(payloads[record.index()])) return;
  }
}

/// True when all of the batch is delivered again after this answer: of a stream, or a partition of Kafka,
/// from the first reported record on.
template <class Record>
bool brings_all_back(const Event<Record>& event, const fixtures::ServiceAnswer& answer,
                     const Simulated& simulated) {
  if (answer.complete_failure) return true;
  const fixtures::Source source = simulated.source;
  const bool goes_on_at_checkpoint = fixtures::has_shards(source) && !fixtures::is_pipe(source);
  const std::set<std::string_view> listed(answer.reported.begin(), answer.reported.end());
  std::set<std::string> returning;
  for (const Record& record : event.records()) {
    const std::string group = stopped_together(record, source, simulated.claims);
    if (goes_on_at_checkpoint && returning.contains(group)) continue;
    if (!listed.contains(record.item_identifier())) return false;
    returning.insert(group);
  }
  return true;
}

template <class Record>
std::string answer_as(const Simulated& simulated, std::optional<runtime_api::FunctionProcess>& process,
                      std::string_view payload, RecordProbe& probe) {
  const Event<Record> event = decode<Record>(payload);
  const Payloads payloads = payloads_of(event, payload);
  if (!process && !simulated.budget) process.emplace(simulated.function);
  runtime_api::Invocation invocation =
      simulated.budget ? simulated.budget->invoke(process, payload, payloads) : invoke(*process, payload);
  simulated.time_outs->note(invocation, simulated.function.time_limit);
  if (simulated.handled) {
    note_logged(simulated, invocation, probe);
    if (std::string failure = failure_of(invocation); !failure.empty()) throw std::runtime_error(failure);
    return std::move(invocation.body);
  }
  if (const std::string failure = failure_of(invocation); !failure.empty()) {
    if (simulated.design.all_or_nothing || !simulated.is_answer_read) {
      note_handled_until_failure(simulated, event, payloads, probe);
    } else if (may_fail_as_a_whole(simulated, event, payloads)) {
      std::vector<std::string> all;
      for (const Record& record : event.records()) all.emplace_back(record.item_identifier());
      note_handled(simulated, event, payloads, all, probe);
    }
    throw std::runtime_error(failure);
  }
  const auto answer = fixtures::read_service_answer(invocation.body, simulated.source);
  if (simulated.design.all_or_nothing && brings_all_back(event, answer, simulated)) {
    note_handled_until_failure(simulated, event, payloads, probe);
  } else if (!answer.complete_failure) {
    note_handled(simulated, event, payloads, answer.reported, probe);
  }
  return std::move(invocation.body);
}

simulator::MakeSubject starts_of(const Simulated& simulated) {
  return [simulated]() -> fixtures::Subject {
    const auto process = std::make_shared<std::optional<runtime_api::FunctionProcess>>();
    return [simulated, process](std::string_view payload, RecordProbe& probe) {
      return fixtures::with_record_type(simulated.source, [&]<class Record>() {
        return answer_as<Record>(simulated, *process, payload, probe);
      });
    };
  };
}

}  // namespace

SimulatedSubject simulated_function(const FunctionOptions& options, const simulator::World& world) {
  constexpr std::uint64_t few_seeds = 10;  // a world starts a process
  Simulated simulated{
      function_of(options), world.source, options.claims, world.design, world.report_batch_item_failures,
      Verdicts(world)};
  if (!options.handled.empty()) simulated.handled.emplace(options.handled);
  runtime_api::FunctionProcess first(simulated.function);  // one that does not start violates no law
  if (auto failed = first.start()) throw FunctionNotStarted(failed->problem, std::move(failed->log));
  SimulatedSubject subject{.make = starts_of(simulated), .claims = options.claims};
  simulated.budget = std::make_shared<SearchBudget>(simulated.function, simulated.handled.has_value());
  subject.smaller = {.function = simulator::FunctionUnderTest(starts_of(simulated)),
                     .are_over = [budget = simulated.budget] { return budget->is_spent(); },
                     .seeds = few_seeds,
                     .may_have_flaky = false};
  return subject;
}

}  // namespace batchproof::tools
