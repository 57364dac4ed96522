#include <algorithm>
#include <batchproof/properties/laws.hpp>

#include "../evidence/record_finder.hpp"

namespace batchproof::properties {
namespace {

struct Identifier {
  bool may_be_reported = false;
  bool has_twins = false;
  std::size_t times_reported = 0;
};

/// Each at the place of the first record that bears it; what is at other places counts for nothing.
std::vector<Identifier> identifiers_of(const Evidence& evidence, const RecordFinder& finder) {
  const auto& records = evidence.batch_case.records;
  std::vector<Identifier> identifiers(records.size());
  for (std::size_t index = 0; index < records.size(); ++index) {
    const std::size_t first_record = *finder.first(records[index].item_identifier);
    identifiers[first_record].may_be_reported |= evidence.expected()[index] != ExpectedOutcome::succeeds;
    identifiers[first_record].has_twins |= first_record != index;
  }
  return identifiers;
}

std::vector<Violation> nothing_extra_violations(const Evidence& evidence) {
  const ServiceView& view = evidence.view();
  const RecordFinder finder(evidence.batch_case);
  auto identifiers = identifiers_of(evidence, finder);
  std::vector<Violation> violations;
  std::size_t furthest = 0;
  for (const std::string& reported : view.reported) {
    const auto first_record = finder.first(reported);
    if (!first_record) {
      violations.push_back("\"" + reported + "\" is reported and is not in the batch");
      continue;
    }
    Identifier& identifier = identifiers[*first_record];
    const auto record = [&] { return evidence.name_record(*first_record); };
    if (!identifier.may_be_reported) violations.push_back(record() + " succeeded and is reported");
    if (++identifier.times_reported == 2) violations.push_back(record() + " is reported more than once");
    if (identifier.has_twins) continue;  // it stands for several places in the batch
    if (*first_record < furthest) violations.push_back(record() + " is reported out of batch order");
    furthest = std::max(furthest, *first_record);
  }
  if (!view.whole_batch) return violations;
  for (const auto& record : evidence.batch_case.records) {
    const std::size_t first_record = *finder.first(record.item_identifier);
    const Identifier& identifier = identifiers[first_record];
    if (identifier.may_be_reported || identifier.times_reported > 0) continue;
    violations.push_back(evidence.name_record(first_record) +
                         " succeeded and is delivered again, as is the whole batch: " + *view.whole_batch);
  }
  return violations;
}

}  // namespace

constinit const Law nothing_extra{
    .id = "nothing-extra",
    .sentence =
        "An identifier is reported only if its record failed or depends on one that did; batch order, each "
        "once.",
    .aws_page = "Implementing partial batch responses",
    .violations = nothing_extra_violations,
};

}  // namespace batchproof::properties
