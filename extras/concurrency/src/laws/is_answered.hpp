#pragma once

#include <batchproof/properties/evidence.hpp>

namespace batchproof::properties {

/// False when the run was stuck: the function then times out, and the service delivers the whole batch again.
inline bool is_answered(const Evidence& evidence) { return !evidence.run.timeline->is_stuck; }

}  // namespace batchproof::properties
