#pragma once

#include <string_view>

namespace batchproof::properties {

bool is_utf8(std::string_view bytes);

}  // namespace batchproof::properties
