#include <batchproof/properties/settings.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

namespace batchproof::properties {
namespace {

/// The values to use when neither an option nor a variable of its own is set.
struct Profile {
  std::string_view name;
  int cases;
  std::optional<std::uint64_t> seed;
  std::chrono::milliseconds small_cases_budget;
  std::size_t small_records;
};

// Small batches show most faults, nearly all with at most three records, and random batches show every one
// (`batchproof zoo --small-cases`). Small batches come first, because they are few and their counterexamples
// are small already; larger ones are judged only if the user allows the time.
constexpr std::array profiles{Profile{"", 1000, std::nullopt, std::chrono::seconds(2), 3},
                              Profile{"quick", 200, std::nullopt, std::chrono::milliseconds(200), 2},
                              Profile{"ci", 1000, 1, std::chrono::seconds(2), 3},
                              Profile{"thorough", 100'000, std::nullopt, std::chrono::minutes(5), 6}};

const Profile& chosen_profile() {
  const char* const value = std::getenv("BATCHPROOF_PROFILE");
  const std::string_view name = value == nullptr ? "" : value;
  const auto* const found = std::find_if(profiles.begin(), profiles.end(),
                                         [&](const Profile& profile) { return profile.name == name; });
  if (found == profiles.end()) {
    throw std::invalid_argument("BATCHPROOF_PROFILE is \"" + std::string(name) +
                                "\", which is not quick, ci or thorough");
  }
  return *found;
}

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

std::chrono::milliseconds resolve_time_limit(std::optional<std::chrono::milliseconds> time_limit) {
  const auto limit = time_limit.value_or(std::chrono::seconds(5));
  if (limit.count() <= 0)
    throw std::invalid_argument("the time limit is not above zero: " + std::to_string(limit.count()) + " ms");
  return limit;
}

Settings resolve_settings(std::optional<int> cases, std::optional<std::uint64_t> seed,
                          std::optional<std::chrono::milliseconds> small_cases_budget,
                          std::optional<fixtures::Shard> shard) {
  const Profile& profile = chosen_profile();
  if (!cases) cases = from_environment<int>("BATCHPROOF_CASES").value_or(profile.cases);
  if (*cases < 0) throw std::invalid_argument("the number of cases is negative: " + std::to_string(*cases));
  if (small_cases_budget && small_cases_budget->count() < 0) {
    throw std::invalid_argument("the time budget for small cases is negative: " +
                                std::to_string(small_cases_budget->count()) + " ms");
  }
  if (!seed) seed = from_environment<std::uint64_t>("BATCHPROOF_SEED");
  if (!seed) seed = profile.seed;
  if (!small_cases_budget) {
    if (const auto milliseconds = from_environment<int>("BATCHPROOF_SMALL_CASES_MILLISECONDS"))
      small_cases_budget = std::chrono::milliseconds(*milliseconds);
  }
  Settings settings{.cases = *cases, .seed = seed ? *seed : draw_seed()};
  settings.small_cases_budget = small_cases_budget.value_or(profile.small_cases_budget);
  if (!small_cases_budget) settings.small_records = profile.small_records;
  settings.shard = shard ? *shard : fixtures::shard_of_environment();
  return settings;
}

}  // namespace batchproof::properties
