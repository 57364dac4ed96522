#pragma once

#include <batchproof/properties/verify.hpp>
#include <span>

#include "stages.hpp"

namespace batchproof::properties {

/// The plan of `verify_erased_handler`, from the same arguments. It refers to them, and they must outlive it.
/// Throws as that function does.
template <fixtures::AnyRecord Record>
VerificationPlan plan_of_handler(const ErasedHandler<Record>& handler, const VerifyHandlerOptions& options,
                                 std::span<const Law> laws, Processes processes, const NamedProcessor& own);

}  // namespace batchproof::properties
