#pragma once

// The subject of a search (a processor, or a handler inside one processor mode), and its earlier cases:
//
//     SubjectUnderTest verified{.source = source, .claims = claims};
//     verified.run = [&subject](const Case& one, Watch watch) {
//       return observe(subject, one.batch, one.payload, watch);
//     };

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/observation.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "case.hpp"
#include "draws.hpp"

namespace batchproof::properties {

/// A processor, or a handler inside one processor mode.
struct SubjectUnderTest {
  std::string mode{};  ///< such as "SqsFifoPartialProcessor"; may be empty
  fixtures::Source source = fixtures::Source::sqs;
  fixtures::ProcessorClaims claims{};
  std::function<Observation(const Case& one, Watch watch)> run{};
  Draws draws{};
  std::function<void()> before_each{};  ///< called before each case, but not between its runs
  std::function<std::vector<Violation>(const Observation& run)> complaints{};  ///< the user's own check

  /// Gives each record of unknown verdict the one that it gets alone, for laws that judge by verdicts. Empty
  /// where laws compare runs.
  std::function<void(fixtures::BatchCase& batch)> learn{};
  std::function<void()> begin_anew{};                              ///< as in `VerifySettings`
  std::chrono::milliseconds time_limit = std::chrono::seconds(5);  ///< of a case of up to 100 records

  /// A run shows each call of the user's handler: nothing is proved where no record of any batch has one.
  bool shows_calls = false;
  bool has_probe = false;     ///< a `RecordProbe` fails the rejected records
  std::size_t schedules = 0;  ///< the number of schedules to try for a shrunk case whose handlers take turns

  // At random cases and near misses the modes of a source take turns.
  std::size_t turn = 0;   ///< of this one
  std::size_t turns = 1;  ///< the number of modes that do
};

/// A case that was run before another one.
struct EarlierCase {
  const SubjectUnderTest* subject;
  Case shown;
};

}  // namespace batchproof::properties
