#pragma once

#include <batchproof/properties/law.hpp>
#include <string>
#include <vector>

namespace batchproof::properties {

/// The records that the handler accepts in one of two runs and rejects in the other; `when` ends the
/// sentence. Records are matched by their identifiers, which must differ.
std::vector<Violation> changed_verdicts(const Observation& run, const Observation& other_run,
                                        const std::string& when);

}  // namespace batchproof::properties
