#pragma once

#include <string>

namespace batchproof::properties {

/// The page's style sheet, style.css.
std::string style_sheet();

}  // namespace batchproof::properties
