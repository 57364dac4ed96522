#include "utf8.hpp"

#include <nlohmann/json.hpp>

namespace batchproof::properties {

bool is_utf8(std::string_view bytes) {
  try {
    static_cast<void>(nlohmann::json(bytes).dump());
    return true;
  } catch (const nlohmann::json::exception&) {
    return false;
  }
}

}  // namespace batchproof::properties
