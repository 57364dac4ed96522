#include <algorithm>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

bool fifo_stops_applies(fixtures::Source source, const fixtures::ProcessorClaims& claims) {
  return fixtures::is_fifo_queue(source) && !claims.skip_group_on_error;
}

std::vector<Violation> fifo_stops_violations(const Evidence& evidence) {
  const auto& records = evidence.batch_case.records;
  const auto rejected =
      std::find_if(records.begin(), records.end(), [](const auto& record) { return record.rejected; });
  const ServiceView& view = evidence.view();
  const HandledRecords& handled = evidence.handled();
  const auto first_failure = static_cast<std::size_t>(rejected - records.begin());
  std::vector<Violation> violations;
  for (std::size_t index = first_failure; index < records.size(); ++index) {
    const auto record = [&] { return evidence.name_record(index); };
    if (index > first_failure && handled.calls_of_record[index] > 0) {
      violations.push_back(record() + " is handled after the failure of " +
                           evidence.name_record(first_failure));
    }
    if (!view.reports(records[index].item_identifier)) {
      violations.push_back(record() + (index == first_failure
                                           ? " failed and is not reported"
                                           : " comes after a failure and is not reported"));
    }
  }
  return violations;
}

}  // namespace

constinit const Law fifo_stops{
    .id = "fifo-stops",
    .sentence = "SQS FIFO: nothing after the first failure is handled; it and all after it are reported.",
    .aws_page = "Implementing partial batch responses",
    .applies = fifo_stops_applies,
    .violations = fifo_stops_violations,
};

}  // namespace batchproof::properties
