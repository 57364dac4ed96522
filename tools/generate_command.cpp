#include "generate_command.hpp"

#include <fmt/core.h>
#include <rapidcheck/Random.h>

#include <algorithm>
#include <batchproof/generators/batch_case.hpp>
#include <iostream>
#include <random>

#include "sources.hpp"

namespace batchproof::tools {
namespace {

generators::BatchOptions options_of(const GenerateCommand& command) {
  if (!command.records) return {};
  return {.largest_batch = *command.records, .smallest_batch = *command.records};
}

/// Line breaks between tokens become spaces; inside strings JSON escapes them.
std::string on_one_line(std::string json) {
  std::replace(json.begin(), json.end(), '\n', ' ');
  return json;
}

}  // namespace

int generate(const GenerateCommand& command) {
  const std::uint64_t seed = command.seed ? *command.seed : std::random_device{}();
  if (!command.seed) fmt::print(stderr, "seed {}\n", seed);
  const auto generator = generators::batch_case(source_of(command.source), options_of(command));
  for (int number = 0; number < command.batches; ++number) {
    const rc::Random random(rc::Random::Key{seed, static_cast<std::uint64_t>(number), 0, 0});
    std::cout << on_one_line(generator(random, 0).value().payload()) << '\n';
  }
  return 0;
}

}  // namespace batchproof::tools
