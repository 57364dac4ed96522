#pragma once

#include <string>

namespace batchproof::properties {

/// The page's style sheet: base.css, and style.css behind it.
std::string style_sheet();

}  // namespace batchproof::properties
