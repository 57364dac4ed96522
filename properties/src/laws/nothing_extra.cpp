#include <algorithm>
#include <batchproof/properties/depends_on.hpp>
#include <batchproof/properties/laws/nothing_extra.hpp>
#include <batchproof/properties/service_view.hpp>
#include <unordered_map>

#include "../handled_records.hpp"

namespace batchproof::properties {
namespace {

struct Identifier {
  std::size_t first_record;
  bool may_be_reported;
  bool has_twins = false;
  std::size_t times_reported = 0;
};

std::unordered_map<std::string_view, Identifier> identifiers_of(const fixtures::BatchCase& batch_case,
                                                                const std::vector<Fate>& fates) {
  std::unordered_map<std::string_view, Identifier> identifiers;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    const bool failed = fates[index] != Fate::succeeds;
    auto [entry, is_new] =
        identifiers.try_emplace(batch_case.records[index].item_identifier, Identifier{index, failed});
    entry->second.may_be_reported |= failed;
    entry->second.has_twins |= !is_new;
  }
  return identifiers;
}

std::vector<Violation> nothing_extra_violations(const fixtures::BatchCase& batch_case,
                                                const fixtures::ProcessorClaims& claims,
                                                const Observation& observation) {
  const ServiceView view = read_as_service(observation, batch_case);
  auto identifiers = identifiers_of(batch_case, fates(batch_case, claims));
  std::vector<Violation> violations;
  std::size_t furthest = 0;
  for (const std::string& reported : view.reported) {
    const auto found = identifiers.find(reported);
    if (found == identifiers.end()) {
      violations.push_back("\"" + reported + "\" is reported and is not in the batch");
      continue;
    }
    Identifier& identifier = found->second;
    const auto record = [&] { return name_record(batch_case, identifier.first_record); };
    if (!identifier.may_be_reported) violations.push_back(record() + " succeeded and is reported");
    if (++identifier.times_reported == 2) violations.push_back(record() + " is reported more than once");
    if (identifier.has_twins) continue;  // it stands for several places in the batch
    if (identifier.first_record < furthest)
      violations.push_back(record() + " is reported out of batch order");
    furthest = std::max(furthest, identifier.first_record);
  }
  if (!view.whole_batch) return violations;
  for (const auto& record : batch_case.records) {
    const Identifier& identifier = identifiers.at(record.item_identifier);
    if (identifier.may_be_reported || identifier.times_reported > 0) continue;
    violations.push_back(name_record(batch_case, identifier.first_record) +
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
    .applies = applies_always,
    .judges = judges_always,
    .violations = nothing_extra_violations,
};

}  // namespace batchproof::properties
