#pragma once

#include <vector>

#include "answer.hpp"
#include "payload.hpp"
#include "scenario.hpp"

namespace batchproof::conformance {

/// A scenario that got two answers.
struct Difference {
  const Scenario& scenario;
  const Payload& payload;
  const Answer& ours;
  const Answer& peers;
};

/// A kind of difference in which ours is the safer answer.
struct DifferenceClass {
  const char* name;
  const char* why;  ///< one sentence: why it is safer
  bool (*explains)(const Difference& difference);
};

/// In their order: a difference belongs to the first class that explains it.
const std::vector<DifferenceClass>& difference_classes();

/// Null when no class explains it.
const DifferenceClass* explain(const Difference& difference);

}  // namespace batchproof::conformance
