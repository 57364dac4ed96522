#pragma once

#include <batchproof/properties/evidence.hpp>

#include "html.hpp"

namespace batchproof::properties {

/// Adds one run of a batch as a table, with a row for each record: its verdict, when it was handled, whether
/// it was reported, and what the service does with it next. When the run is judged, the expected values stand
/// beside it.
void add_timeline(Html& page, const Evidence& evidence, bool is_judged);

}  // namespace batchproof::properties
