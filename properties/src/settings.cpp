#include "settings.hpp"

#include <charconv>
#include <cstdlib>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

namespace batchproof::properties {
namespace {

constexpr int usual_cases = 1000;

template <class Number>
std::optional<Number> from_environment(const char* variable) {
  const char* const value = std::getenv(variable);
  if (value == nullptr) return std::nullopt;
  const std::string_view text = value;
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < Number{}) {
    throw std::invalid_argument(std::string(variable) + " is \"" + value +
                                "\", which is not a whole number in range");
  }
  return number;
}

std::uint64_t draw_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32U) | device();
}

}  // namespace

Settings resolve_settings(std::optional<int> cases, std::optional<std::uint64_t> seed) {
  if (!cases) cases = from_environment<int>("BATCHPROOF_CASES").value_or(usual_cases);
  if (*cases < 0) throw std::invalid_argument("the number of cases is negative: " + std::to_string(*cases));
  if (!seed) seed = from_environment<std::uint64_t>("BATCHPROOF_SEED");
  return {*cases, seed ? *seed : draw_seed()};
}

}  // namespace batchproof::properties
