#pragma once

// Makes the runs of a subject that an experiment needs.

#include <batchproof/properties/law.hpp>
#include <batchproof/properties/observation.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>

#include "case.hpp"
#include "subject_under_test.hpp"

namespace batchproof::properties {

/// All runs of an experiment on a case, after the earlier cases: the first run, and those that it is compared
/// with.
Observation observe_experiment(const SubjectUnderTest& subject, Experiment experiment, const Case& one,
                               std::span<const EarlierCase> earlier = {});

/// One run of the case, like the next invocation of the function.
Observation run_once(const SubjectUnderTest& subject, const Case& one, Watch watch = Watch::all);

/// Runs each of these cases once, in this order.
void run_each(std::span<const EarlierCase> cases);

/// The time limit of the case.
std::chrono::milliseconds time_limit_of(const SubjectUnderTest& subject, const Case& one);

/// True when one of the laws applies to the subject and needs the experiment.
bool asks_for(std::span<const Law> laws, const SubjectUnderTest& subject, Experiment experiment) noexcept;

/// Gets the runs of an experiment, and judges them by this law. Returns true to stop judging.
using JudgeRun = std::function<bool(const Law& law, const Evidence& evidence)>;

/// Calls `judge` for each law that applies to the subject and to such a case, with the runs of its
/// experiment. The first run is made once for all laws. Laws that need a child process are skipped, and so
/// are those of the experiment `left_out`.
void judge_case(const SubjectUnderTest& subject, std::span<const Law> laws, const Case& one,
                const JudgeRun& judge, std::optional<Experiment> left_out = {});

/// The batch without one of its records, and without the fields that handlers must see: nobody reads those
/// again, and they are most of a batch.
fixtures::BatchCase without_record(const fixtures::BatchCase& batch_case, std::size_t left_out);

/// The batch of one of its records, in the same way.
fixtures::BatchCase record_alone(const fixtures::BatchCase& batch_case, std::size_t index);

}  // namespace batchproof::properties
