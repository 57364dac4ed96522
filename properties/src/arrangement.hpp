#pragma once

// What is under test, and what runs of it can be had.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/observation.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "random_cases.hpp"
#include "small_cases.hpp"

namespace batchproof::properties {

/// One way to run what is under test: a processor as it is, or a handler inside one processor mode.
struct Arrangement {
  std::string name;
  fixtures::Source source;
  fixtures::ProcessorClaims claims;
  std::function<Observation(const fixtures::BatchCase& batch_case, std::string payload, Watch watch)> observe;
  DrawBatch draw_batch;
  DrawDamaged draw_damaged{};                 ///< may be empty where no law asks for damaged payloads
  DrawDamaged draw_hostile{};                 ///< may be empty where no law asks for a process of its own
  std::shared_ptr<SmallCases> small_cases{};  ///< may be null where none are wanted
  std::function<void()> before_each{};        ///< called before each case, and not between the runs of one
  std::function<std::vector<Violation>(const Observation& run)> complaints{};  ///< the user's own check
};

/// The first run of a case.
Observation observe_anew(const Arrangement& arrangement, const fixtures::BatchCase& batch_case,
                         const std::string& payload, Watch watch = Watch::all);

/// The runs that a law of this input asks for beside the first.
std::vector<Observation> further_runs(const Arrangement& arrangement, LawInput input,
                                      const fixtures::BatchCase& batch_case, const std::string& payload);

/// All that a law of this input asks for.
Observation observe_for(const Arrangement& arrangement, LawInput input, const fixtures::BatchCase& batch_case,
                        const std::string& payload);

}  // namespace batchproof::properties
