#include "soak.hpp"

#include <fmt/core.h>

#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/simulator.hpp>
#include <chrono>

#include "output.hpp"
#include "progress_line.hpp"
#include "wording.hpp"

namespace batchproof::tools {
namespace {

/// Half of the worlds have the other mode of their source's processor: the seeds of one source are all odd or
/// all even, so that the bit above decides.
fixtures::ProcessorClaims claims_of_world(fixtures::Source source, std::uint64_t seed) {
  const auto& modes = fixtures::info_of(source).modes;
  return modes[seed / fixtures::all_sources.size() % 2 % modes.size()].claims;
}

simulator::SimulationReport one_world(fixtures::Source source, std::uint64_t seed) {
  const fixtures::ProcessorClaims claims = claims_of_world(source, seed);
  return simulator::simulate_random_worlds([&] { return fixtures::library_processor(source, claims); },
                                           source, claims, {.worlds = 1, .seed = seed, .most_messages = 200});
}

}  // namespace

int soak(std::uint64_t deliveries, std::uint64_t seed) {
  const auto start = std::chrono::steady_clock::now();
  ProgressLine line;
  line.begin(fmt::format("{} deliveries, seed {}", with_commas(deliveries), seed));
  std::uint64_t delivered = 0;
  std::uint64_t worlds = 0;
  for (; delivered < deliveries; ++worlds) {
    const auto source = fixtures::all_sources[worlds % fixtures::all_sources.size()];
    const auto report = one_world(source, seed + worlds);
    if (!report.passed()) {
      print(report.text() + "\n");
      return 1;
    }
    delivered += simulator::summary_of(report.finished()).deliveries;
    line.update(fmt::format("{} of", with_commas(delivered)));
  }
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  print(fmt::format("Every law held: {} deliveries in {} random worlds of {} sources, seed {}, {:.1f} s\n",
                    with_commas(delivered), with_commas(worlds), fixtures::all_sources.size(), seed,
                    time.count()));
  return 0;
}

}  // namespace batchproof::tools
