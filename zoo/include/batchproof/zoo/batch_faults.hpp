#pragma once

// The laws of batches that catch the broken processors and handlers, as `batchproof zoo` prints it:
//
//   gaps_in(mutation_matrix(batch_faults(), 200, {1, 2, 3}));  // empty: each law catches its faults

#include <batchproof/properties/verify.hpp>
#include <batchproof/zoo/broken_handlers.hpp>
#include <batchproof/zoo/mutation_matrix.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace batchproof::zoo {

/// All broken processors and handlers, in the order of the laws. `Fault::run` takes ids of
/// `properties::processor_laws()` or, for a handler, of `properties::handler_laws()`; it throws
/// what `properties::verify_laws` throws. Any thread may call this.
std::vector<Fault> batch_faults();

/// The options to verify a broken handler: the orders that it must accept and reject, the reset of its state,
/// and its check.
VerifyHandlerOptions contract_of(const BrokenHandler& broken);

/// The results of small batches and of random ones for one fault, by the law that must catch it.
struct SmallCaseTrials {
  Fault fault;

  /// On all small batches of up to 6 records, smallest first, within 2 s; random cases do not count. Its size
  /// is that of the first batch that shows the fault.
  LawTrial small{};
  bool by_random = false;  ///< with every seed
};

/// Trials of each fault. They decide the order of a verification's stages, and how large its small batches
/// are. One thread at a time.
std::vector<SmallCaseTrials> small_case_trials(int cases, const std::vector<std::uint64_t>& seeds,
                                               const ZooProgress& progress = {});

/// The gaps in a matrix of `batch_faults()`: those for all laws of batches, and two faults that look the
/// same. Faults look the same when the same laws catch both, and each seed leads to the same number of cases,
/// the same smallest case and the same violations. A shard can show only faults that are not caught.
std::vector<std::string> gaps_in(const MutationMatrix& matrix);

}  // namespace batchproof::zoo
