#pragma once

// Options that several commands share, and checked numbers: CLI11 alone reads "-1" as the largest unsigned
// number, "1e999" as infinity, and "nan" as a rate.

#include <CLI/CLI.hpp>
#include <batchproof/fixtures/shard.hpp>
#include <batchproof/fixtures/source.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::tools {

/// The range of a whole number, both ends included.
struct NumberRange {
  std::int64_t smallest = 0;
  std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
};

/// A check for CLI11: "" for a whole number in decimal digits within the range, else an error message, which
/// names the environment variable that the text comes from.
std::function<std::string(const std::string&)> whole_number(NumberRange range,
                                                            const std::string& variable = "");

/// A check for CLI11: a value such as that of a shell's variable which is not set would count as none.
std::string not_empty(const std::string& text);

/// An option for a number, checked before it is read. `Number` must hold the whole range. Its help shows the
/// current value as the default. Where it is not given, the environment variable applies, if one is named.
template <class Number>
CLI::Option* add_number(CLI::App& command, const std::string& name, Number& value, NumberRange range,
                        const std::string& description, const std::string& variable = "") {
  return command.add_option(name, value, description)
      ->check(whole_number(range, variable))
      ->type_name("N")
      ->envname(variable)
      ->capture_default_str();
}

/// An option for a number without a default.
template <class Number>
CLI::Option* add_number(CLI::App& command, const std::string& name, std::optional<Number>& value,
                        NumberRange range, const std::string& description) {
  return command.add_option(name, value, description)->check(whole_number(range))->type_name("N");
}

/// A probability from 0 to 1.
CLI::Option* add_rate(CLI::App& command, const std::string& name, double& value,
                      const std::string& description);

/// Adds --seed; without it, and without the environment variable if one is named, the seed stays empty, and
/// is drawn.
CLI::Option* add_seed(CLI::App& command, std::optional<std::uint64_t>& seed, const std::string& description,
                      const std::string& variable = "");

/// Adds --shard; without it BATCHPROOF_SHARD applies.
CLI::Option* add_shard(CLI::App& command, fixtures::Shard& shard, const std::string& description);

/// The range of --cases.
inline constexpr NumberRange number_of_cases{1, 1'000'000'000};

/// The names that --source accepts.
std::vector<std::string> source_names();

/// Lets an option of a source take "fifo" for "sqs_fifo".
CLI::Validator short_source_names();

/// The source of this name, which must be one of `source_names()`. Throws `UsageError`.
fixtures::Source source_of(std::string_view name);

}  // namespace batchproof::tools
