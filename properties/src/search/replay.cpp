#include <algorithm>
#include <batchproof/properties/replay.hpp>
#include <cctype>
#include <fstream>
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

std::vector<std::string> own_arguments() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> arguments;
  for (std::string argument; std::getline(file, argument, '\0');) arguments.push_back(argument);
  return arguments;
}

std::string quote_for_shell(const std::string& argument) {
  const auto is_plain = [](unsigned char character) {
    return std::isalnum(character) != 0 ||
           std::string_view("-_./=:,@%+").find(static_cast<char>(character)) != std::string_view::npos;
  };
  if (!argument.empty() && std::all_of(argument.begin(), argument.end(), is_plain)) return argument;
  std::string quoted = "'";
  for (const char character : argument)
    quoted += character == '\'' ? std::string("'\\''") : std::string(1, character);
  return quoted + "'";
}

}  // namespace

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
  if (!shard.is_whole()) command += " BATCHPROOF_SHARD=" + to_text(shard);
  for (const std::string& argument : narrowed_arguments()) command += " " + quote_for_shell(argument);
  return command;
}

}  // namespace batchproof::properties
