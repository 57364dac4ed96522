#include "build_info.hpp"

namespace batchproof::properties {

std::string_view version() noexcept { return BATCHPROOF_VERSION; }

std::string_view compiler() noexcept {
#if defined(__clang__)
  return "clang++ " __clang_version__;
#elif defined(__GNUC__)
  return "g++ " __VERSION__;
#else
  return "an unknown compiler";
#endif
}

}  // namespace batchproof::properties
