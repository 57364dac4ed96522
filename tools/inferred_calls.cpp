#include "inferred_calls.hpp"

#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/blackbox/handled_in_log.hpp>
#include <batchproof/detail/contain.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/depends_on.hpp>
#include <batchproof/runtime_api/function_process.hpp>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "record_parts.hpp"

namespace batchproof::tools {
namespace {

std::string normal(const std::string& payload, fixtures::Source source) {
  if (fixtures::info_of(source).payload_kind != fixtures::PayloadKind::item) return payload;
  return fixtures::to_text(fixtures::parse_json_or_discard(payload));
}

/// The payload of each record; nothing for a change that leaves no item.
template <class Record>
Payloads payloads_in(const Event<Record>& event, std::string_view json) {
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

bool is_rejected(const FunctionInWorld& function, const std::optional<std::string>& payload) {
  return payload && function.rejected.contains(*payload);
}

/// The records that stop together when one of them fails.
template <class Record>
std::string stopped_together(const Record& record, fixtures::Source source,
                             const fixtures::ProcessorClaims& claims) {
  if (!properties::stops_group_alone(source, claims)) return {};
  if constexpr (std::is_same_v<Record, SqsRecord>) return std::string(record.message_group_id().value_or(""));
  if constexpr (std::is_same_v<Record, KafkaRecord>) return std::string(record.topic_partition());
  return {};
}

/// True when records after a failure need not be handled.
bool stops_after_failure(fixtures::Source source, const fixtures::ProcessorClaims& claims) {
  return claims.stop_on_first_failure || !fixtures::is_standard_queue(source);
}

/// Tells the probe that the function handled the record; its answer shows with which outcome.
template <class Record>
void note_call(const Record& record, RecordProbe& probe) {
  detail::contain([&]() -> std::optional<Failure> {
    probe(record.item_identifier());
    return std::nullopt;
  });
}

/// Reports the records that the function says it handled to the probe, as far as its answer shows them.
template <class Record>
void note_handled(const FunctionInWorld& function, const Event<Record>& event, const Payloads& payloads,
                  const std::vector<std::string>& reported, RecordProbe& probe) {
  const fixtures::Source source = function.source;
  const bool stops_early = function.design.stops_early;
  const bool stops = stops_after_failure(source, function.claims) || stops_early;
  // Where nothing comes again that is not reported, such a record counts as handled, also after a failure:
  // the law of the order judges whether it may. A standard queue has no such law: there the claim counts.
  const bool only_reported_return =
      !fixtures::has_shards(source) || fixtures::is_pipe(source) || !function.is_answer_read;
  const bool stops_by_claim =
      fixtures::is_standard_queue(source) && function.claims.stop_on_first_failure && !stops_early;
  const bool goes_on = only_reported_return && !stops_by_claim;
  const std::set<std::string_view> listed(reported.begin(), reported.end());
  const auto group_of = [&](const Record& record) {
    return stopped_together(record, source, function.claims);
  };
  std::set<std::string> failing;  // partitions of Kafka
  const auto must_fail = [&](const Record& record) {
    return is_rejected(function, payloads[record.index()]);
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
bool may_fail_as_a_whole(const FunctionInWorld& function, const Event<Record>& event,
                         const Payloads& payloads) {
  const bool stops = stops_after_failure(function.source, function.claims);
  std::set<std::string> stopped;
  for (std::size_t index = 0; index < payloads.size(); ++index) {
    const std::string group = stopped_together(event.records()[index], function.source, function.claims);
    if (stops && stopped.contains(group)) continue;
    if (!is_rejected(function, payloads[index])) return false;
    stopped.insert(group);
  }
  return true;
}

/// Of a batch that comes again as a whole by design, the records up to the first that fails count as handled.
template <class Record>
void note_handled_until_failure(const FunctionInWorld& function, const Event<Record>& event,
                                const Payloads& payloads, RecordProbe& probe) {
  const auto rejects = [&](const auto& payload) { return is_rejected(function, payload); };
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
                     const FunctionInWorld& function) {
  if (answer.complete_failure) return true;
  const fixtures::Source source = function.source;
  const bool goes_on_at_checkpoint = fixtures::has_shards(source) && !fixtures::is_pipe(source);
  const std::set<std::string_view> listed(answer.reported.begin(), answer.reported.end());
  std::set<std::string> returning;
  for (const Record& record : event.records()) {
    const std::string group = stopped_together(record, source, function.claims);
    if (goes_on_at_checkpoint && returning.contains(group)) continue;
    if (!listed.contains(record.item_identifier())) return false;
    returning.insert(group);
  }
  return true;
}

template <class Record>
void note_calls_of(const FunctionInWorld& function, const Event<Record>& event, const Payloads& payloads,
                   const runtime_api::Invocation& invocation, RecordProbe& probe) {
  if (!failure_of(invocation).empty()) {
    if (function.design.all_or_nothing || !function.is_answer_read) {
      note_handled_until_failure(function, event, payloads, probe);
    } else if (may_fail_as_a_whole(function, event, payloads)) {
      std::vector<std::string> all;
      for (const Record& record : event.records()) all.emplace_back(record.item_identifier());
      note_handled(function, event, payloads, all, probe);
    }
    return;
  }
  const auto answer = fixtures::read_service_answer(invocation.body, function.source);
  if (function.design.all_or_nothing && brings_all_back(event, answer, function)) {
    note_handled_until_failure(function, event, payloads, probe);
  } else if (!answer.complete_failure) {
    note_handled(function, event, payloads, answer.reported, probe);
  }
}

}  // namespace

Payloads payloads_of(std::string_view event, fixtures::Source source) {
  return fixtures::with_record_type(
      source, [&]<class Record>() { return payloads_in(decode<Record>(event), event); });
}

std::vector<std::string> calls_in_log(const FunctionInWorld& function, std::string_view event,
                                      const Payloads& payloads, const runtime_api::Invocation& invocation,
                                      const std::vector<std::string>& logged) {
  const bool has_failed = !failure_of(invocation).empty();
  const bool all_must_fail = std::all_of(payloads.begin(), payloads.end(),
                                         [&](const auto& payload) { return is_rejected(function, payload); });
  const auto answer = fixtures::read_service_answer(has_failed ? "" : invocation.body, function.source);
  const std::set<std::string_view> reported(answer.reported.begin(), answer.reported.end());
  std::vector<blackbox::AnsweredRecord> batch;
  fixtures::with_record_type(function.source, [&]<class Record>() {
    const auto decoded = decode<Record>(event);
    for (const Record& record : decoded.records()) {
      const bool is_listed = reported.contains(record.item_identifier());
      batch.push_back({.identifier = std::string(record.item_identifier()),
                       .is_reported = has_failed ? all_must_fail : is_listed,
                       .must_fail = is_rejected(function, payloads[record.index()]),
                       .stops_with = stopped_together(record, function.source, function.claims)});
    }
  });
  return blackbox::with_refused(logged, batch, stops_after_failure(function.source, function.claims));
}

FunctionInWorld function_in(const simulator::World& world, const fixtures::ProcessorClaims& claims) {
  FunctionInWorld function{world.source, claims, world.design, world.report_batch_item_failures, {}};
  for (const std::string& payload : simulator::with_defaults(world).rejected)
    function.rejected.insert(normal(payload, world.source));
  return function;
}

void note_inferred_calls(const FunctionInWorld& function, std::string_view event, const Payloads& payloads,
                         const runtime_api::Invocation& invocation, RecordProbe& probe) {
  fixtures::with_record_type(function.source, [&]<class Record>() {
    note_calls_of(function, decode<Record>(event), payloads, invocation, probe);
  });
}

}  // namespace batchproof::tools
