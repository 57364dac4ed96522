#include <array>
#include <batchproof/properties/replay.hpp>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <utility>

namespace batchproof::properties {
namespace {

NarrowArguments& narrowing() {
  static NarrowArguments narrow;
  return narrow;
}

std::function<std::string()>& identification() {
  static std::function<std::string()> identify;
  return identify;
}

/// They decide which small cases are judged.
constexpr std::array<const char*, 2> variables_of_small_cases{"BATCHPROOF_PROFILE",
                                                              "BATCHPROOF_SMALL_CASES_MILLISECONDS"};

std::vector<std::string> own_arguments() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> arguments;
  for (std::string argument; std::getline(file, argument, '\0');) arguments.push_back(argument);
  return arguments;
}

}  // namespace

std::string quoted_for_shell(const std::string& argument) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,@%+";
  if (!argument.empty() && argument.find_first_not_of(plain) == std::string::npos) return argument;
  std::string text = "'";
  for (const char character : argument)
    text += character == '\'' ? std::string("'\\''") : std::string(1, character);
  return text + "'";
}

std::string running_test() { return identification() ? identification()() : ""; }

std::vector<std::string> narrowed_arguments() {
  std::vector<std::string> arguments = own_arguments();
  return narrowing() ? narrowing()(std::move(arguments)) : arguments;
}

void identify_test(std::function<std::string()> identify) { identification() = std::move(identify); }

void narrow_replay(NarrowArguments narrow) { narrowing() = std::move(narrow); }

std::string replay_command(std::uint64_t seed, int cases, const fixtures::Shard& shard) {
  std::string command =
      "BATCHPROOF_SEED=" + std::to_string(seed) + " BATCHPROOF_CASES=" + std::to_string(cases);
  for (const char* const variable : variables_of_small_cases) {
    const char* const value = std::getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    command += std::string(" ") + variable + "=" + quoted_for_shell(value);
  }
  if (!shard.is_whole()) command += " BATCHPROOF_SHARD=" + to_text(shard);
  for (const std::string& argument : narrowed_arguments()) command += " " + quoted_for_shell(argument);
  return command;
}

}  // namespace batchproof::properties
