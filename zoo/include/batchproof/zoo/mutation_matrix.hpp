#pragma once

// Which law catches which broken processor or handler. The laws of batches and those of worlds share this;
// `batch_faults()` and `end_to_end_faults()` are their faults:
//
//   const MutationMatrix matrix = mutation_matrix(batch_faults(), 200, {1, 2, 3});
//   gaps_in(matrix, ids_of(processor_laws()));  // empty: each law catches its faults

#include <batchproof/fixtures/shard.hpp>
#include <batchproof/fixtures/source.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::zoo {

/// The result of one law, with all others off, for one fault. A case is a batch or a world.
struct LawTrial {
  std::string law;
  std::uint64_t seed = 0;
  bool caught = false;                ///< violated, and again on every rerun of the same case
  int cases = 0;                      ///< random cases until the law caught it, or all of them
  std::optional<std::size_t> size{};  ///< records of the smallest case; nothing when none was searched for
  std::string smallest_case{};        ///< its pattern and payload; for a handler its pattern and bodies
  std::vector<std::string> violations{};  ///< what the law says of it

  friend bool operator==(const LawTrial&, const LawTrial&) = default;
};

/// A broken processor or handler.
struct Fault {
  std::string name;
  std::string sentence;
  std::vector<std::string> own_laws;  ///< the ids of the laws that must catch it
  bool in_a_handler = false;
  fixtures::Source source = fixtures::Source::sqs;
  std::vector<std::string> laws{};  ///< the ids of those that apply to it

  /// Runs one of them alone on a new subject with this fault, on at most so many random cases. One thread at
  /// a time.
  std::function<LawTrial(std::string_view law, int cases, std::uint64_t seed)> run{};
};

/// A row of the matrix.
struct FaultTrials {
  Fault fault;
  std::vector<LawTrial> each_law{};  ///< each law that applies, with the first seed
  std::vector<LawTrial> own_law{};   ///< the laws that must catch it, with each seed

  /// The trial of a law with the first seed; null when the law does not apply.
  const LawTrial* trial_of(std::string_view law) const;

  bool is_caught_by(std::string_view law) const;
  bool must_be_caught_by(std::string_view law) const;
};

struct MutationMatrix {
  int cases = 0;  ///< the largest number for each trial
  std::vector<std::uint64_t> seeds{};
  std::vector<FaultTrials> rows{};
  fixtures::Shard shard{};  ///< the shard whose faults the rows are
};

/// Called before each fault, with its number from 1, the number of faults, and its name.
using ZooProgress = std::function<void(std::size_t number, std::size_t of, const std::string& fault)>;

/// Runs every applicable law alone on each fault with the first seed, and the laws that must catch it with
/// every seed; there must be at least one seed. Only the faults of the shard are run. The same arguments give
/// the same figures. Throws what `Fault::run` and `progress` throw. One thread at a time.
MutationMatrix mutation_matrix(const std::vector<Fault>& zoo, int cases, std::vector<std::uint64_t> seeds,
                               const ZooProgress& progress = {}, const fixtures::Shard& shard = {});

/// The gaps in the matrix, a sentence each: a fault that one of its laws does not catch, and each of `laws`
/// that catches nothing; empty when there are none. A shard can show only the first kind. Any thread may call
/// it.
std::vector<std::string> gaps_in(const MutationMatrix& matrix, const std::vector<std::string>& laws);

}  // namespace batchproof::zoo
