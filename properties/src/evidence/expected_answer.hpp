#pragma once

#include <batchproof/properties/evidence.hpp>
#include <string>

namespace batchproof::properties {

/// The answer of a processor that keeps every law, for people to compare with. It has each identifier once.
std::string expected_answer(const Evidence& evidence);

/// The answer of a run, for people: the response, the exception, or how the run ended the process.
std::string answer_text(const Observation& run);

}  // namespace batchproof::properties
