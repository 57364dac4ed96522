#pragma once

#include <string_view>

namespace batchproof::properties {

/// The page's style sheet.
std::string_view style_sheet() noexcept;

}  // namespace batchproof::properties
