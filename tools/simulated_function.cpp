#include "simulated_function.hpp"

#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/detail/contain.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/runtime_api/function_process.hpp>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

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
void note_handled(std::string_view payload, const std::vector<std::string>& reported, fixtures::Source source,
                  const fixtures::ProcessorClaims& claims, RecordProbe& probe) {
  const bool stops = fixtures::info_of(source).delivery != fixtures::Delivery::queue;
  std::set<std::string> stopped;
  const Event<Record> event = decode<Record>(payload);
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
  if (invocation.end != runtime_api::InvocationEnd::response) throw std::runtime_error(invocation.problem);
  return std::move(invocation.body);
}

}  // namespace

SimulatedSubject simulated_function(const FunctionOptions& options, fixtures::Source source) {
  const auto start = [function = function_of(options), source,
                      claims = options.claims]() -> fixtures::Subject {
    return [process = std::make_shared<runtime_api::FunctionProcess>(function), source, claims](
               std::string_view payload, RecordProbe& probe) {
      std::string response = invoke(*process, payload);
      const fixtures::ServiceAnswer answer = fixtures::read_service_answer(response, source);
      if (!answer.whole_batch) {
        fixtures::with_record_type(source, [&]<class Record>() {
          note_handled<Record>(payload, answer.reported, source, claims, probe);
        });
      }
      return response;
    };
  };
  return {start, options.claims};
}

}  // namespace batchproof::tools
