#include <batchproof/properties/laws.hpp>

#include "../evidence/record_finder.hpp"

namespace batchproof::properties {
namespace {

/// The reason why the service delivers again a record that succeeded.
std::string reason_for(const Evidence& evidence, std::size_t index) {
  const ServiceView& view = evidence.view();
  if (view.lists(evidence.batch_case.records[index].item_identifier)) return " succeeded and is reported";
  if (view.complete_failure)
    return " succeeded and is delivered again, as is the whole batch: " + *view.complete_failure;
  return " succeeded and is delivered again, since the service starts again at \"" + *view.checkpoint() +
         "\"";
}

std::vector<Violation> nothing_extra_violations(const Evidence& evidence) {
  const auto& records = evidence.batch_case.records;
  const std::vector<bool> due = evidence.due_again();
  const RecordFinder finder(evidence.batch_case);
  std::vector<Violation> violations;
  for (const std::string& reported : evidence.view().reported) {
    if (!finder.first(reported))
      violations.push_back("\"" + reported + "\" is reported but is not in the batch");
  }
  for (std::size_t index = 0; index < records.size(); ++index) {
    const bool is_first = *finder.first(records[index].item_identifier) == index;
    if (is_first && evidence.comes_again(index) && !due[index])
      violations.push_back(evidence.name_record(index) + reason_for(evidence, index));
  }
  return violations;
}

}  // namespace

constinit const Law nothing_extra{
    .id = "nothing-extra",
    .sentence =
        "A record is delivered again only if it failed or depends on one that did; on a stream, from the "
        "lowest of these on.",
    .aws_page = "Implementing partial batch responses",
    .violations = nothing_extra_violations,
};

}  // namespace batchproof::properties
