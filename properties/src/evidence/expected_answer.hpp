#pragma once

#include <batchproof/properties/evidence.hpp>
#include <string>

namespace batchproof::properties {

/// The answer of a processor that keeps every law, for people to compare with. It has each identifier once.
std::string expected_answer(const Evidence& evidence);

}  // namespace batchproof::properties
