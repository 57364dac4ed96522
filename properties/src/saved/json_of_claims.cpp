#include "json_of_claims.hpp"

#include <array>
#include <batchproof/fixtures/json_text.hpp>
#include <chrono>
#include <stdexcept>

namespace batchproof::properties {
namespace {

using fixtures::ProcessorClaims;
using nlohmann::ordered_json;

struct Claim {
  const char* name;
  bool ProcessorClaims::*value;
};
constexpr std::array claims_by_name{
    Claim{"skip_group_on_error", &ProcessorClaims::skip_group_on_error},
    Claim{"raise_on_entire_batch_failure", &ProcessorClaims::raise_on_entire_batch_failure},
    Claim{"reports_every_failure", &ProcessorClaims::reports_every_failure},
    Claim{"stop_on_first_failure", &ProcessorClaims::stop_on_first_failure},
    Claim{"meets_requests", &ProcessorClaims::meets_requests},
    Claim{"order_by_key", &ProcessorClaims::order_by_key}};

constexpr const char* reserve_milliseconds = "reserve_milliseconds";

}  // namespace

ordered_json json_of_claims(const ProcessorClaims& claims) {
  auto options = ordered_json::object();
  for (const auto& [name, value] : claims_by_name) {
    if (claims.*value != ProcessorClaims().*value) options[name] = claims.*value;
  }
  if (claims.reserve) options[reserve_milliseconds] = claims.reserve->count();
  return options;
}

fixtures::Source source_in(const ordered_json& json) {
  const auto name = json.get<std::string>();
  const auto source = fixtures::source_named(name);
  if (!source) throw std::runtime_error("there is no source \"" + name + "\"");
  return *source;
}

std::uint64_t whole_number(const ordered_json& json, const std::string& name, std::uint64_t largest) {
  if (!json.is_number_unsigned() || json.get<std::uint64_t>() > largest) {
    throw std::runtime_error("\"" + name + "\" is " + fixtures::to_text(json) +
                             ", and not a whole number from 0 to " + std::to_string(largest));
  }
  return json.get<std::uint64_t>();
}

ProcessorClaims claims_of(const ordered_json& options) {
  constexpr std::uint64_t longest_invocation_ms = 900'000;  // "Lambda quotas", AWS Lambda developer guide
  ProcessorClaims claims;
  for (const auto& [name, value] : claims_by_name) claims.*value = options.value(name, claims.*value);
  if (options.contains(reserve_milliseconds)) {
    claims.reserve = std::chrono::milliseconds(
        whole_number(options.at(reserve_milliseconds), reserve_milliseconds, longest_invocation_ms));
  }
  return claims;
}

}  // namespace batchproof::properties
