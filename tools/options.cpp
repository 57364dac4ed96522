#include "options.hpp"

#include <fmt/core.h>

#include <charconv>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <system_error>

#include "usage_error.hpp"

namespace batchproof::tools {
namespace {

/// Nothing unless the whole text is such a number.
template <class Number>
std::optional<Number> number_in(const std::string& text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

constexpr const char* shard_variable = "BATCHPROOF_SHARD";

/// Whether the text comes from the variable: CLI11 reads it as if the option had been given.
bool is_of_variable(const std::string& text, const std::string& variable) {
  const char* const value = variable.empty() ? nullptr : std::getenv(variable.c_str());
  return value != nullptr && value == text;
}

std::string_view origin_of_shard(const std::string& text) {
  return is_of_variable(text, shard_variable) ? shard_variable : "the shard";
}

bool is_within(const std::string& text, NumberRange range) {
  if (const auto number = number_in<std::uint64_t>(text))
    return *number <= range.largest &&
           (range.smallest <= 0 || *number >= static_cast<std::uint64_t>(range.smallest));
  const auto number = number_in<std::int64_t>(text);
  return number && *number < 0 && *number >= range.smallest;
}

std::string largest_as_text(std::uint64_t largest) {
  return largest == std::numeric_limits<std::uint64_t>::max() ? "2^64 - 1" : std::to_string(largest);
}

}  // namespace

std::function<std::string(const std::string&)> whole_number(NumberRange range, const std::string& variable) {
  return [range, variable](const std::string& text) -> std::string {
    if (is_within(text, range)) return "";
    const std::string number =
        fmt::format("not a whole number from {} to {}", range.smallest, largest_as_text(range.largest));
    return is_of_variable(text, variable) ? fmt::format("{} is \"{}\", {}", variable, text, number)
                                          : fmt::format("\"{}\" is {}", text, number);
  };
}

std::string not_empty(const std::string& text) { return text.empty() ? "it is empty" : ""; }

CLI::Option* add_rate(CLI::App& command, const std::string& name, double& value,
                      const std::string& description) {
  return command.add_option(name, value, description)
      ->check([](const std::string& text) {
        const auto rate = number_in<double>(text);
        return rate && *rate >= 0 && *rate <= 1
                   ? ""
                   : fmt::format("\"{}\" is not a rate; rates are from 0 to 1", text);
      })
      ->type_name("RATE");
}

CLI::Option* add_seed(CLI::App& command, std::optional<std::uint64_t>& seed, const std::string& description,
                      const std::string& variable) {
  return command.add_option("--seed", seed, description)
      ->check(whole_number({}, variable))
      ->type_name("S")
      ->envname(variable);
}

CLI::Option* add_shard(CLI::App& command, fixtures::Shard& shard, const std::string& description) {
  return command
      .add_option_function<std::string>(
          "--shard", [&shard](const std::string& text) { shard = fixtures::parse_shard(text); }, description)
      ->check([](const std::string& text) -> std::string {
        try {
          static_cast<void>(fixtures::parse_shard(text, origin_of_shard(text)));
          return "";
        } catch (const std::invalid_argument& error) {
          return error.what();
        }
      })
      ->type_name("I/N")
      ->envname(shard_variable);
}

std::vector<std::string> source_names() {
  std::vector<std::string> names;
  names.reserve(fixtures::every_source.size());
  for (const fixtures::Source source : fixtures::every_source) names.emplace_back(fixtures::name(source));
  return names;
}

CLI::Validator short_source_names() {
  const std::map<std::string, std::string> names{{"fifo", std::string(name(fixtures::Source::sqs_fifo))}};
  return CLI::Transformer(names).description("");
}

fixtures::Source source_of(std::string_view name) {
  const auto source = fixtures::source_named(name);
  if (!source) throw UsageError("there is no source \"" + std::string(name) + "\"");
  return *source;
}

}  // namespace batchproof::tools
