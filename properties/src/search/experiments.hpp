#pragma once

// Which runs of a subject an experiment needs.

#include <batchproof/properties/law.hpp>
#include <batchproof/properties/observation.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "case.hpp"
#include "subject_under_test.hpp"

namespace batchproof::properties {

/// All runs of an experiment on a case, after the earlier ones: the first, with those that it is compared
/// with.
Observation observe_experiment(const SubjectUnderTest& subject, Experiment experiment, const Case& one,
                               std::span<const EarlierCase> earlier = {});

/// One run of the case, as if it were the next invocation of the function.
Observation run_once(const SubjectUnderTest& subject, const Case& one);

/// How long the case may take.
std::chrono::milliseconds time_limit_of(const SubjectUnderTest& subject, const Case& one);

/// True when one of the laws applies to the subject and asks for the experiment.
bool asks_for(std::span<const Law> laws, const SubjectUnderTest& subject, Experiment experiment) noexcept;

/// Receives the runs of each experiment that a law asks for, and judges them by this law. Returns true to end
/// the judgement.
using JudgeRun = std::function<bool(const Law& law, const Evidence& evidence)>;

/// Calls `judge` for each of the laws that applies to the subject and is about such a case: with the runs of
/// its experiment, of which the first is made once for all. Laws that ask for a child process are left out.
/// `left_out` is an experiment that is not made.
void judge_case(const SubjectUnderTest& subject, std::span<const Law> laws, const Case& one,
                const JudgeRun& judge, std::optional<Experiment> left_out = {});

/// The batch without one of its records, and without the fields that handlers must see: nobody looks at them
/// again, and they are most of a batch.
fixtures::BatchCase without_record(const fixtures::BatchCase& batch_case, std::size_t left_out);

/// The batch of one of its records, in the same way.
fixtures::BatchCase record_alone(const fixtures::BatchCase& batch_case, std::size_t index);

}  // namespace batchproof::properties
