#pragma once

#include <string>

#include "stages.hpp"

namespace batchproof::properties {

/// 16 hexadecimal digits, the same in every shard of a run, and others for a run that draws other cases or
/// judges by other claims. It is a hash of the options and payloads that decide what is drawn, of the claims,
/// and of a few drawn cases, which show what a function of the user draws.
std::string hash_of_draws(const VerificationPlan& plan);

}  // namespace batchproof::properties
