#pragma once

#include <batchproof/properties/distribution.hpp>

#include "html.hpp"

namespace batchproof::properties {

/// A bar chart for each histogram that counts anything; the numbers stand beside the bars.
void add_histograms(Html& page, const Distribution& distribution);

}  // namespace batchproof::properties
