#pragma once

// Shows which law catches which broken processor or handler, as `batchproof zoo` prints it:
//
//   gaps_in(mutation_matrix(200, {1, 2, 3}));  // empty: each law catches its faults

#include <batchproof/fixtures/broken_handlers.hpp>
#include <batchproof/fixtures/shard.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/verify.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// The result of one law, with all others off, for one fault.
struct LawTrial {
  std::string law;
  std::uint64_t seed = 0;
  bool caught = false;                    ///< violated, and again on every rerun of the same case
  int cases = 0;                          ///< random cases until the law caught it, or all of them
  std::size_t size = 0;                   ///< records of the smallest case found
  std::string smallest_case{};            ///< its pattern and payload; for a handler its pattern and bodies
  std::vector<std::string> violations{};  ///< what the law says of it

  friend bool operator==(const LawTrial&, const LawTrial&) = default;
};

/// A broken processor or handler of the fixtures.
struct Fault {
  std::string name;
  std::string sentence;
  std::string law;  ///< the id of the law that must catch it
  bool in_a_handler = false;
  fixtures::Source source = fixtures::Source::sqs;
  std::vector<const Law*> laws{};  ///< those that apply to it

  /// Runs one of them alone on a new subject with this fault.
  std::function<LawTrial(const Law& law, int cases, std::uint64_t seed)> run{};

  /// The same on all small batches of up to 6 records, smallest first, within 2 s; random cases do not count.
  /// `LawTrial::size` is the size of the first batch that shows the fault.
  std::function<LawTrial(const Law& law)> run_small{};
};

/// All of the fixtures, in the order of the laws.
std::vector<Fault> zoo();

/// The options to verify a broken handler: the orders that it must accept and reject, the reset of its state,
/// and its check.
VerifyHandlerOptions contract_of(const fixtures::BrokenHandler& broken);

/// A row of the matrix.
struct FaultTrials {
  Fault fault;
  std::vector<LawTrial> each_law{};  ///< each law that applies, with the first seed
  std::vector<LawTrial> own_law{};   ///< the law that must catch it, with each seed
};

struct MutationMatrix {
  int cases = 0;  ///< the largest number for each trial
  std::vector<std::uint64_t> seeds{};
  std::vector<FaultTrials> rows{};
  fixtures::Shard shard{};  ///< the shard whose faults the rows are
};

/// Called before each fault, with its number and name.
using ZooProgress = std::function<void(std::size_t number, std::size_t of, const std::string& fault)>;

/// Runs every applicable law alone on each fault with the first seed, and the law that must catch it with
/// every seed; there must be at least one seed. Only the faults of the shard are run. One thread at a time.
MutationMatrix mutation_matrix(int cases, std::vector<std::uint64_t> seeds, const ZooProgress& progress = {},
                               const fixtures::Shard& shard = {});

/// The results of small batches and of random ones for one fault, by the law that must catch it.
struct SmallCaseTrials {
  Fault fault;
  LawTrial small{};
  bool by_random = false;  ///< with every seed
};

/// Trials of each fault. They decide the order of a verification's stages, and how large its small batches
/// are. One thread at a time.
std::vector<SmallCaseTrials> small_case_trials(int cases, const std::vector<std::uint64_t>& seeds,
                                               const ZooProgress& progress = {});

/// The gaps in the matrix, a sentence each: a fault that its law does not catch, a law that catches nothing,
/// and two faults that look the same. Faults look the same when the same laws catch both, and each seed leads
/// to the same number of cases, the same smallest case and the same violations. The list is empty when there
/// are no gaps. A shard can show only the first kind. Throws nothing but `std::bad_alloc`; safe to call from
/// any thread.
std::vector<std::string> gaps_in(const MutationMatrix& matrix);

}  // namespace batchproof::properties
