#include "simulated_function.hpp"

#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/detail/contain.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/runtime_api/function_process.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "record_parts.hpp"

namespace batchproof::tools {
namespace {

/// The records that stop together when one of them fails.
template <class Record>
std::string stopped_together(const Record& record, const fixtures::ProcessorClaims& claims) {
  if constexpr (std::is_same_v<Record, SqsRecord>) {
    if (claims.skip_group_on_error) return std::string(record.message_group_id().value_or(""));
  }
  if constexpr (std::is_same_v<Record, KafkaRecord>)
    return std::string(record.topic()) + '-' + std::to_string(record.partition());
  return {};
}

/// Reports the records that the function handled to the probe.
template <class Record>
void note_handled(const Event<Record>& event, const std::vector<std::string>& reported,
                  fixtures::Source source, const fixtures::ProcessorClaims& claims, RecordProbe& probe) {
  const bool stops = fixtures::info_of(source).delivery != fixtures::Delivery::queue;
  std::set<std::string> stopped;
  for (const Record& record : event.records()) {
    const std::string group = stopped_together(record, claims);
    if (stopped.contains(group)) continue;
    const std::string_view identifier = record.item_identifier();
    if (stops && std::find(reported.begin(), reported.end(), identifier) != reported.end())
      stopped.insert(group);
    detail::contain([&]() -> std::optional<Failure> {  // the answer shows the outcome of the record
      probe(identifier);
      return std::nullopt;
    });
  }
}

std::string invoke(runtime_api::FunctionProcess& process, std::string_view payload) {
  if (!process.is_running()) {
    if (const auto failed = process.start()) throw std::runtime_error(failed->problem);
  }
  runtime_api::Invocation invocation = process.invoke(payload);
  if (const std::string failure = failure_of(invocation); !failure.empty()) throw std::runtime_error(failure);
  return std::move(invocation.body);
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

/// The verdicts of a world whose payloads are given.
class Verdicts {
 public:
  explicit Verdicts(const simulator::World& world) : knows_accepted_(!world.accepted.empty()) {
    for (const std::string& payload : knows_accepted_ ? world.accepted : world.rejected)
      known_.insert(normal(payload, world.source));
  }

  bool reject_all(const Payloads& payloads) const {
    return std::all_of(payloads.begin(), payloads.end(), [&](const std::optional<std::string>& payload) {
      return payload && known_.contains(*payload) != knows_accepted_;
    });
  }

 private:
  bool knows_accepted_;
  std::set<std::string> known_{};
};

template <class Record>
std::string answer_as(runtime_api::FunctionProcess& process, std::string_view payload,
                      fixtures::Source source, const fixtures::ProcessorClaims& claims,
                      const Verdicts& verdicts, RecordProbe& probe) {
  const Event<Record> event = decode<Record>(payload);
  std::string response;
  try {
    response = invoke(process, payload);
  } catch (const std::runtime_error&) {
    if (verdicts.reject_all(payloads_of(event, payload))) {  // the function may fail as a whole
      std::vector<std::string> all;
      for (const Record& record : event.records()) all.emplace_back(record.item_identifier());
      note_handled(event, all, source, claims, probe);
    }
    throw;
  }
  const fixtures::ServiceAnswer answer = fixtures::read_service_answer(response, source);
  if (!answer.whole_batch) note_handled(event, answer.reported, source, claims, probe);
  return response;
}

}  // namespace

SimulatedSubject simulated_function(const FunctionOptions& options, const simulator::World& world) {
  const auto start = [function = function_of(options), source = world.source, claims = options.claims,
                      verdicts = Verdicts(world)]() -> fixtures::Subject {
    return [process = std::make_shared<runtime_api::FunctionProcess>(function), source, claims, verdicts](
               std::string_view payload, RecordProbe& probe) {
      return fixtures::with_record_type(source, [&]<class Record>() {
        return answer_as<Record>(*process, payload, source, claims, verdicts, probe);
      });
    };
  };
  return {start, options.claims};
}

}  // namespace batchproof::tools
