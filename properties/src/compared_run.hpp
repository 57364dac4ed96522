#pragma once

#include <batchproof/properties/report.hpp>
#include <optional>

#include "breach.hpp"

namespace batchproof::properties {

/// Of the further runs that the law compared with the first, one that breaks it alone; nothing for a law that
/// compares none.
std::optional<ComparedRun> compared_run(const Breach& breach);

}  // namespace batchproof::properties
