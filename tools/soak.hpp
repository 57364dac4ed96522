#pragma once

#include <batchproof/fixtures/shard.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace batchproof::tools {

/// How far a soak goes. One of the two limits is set.
struct SoakOptions {
  std::uint64_t deliveries = 0;  ///< until so many messages were delivered
  std::uint64_t worlds = 0;      ///< so many worlds
  std::uint64_t seed = 0;        ///< the first world's; each world has the next
  fixtures::Shard shard{};       ///< of the worlds, and of the limit its part
  bool json = false;

  bool has_limit() const noexcept { return deliveries > 0 || worlds > 0; }
};

/// What a soak came to.
struct SoakResult {
  std::uint64_t deliveries = 0;
  std::uint64_t worlds = 0;
  double seconds = 0;
  std::string broken_law{};                   ///< its id; empty where every law held
  std::string violation{};                    ///< the report of the world that violates it
  std::optional<fixtures::Shard> found_by{};  ///< the shard that found it, in a merged result
};

/// Runs random worlds of every source, around this library's processors in their modes, and prints the
/// result. Returns the exit status: 0 when every law held, 1 when one was violated, which is printed.
int soak(const SoakOptions& options);

/// For people.
std::string text_of(const SoakOptions& options, const SoakResult& result);

/// For machines: one JSON object.
std::string json_of(const SoakOptions& options, const SoakResult& result);

/// What `json_of` wrote. Throws nlohmann's exceptions for what is none.
SoakOptions soak_options_in(const nlohmann::ordered_json& json);
SoakResult soak_result_in(const nlohmann::ordered_json& json);

}  // namespace batchproof::tools
