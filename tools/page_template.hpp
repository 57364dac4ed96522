#pragma once

#include <string>

namespace batchproof::tools {

/// The page of a simulation with its style, its script and the charting library; the data replaces `%DATA%`.
/// Empty if the tool was built without the charting library.
std::string page_template();

}  // namespace batchproof::tools
