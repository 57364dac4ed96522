#pragma once

// The steps of the reference processor. A broken processor replaces one of them by a faulty one. It stands
// for another library's processor, so it reads events by itself and does not use the catalogue of sources.

#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::zoo::broken {

using fixtures::ProcessorClaims;
using fixtures::Source;
using fixtures::Subject;
using enum Source;  // rows of broken processors name their source by one word

struct Message {
  std::string identifier;
  std::optional<std::string> group;  ///< MessageGroupId, on standard queues too; the partition of Kafka
  std::string text;                  ///< the body, or the data as base64
  bool is_tombstone = false;         ///< of Kafka: it has no value
  bool handled = false;
  bool failed = true;  ///< until its handler has returned
};

using Messages = std::vector<Message>;

/// The list of records, unchecked; throws when there is none.
nlohmann::json any_records_in(std::string_view payload);

/// The same, but throws for a record of another source and for the event of a tumbling window.
nlohmann::json records_in(std::string_view payload, Source source);
void refuse_other_source(const nlohmann::json& record, Source source);
void refuse_window(const nlohmann::json& event);

/// Throws when the record has no identifier.
Message read_message(const nlohmann::json& record, Source source);

Messages read_messages(std::string_view payload, Source source);

/// Calls the handler once, shows it these fields if any, and records its result.
void handle(Message& message, RecordProbe& probe, std::optional<fixtures::SeenFields> fields = std::nullopt);

/// Handles all messages in order; what is thrown and is no std::exception passes through.
void catch_exceptions_alone(Messages& messages, RecordProbe& probe);

/// Handles the messages in order, and skips those for which `is_stopped` is true.
using IsStopped = std::function<bool(const Messages& messages, std::size_t index)>;
void handle_all(Messages& messages, RecordProbe& probe, const IsStopped& is_stopped);

/// The stop rules of a message: it is stopped never, after any failure, or after one in its message group. A
/// message without a group depends on all before it, and all after it depend on it.
bool never_stopped(const Messages& messages, std::size_t index);
bool stopped_by_any(const Messages& messages, std::size_t index);
bool stopped_by_group(const Messages& messages, std::size_t index);

/// True when a message before this one failed that counts.
bool any_failed_before(const Messages& messages, std::size_t index,
                       const std::function<bool(const Message& earlier)>& counts);

/// A wrong rule that several processors have: a message is stopped when the one before it failed.
bool stopped_by_neighbour(const Messages& messages, std::size_t index);

/// The correct stop rule for the source and the claims.
IsStopped right_order(Source source, const ProcessorClaims& claims);

/// The identifiers of failed messages, each once, in batch order.
std::vector<std::string> failed_identifiers(const Messages& messages);

/// The response that reports these identifiers; those of Kafka are written as objects.
std::string response_of(const std::vector<std::string>& identifiers, Source source = sqs);

/// Handles the messages, and responds with the failed ones.
std::string respond(Messages messages, RecordProbe& probe, const IsStopped& is_stopped = never_stopped);

/// The reference processor with this stop rule.
Subject with_order(Source source, IsStopped is_stopped);

// Broken processors: with another stop rule, report or handling, or with no step of the reference processor.

BrokenProcessor broken_order(std::string name, std::string fault, std::string law, Source source,
                             IsStopped faulty, const ProcessorClaims& claims = {});
BrokenProcessor broken_report(std::string name, std::string fault, std::string law, Source source,
                              std::function<std::string(const Messages& messages)> faulty,
                              const ProcessorClaims& claims = {});
BrokenProcessor broken_handling(std::string name, std::string fault, std::string law, Source source,
                                std::function<void(Messages& messages, RecordProbe& probe)> faulty,
                                const ProcessorClaims& claims = {});
BrokenProcessor broken_processor(std::string name, std::string fault, std::string law, Source source,
                                 Subject subject, const ProcessorClaims& claims = {});

/// Broken processors by kind of fault; `broken_processors` joins them.
std::vector<BrokenProcessor> faulty_reports();
std::vector<BrokenProcessor> faulty_handling();
std::vector<BrokenProcessor> faulty_fifo();
std::vector<BrokenProcessor> faulty_checkpoints();
std::vector<BrokenProcessor> faulty_partitions();
std::vector<BrokenProcessor> faulty_pipes();
std::vector<BrokenProcessor> faulty_windows();
std::vector<BrokenProcessor> faulty_decoding();
std::vector<BrokenProcessor> faulty_isolation();
std::vector<BrokenProcessor> faulty_acceptance();
std::vector<BrokenProcessor> faulty_responses();
std::vector<BrokenProcessor> faulty_twins();
std::vector<BrokenProcessor> faulty_workers();
std::vector<BrokenProcessor> faulty_bodies();
std::vector<BrokenProcessor> faulty_deadlines();
std::vector<BrokenProcessor> faulty_names();
std::vector<BrokenProcessor> faulty_sizes();
std::vector<BrokenProcessor> faulty_catches();
std::vector<BrokenProcessor> faulty_requests();

}  // namespace batchproof::zoo::broken
