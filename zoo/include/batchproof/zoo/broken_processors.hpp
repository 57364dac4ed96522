#pragma once

#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/fixtures/subject.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::zoo {

/// A processor with one named fault, as found in released batch processors.
struct BrokenProcessor {
  std::string name;   ///< snake_case, such as "loses_last_failure"
  std::string fault;  ///< one sentence
  std::string law;    ///< the id of the law that must catch it when it runs alone
  fixtures::Source source;
  fixtures::ProcessorClaims claims;
  fixtures::Subject subject;
};

/// All broken processors, by kind of fault. Built once; safe to read from any thread.
const std::vector<BrokenProcessor>& broken_processors();

/// Returns new broken processors at each call, so that those with state from batch to batch have not seen a
/// batch.
std::vector<BrokenProcessor> make_broken_processors();

/// The new one of this name. Throws `std::invalid_argument` for a name that none has.
BrokenProcessor make_broken_processor(std::string_view name);

/// The processor that the broken ones are variants of: it has no fault, and keeps every law.
fixtures::Subject reference_processor(fixtures::Source source, const fixtures::ProcessorClaims& claims);

}  // namespace batchproof::zoo
