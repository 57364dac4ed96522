#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/simulator.hpp>
#include <iostream>

namespace batchproof::simulator {
namespace {

using fixtures::BrokenProcessor;

/// A new one of this name.
BrokenProcessor made_again(const std::string& name) {
  auto all = fixtures::make_broken_processors();
  return *std::find_if(all.begin(), all.end(), [&](const BrokenProcessor& one) { return one.name == name; });
}

TEST(BrokenProcessors, Print) {
  for (const BrokenProcessor& broken : fixtures::broken_processors()) {
    const auto report = simulate_random_worlds([&] { return made_again(broken.name).subject; }, broken.source,
                                               broken.claims, {.worlds = 200});
    const auto* const found = report.counterexample();
    std::cout << broken.name << "\t" << broken.law << "\t" << (found ? found->law->id : "-") << "\t"
              << report.worlds() << "\t" << (found ? found->smallest.messages : 0) << "\n";
  }
}

}  // namespace
}  // namespace batchproof::simulator
