#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/observation.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "case.hpp"
#include "random_cases.hpp"
#include "small_cases.hpp"

namespace batchproof::properties {

/// The cases of one source.
struct Draws {
  DrawCase batch;
  DrawCase damaged{};                   ///< may be empty where no law asks for damaged payloads
  DrawCase hostile{};                   ///< may be empty where no law asks for a child process
  std::shared_ptr<SmallCases> small{};  ///< null where none are wanted
};

/// A processor as it is, or a handler inside one processor mode.
struct SubjectUnderTest {
  std::string mode{};  ///< such as "SqsFifoPartialProcessor"; may be empty
  fixtures::Source source = fixtures::Source::sqs;
  fixtures::ProcessorClaims claims{};
  std::function<Observation(const fixtures::BatchCase& batch_case, std::string payload, Watch watch)> run{};
  Draws draws{};
  std::function<void()> before_each{};  ///< called before each case, and not between the runs of one
  std::function<std::vector<Violation>(const Observation& run)> complaints{};  ///< the user's own check
  std::chrono::milliseconds time_limit = std::chrono::seconds(5);  ///< of a case of up to 100 records
};

/// A case that was run before another one.
struct EarlierCase {
  const SubjectUnderTest* subject;
  Case shown;
};

}  // namespace batchproof::properties
