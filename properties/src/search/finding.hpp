#pragma once

#include <batchproof/properties/law.hpp>
#include <batchproof/properties/report.hpp>
#include <batchproof/properties/shrink.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "case.hpp"
#include "subject_under_test.hpp"

namespace batchproof::properties {

/// A law that a case violates, and the last run that showed it.
struct Finding {
  const Law* law;
  const SubjectUnderTest* subject;
  Case shown_by;
  std::string found_in;  ///< such as "random case 13"
  Observation run{};
  std::vector<Violation> violations{};
  std::vector<EarlierCase> earlier{};  ///< the cases that must run before it
  Confirmation confirmation = Confirmation::none;
  bool needs_cold_start = false;  ///< as in `Counterexample`

  Evidence evidence() const { return {shown_by.batch, subject->claims, run}; }
};

/// Runs the earlier cases, and then the subject on this case; handlers that take turns do so on its own
/// schedule. When the law is violated, the run replaces that of the finding.
bool is_violated_once(Finding& finding, const Case& one);

/// Gives the case of the finding the schedule of its run.
void keep_schedule(Finding& finding);

/// Runs the earlier cases, and then the subject on this case; handlers that take turns run under several
/// schedules unless the case has choices. When the law is violated, the run replaces that of the finding.
bool is_violated_by(Finding& finding, const Case& one);

/// Shrinks the case within the limits of time and tries.
void shrink(Finding& finding, Simplify simplify);

/// The batch without records, fields and payloads that the violation does not need.
fixtures::BatchCase shrink_batch(const Finding& finding, fixtures::BatchCase batch,
                                 const StillBreaks& still_breaks, Simplify simplify);

/// True when the law is violated in each of three more runs.
bool is_violated_every_time(Finding& finding);

/// For a law that is violated each time: what the probe throws for the records that failed, if the law holds
/// where it throws `RejectedRecord` for each; else empty. Runs the subject up to four times.
std::string failure_that_explains(const Finding& finding);

/// The finding in the form of the report.
Counterexample counterexample_of(Finding finding, std::size_t drawn_size);
EarlierBatch earlier_batch_of(const EarlierCase& earlier);

}  // namespace batchproof::properties
