#pragma once

#include <batchproof/fixtures/broken_processors.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::simulator {

/// A broken processor of the fixtures, and a law of whole lives that catches it.
struct LifeCatch {
  std::string_view law;
  std::string_view processor;
};

/// All that are known. A processor may be caught by several laws.
std::span<const LifeCatch> life_catches() noexcept;

bool is_known_to_catch(std::string_view law, std::string_view processor) noexcept;

/// A law alone, judging random worlds with a broken processor in it.
struct LifeTrial {
  std::string_view law;
  bool caught = false;
  std::size_t worlds = 0;    ///< that were run
  std::size_t messages = 0;  ///< of the smallest world that was found; 0 where none was looked for
};

/// The law that catches it judges worlds of its source, until it has caught it or so many were run.
LifeTrial try_life_law(const LifeCatch& known, std::size_t worlds = 200, std::uint64_t seed = 1);

/// A broken processor, and every law that applies to worlds of its source.
struct LifeTrials {
  fixtures::BrokenProcessor fault;
  std::vector<LifeTrial> each_law;  ///< in the order of `life_laws()`
};

bool is_caught_by(std::string_view law, const LifeTrials& trials) noexcept;

/// Called before each processor: which, of how many, and its name.
using LifeMatrixProgress =
    std::function<void(std::size_t number, std::size_t of, const std::string& processor)>;

/// Every processor of `life_catches()` by every law, each alone; a smallest world is looked for where the law
/// is known to catch it, since the search takes long. The same arguments give the same figures.
std::vector<LifeTrials> life_matrix(std::size_t worlds = 200, std::uint64_t seed = 1,
                                    const LifeMatrixProgress& progress = {});

/// A sentence for each processor that a law of `life_catches()` did not catch, and each law that catches
/// nothing.
std::vector<std::string> flaws_in(const std::vector<LifeTrials>& matrix);

}  // namespace batchproof::simulator
