#pragma once

#include <batchproof/properties/evidence.hpp>

#include "html.hpp"

namespace batchproof::properties {

/// One run of a batch as a table, a record a row: its verdict, when it was handled, whether it was reported,
/// and what the service does with it next. What should have been is beside it when the run is judged.
void add_timeline(Html& page, const Evidence& evidence, bool is_judged);

}  // namespace batchproof::properties
