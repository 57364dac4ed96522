#pragma once

#include <batchproof/properties/evidence.hpp>
#include <string>

namespace batchproof::properties {

/// For a run that does not treat each payload as the lists say: the field beside the payload that a right
/// handler or function may look at, in words, with the option that fixes the field. That is when each
/// rejected record that is not reported is a change of DynamoDB Streams other than INSERT, or a message that
/// was received before. Empty when no such field explains the run.
std::string field_that_explains(const Evidence& evidence);

}  // namespace batchproof::properties
