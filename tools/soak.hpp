#pragma once

// Soak runs: random worlds of every source, until a number of deliveries or of worlds is reached. Their
// results are printed, written as JSON, and read again when shards are merged.
//
//     return soak({.worlds = 100, .seed = 7});

#include <batchproof/fixtures/shard.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace batchproof::tools {

/// The extent of a soak. One of the two limits is set.
struct SoakOptions {
  std::uint64_t deliveries = 0;  ///< the number of delivered messages
  std::uint64_t worlds = 0;      ///< the number of worlds
  std::uint64_t seed = 0;        ///< the first world's; each world has the next
  fixtures::Shard shard{};       ///< a part of the worlds, and of the limit
  bool json = false;

  bool has_limit() const noexcept { return deliveries > 0 || worlds > 0; }
};

/// The result of a soak.
struct SoakResult {
  std::uint64_t deliveries = 0;
  std::uint64_t worlds = 0;
  double seconds = 0;
  std::string broken_law{};                   ///< its id; empty when every law held
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

/// Reads the output of `json_of`. Throws nlohmann's exceptions for other JSON.
SoakOptions soak_options_in(const nlohmann::ordered_json& json);
SoakResult soak_result_in(const nlohmann::ordered_json& json);

}  // namespace batchproof::tools
