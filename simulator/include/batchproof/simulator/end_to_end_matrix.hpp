#pragma once

// The end-to-end laws that catch the broken processors of the fixtures:
//
//     for (const KnownCatch& known : known_catches()) EXPECT_TRUE(try_law(known).caught);

#include <batchproof/fixtures/broken_processors.hpp>
#include <batchproof/fixtures/shard.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::simulator {

/// A broken processor of the fixtures, by name, and an end-to-end law that catches it, by id.
struct KnownCatch {
  std::string_view law;
  std::string_view processor;
};

/// All known catches. Several laws may catch one processor.
std::span<const KnownCatch> known_catches() noexcept;

bool is_known_to_catch(std::string_view law, std::string_view processor) noexcept;

/// One law, which alone judges random worlds around one broken processor.
struct EndToEndTrial {
  std::string_view law;
  bool caught = false;
  std::size_t worlds = 0;    ///< how many were run
  std::size_t messages = 0;  ///< messages of the smallest world that was found; 0 when none was searched for
};

/// Runs random worlds of the processor's source until the law is violated, at most `worlds` of them, and then
/// searches for the smallest one.
EndToEndTrial try_law(const KnownCatch& known, std::size_t worlds = 200, std::uint64_t seed = 1);

/// A broken processor, and a trial of every law that applies to worlds of its source.
struct EndToEndTrials {
  fixtures::BrokenProcessor fault;
  std::vector<EndToEndTrial> each_law;  ///< in the order of `end_to_end_laws()`
};

bool is_caught_by(std::string_view law, const EndToEndTrials& trials) noexcept;

/// Called before each processor with its number from 1, the number of processors, and its name.
using EndToEndProgress =
    std::function<void(std::size_t number, std::size_t of, const std::string& processor)>;

/// Tries every law alone on every processor of `known_catches()` that belongs to the shard. It searches for
/// the smallest world only for known catches, since the search takes long. The same arguments give the same
/// figures.
std::vector<EndToEndTrials> end_to_end_matrix(std::size_t worlds = 200, std::uint64_t seed = 1,
                                              const EndToEndProgress& progress = {},
                                              const fixtures::Shard& shard = {});

/// One sentence for each of the `known_catches()` that the matrix misses, and for each law that catches
/// nothing; in a shard, only for those of its processors.
std::vector<std::string> gaps_in(const std::vector<EndToEndTrials>& matrix,
                                 const fixtures::Shard& shard = {});

}  // namespace batchproof::simulator
