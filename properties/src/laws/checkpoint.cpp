#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/service_view.hpp>

#include "../handled_records.hpp"

namespace batchproof::properties {
namespace {

bool checkpoint_applies(fixtures::Source source, const fixtures::ProcessorClaims&) {
  return fixtures::is_stream(source);
}

/// The failed record with the lowest sequence number.
std::optional<std::size_t> lowest_failure(const fixtures::BatchCase& batch_case,
                                          const HandledRecords& handled) {
  std::optional<std::size_t> lowest;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    if (handled.done[index]) continue;
    const std::string& sequence_number = batch_case.records[index].item_identifier;
    if (!lowest || lower_sequence_number(sequence_number, batch_case.records[*lowest].item_identifier))
      lowest = index;
  }
  return lowest;
}

std::vector<Violation> checkpoint_violations(const fixtures::BatchCase& batch_case,
                                             const fixtures::ProcessorClaims&,
                                             const Observation& observation) {
  const ServiceView view = read_as_service(observation, batch_case);
  if (view.whole_batch) return {};
  const auto restart = view.checkpoint();
  const auto lowest = lowest_failure(batch_case, handled_records(batch_case, observation));
  if (!lowest) {
    if (!restart) return {};
    return {"every record succeeded, and the service starts again at \"" + *restart + "\""};
  }
  const std::string& failed = batch_case.records[*lowest].item_identifier;
  if (!restart)
    return {name_record(batch_case, *lowest) + " failed, and the service does not start again at all"};
  if (lower_sequence_number(failed, *restart)) {
    return {name_record(batch_case, *lowest) + " failed below \"" + *restart +
            "\", where the service starts again: it is lost"};
  }
  if (lower_sequence_number(*restart, failed)) {
    return {"the service starts again at \"" + *restart + "\", which succeeded; the lowest failure is " +
            name_record(batch_case, *lowest)};
  }
  return {};
}

}  // namespace

constinit const Law checkpoint{
    .id = "checkpoint",
    .sentence =
        "Streams: the lowest reported sequence number, as a number of any length, is that of the lowest "
        "failure.",
    .aws_page = "Configuring partial batch response with Kinesis Data Streams and Lambda",
    .applies = checkpoint_applies,
    .judges = judges_always,
    .violations = checkpoint_violations,
};

}  // namespace batchproof::properties
