#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

bool checkpoint_applies(fixtures::Source source, const fixtures::ProcessorClaims&) {
  return fixtures::is_stream(source);
}

/// The failed record with the lowest sequence number.
std::optional<std::size_t> lowest_failure(const Evidence& evidence) {
  const auto& records = evidence.batch_case.records;
  std::optional<std::size_t> lowest;
  for (std::size_t index = 0; index < records.size(); ++index) {
    if (evidence.handled().done[index]) continue;
    if (!lowest || lower_sequence_number(records[index].item_identifier, records[*lowest].item_identifier))
      lowest = index;
  }
  return lowest;
}

std::vector<Violation> checkpoint_violations(const Evidence& evidence) {
  if (evidence.view().complete_failure) return {};
  const auto restart = evidence.view().checkpoint();
  const auto lowest = lowest_failure(evidence);
  if (!lowest) {
    if (!restart) return {};
    return {"every record succeeded, and the service starts again at \"" + *restart + "\""};
  }
  const std::string& failed = evidence.batch_case.records[*lowest].item_identifier;
  if (!restart)
    return {evidence.name_record(*lowest) + " failed, and the service does not start again at all"};
  if (lower_sequence_number(failed, *restart)) {
    return {evidence.name_record(*lowest) + " failed below \"" + *restart +
            "\", where the service starts again: it is lost"};
  }
  if (lower_sequence_number(*restart, failed)) {
    return {"the service starts again at \"" + *restart + "\", which succeeded; the lowest failure is " +
            evidence.name_record(*lowest)};
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
    .violations = checkpoint_violations,
};

}  // namespace batchproof::properties
