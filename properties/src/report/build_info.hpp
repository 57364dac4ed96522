#pragma once

#include <batchproof/version.hpp>
#include <string_view>

namespace batchproof::properties {

/// The version of batchproof, such as "0.1.0".
inline constexpr std::string_view version = BATCHPROOF_VERSION;

/// The compiler that built the kit, such as "g++ 12.2.0".
#if defined(__clang__)
inline constexpr std::string_view compiler = "clang++ " __clang_version__;
#elif defined(__GNUC__)
inline constexpr std::string_view compiler = "g++ " __VERSION__;
#else
inline constexpr std::string_view compiler = "an unknown compiler";
#endif

}  // namespace batchproof::properties
