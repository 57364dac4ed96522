#include <fmt/core.h>
#include <rapidcheck/Random.h>
#include <batchproof/fixtures/printable.hpp>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <batchproof/generators/batch_case.hpp>
#include <memory>
#include <random>

#include "command.hpp"
#include "drawn_envelopes.hpp"
#include "options.hpp"
#include "output.hpp"

namespace batchproof::tools {
namespace {

constexpr const char* about_generate = "Print random events as AWS sends them, one JSON object a line";

constexpr const char* generate_footer =
    R"(The events hold values that readers get wrong: unicode and escapes, missing optional
fields, long payloads, sequence numbers of several lengths. They can test a function in
any language. With --hostile they also hold what AWS never sends, such as messages
without fields that it always sends.

Examples:
  batchproof generate
  batchproof generate --source kinesis --batches 10 --records 100 --seed 7
  batchproof generate --source sqs_fifo --seed 7 | batchproof process -
  batchproof generate --source dynamodb --hostile
  batchproof generate --envelope user_records     records within records
  batchproof generate --envelope sns_message --hostile     damaged ones, too

Status: 0)";

struct GenerateOptions {
  std::string source{};    ///< by name; empty: sqs, or where the envelope usually is
  std::string envelope{};  ///< by name; empty: payloads of any kind
  std::uint64_t batches = 1;
  std::optional<std::size_t> records{};        ///< in each batch
  std::optional<std::size_t> largest_batch{};  ///< as in `BatchOptions`
  bool hostile = false;
  std::optional<std::uint64_t> seed{};
};

generators::BatchOptions batch_options_of(const GenerateOptions& options) {
  if (!options.records) return {.largest_batch = options.largest_batch, .hostile = options.hostile};
  return {.largest_batch = *options.records, .smallest_batch = *options.records, .hostile = options.hostile};
}

rc::Gen<fixtures::BatchCase> generator_of(const GenerateOptions& options) {
  const generators::BatchOptions limits = batch_options_of(options);
  if (options.envelope.empty())
    return generators::batch_case(options.source.empty() ? fixtures::Source::sqs : source_of(options.source),
                                  limits);
  return drawn_envelopes(
      options.envelope,
      options.source.empty() ? usual_source_of(options.envelope) : source_of(options.source), limits);
}

/// The JSON on what every reader regards as one line: line breaks between tokens become spaces, and line
/// separators inside strings are escaped.
std::string on_one_line(std::string json) {
  std::replace_if(
      json.begin(), json.end(), [](char byte) { return byte == '\n' || byte == '\r' || byte == '\t'; }, ' ');
  return fixtures::without_controls(json);
}

int generate(const GenerateOptions& options) {
  const std::uint64_t seed = options.seed ? *options.seed : std::random_device{}();
  const auto generator = generator_of(options);
  for (std::uint64_t number = 0; number < options.batches; ++number) {
    const rc::Random random(rc::Random::Key{seed, number, 0, 0});
    print(on_one_line(generator(random, 0).value().payload()) + "\n");
    if (number > 0 || options.seed) continue;
    flush_output();  // if nothing can be printed, there is one error and no seed
    print_note(fmt::format("seed {}", seed));
  }
  return 0;
}

}  // namespace

void add_generate(CLI::App& app, Action& action) {
  const auto options = std::make_shared<GenerateOptions>();
  CLI::App& command = *app.add_subcommand("generate", about_generate);
  command
      .add_option("--source", options->source,
                  "Where the events come from (default: sqs; kinesis of user_records, dynamodb_change and "
                  "cloudwatch_logs)")
      ->transform(short_source_names())
      ->check(CLI::IsMember(source_names()))
      ->type_name("SOURCE");
  command
      .add_option("--envelope", options->envelope,
                  "The records hold these records of other services, named like their adaptors")
      ->check(CLI::IsMember(envelope_names()))
      ->type_name("NAME");
  add_number(command, "--batches", options->batches, number_of_cases, "How many events");
  CLI::Option* const records = add_number(command, "--records", options->records, {0, 10'000},
                                          "Records in each (default: any number)");
  add_number(command, "--largest-batch", options->largest_batch, {0, 10'000},
             "Records in the largest (default: 12, and 10 of a FIFO queue)")
      ->excludes(records);
  command.add_flag("--hostile", options->hostile, "Draw what AWS never sends, too");
  add_seed(command, options->seed, "The same seed gives the same events (default: a new one)",
           "BATCHPROOF_SEED");
  command.footer(generate_footer);
  command.callback([options, &action] { action = [options] { return generate(*options); }; });
}

}  // namespace batchproof::tools
