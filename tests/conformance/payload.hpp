#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

namespace batchproof::conformance {

/// A payload as a reader that is neither library's sees it.
struct Payload {
  nlohmann::json event = nlohmann::json::value_t::discarded;  ///< stays so where the payload is no JSON
  bool is_utf8 = true;
  bool holds_half_a_character = false;  ///< an escape for half of a surrogate pair; read as U+FFFD here
  std::size_t broken_at = 0;            ///< the first byte that is not JSON, from 1; 0 when there is none
  bool repeats_a_name = false;
  std::size_t depth = 0;  ///< of the deepest bracket

  bool is_json() const noexcept { return broken_at == 0; }
};

Payload read_payload(const std::string& text);

}  // namespace batchproof::conformance
