#pragma once

#include <string_view>

namespace batchproof::properties {

/// The version of batchproof, such as "0.1.0".
std::string_view version() noexcept;

/// The compiler that built the kit, such as "g++ 12.2.0".
std::string_view compiler() noexcept;

}  // namespace batchproof::properties
