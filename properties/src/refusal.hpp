#pragma once

#include <batchproof/properties/law.hpp>
#include <string>
#include <vector>

namespace batchproof::properties {

/// How an event that must be refused as a whole, before any handler ran, was not. `flaw` says what is wrong
/// with it.
std::vector<Violation> unless_refused(const Observation& observation, const std::string& flaw);

}  // namespace batchproof::properties
