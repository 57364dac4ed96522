#pragma once

#include <batchproof/properties/report.hpp>
#include <cstddef>
#include <functional>
#include <vector>

#include "finding.hpp"
#include "fresh_process.hpp"
#include "stages.hpp"

namespace batchproof::properties {

/// The last `most` cases that were run in this process before the violation.
using LastCases = std::function<std::vector<EarlierCase>(std::size_t most)>;

/// Shrinks the finding and confirms it: finds the smallest case that violates the law in a fresh process too,
/// or, if the violation needs the state of earlier cases, the shortest sequence of batches. Returns
/// `violated`, or `flaky` when the violation is not seen again every time. Without a fresh process the case
/// is run here three more times. Without `last_cases` the case alone must show the violation.
LawState explain(Finding& finding, const VerificationPlan& plan, FreshProcess* process,
                 const LastCases& last_cases = {});

}  // namespace batchproof::properties
