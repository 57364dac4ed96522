#pragma once

#include <batchproof/fixtures/request_kind.hpp>
#include <batchproof/properties/evidence.hpp>
#include <cstddef>

namespace batchproof::properties {

inline bool meets_requests(fixtures::Source, const fixtures::ProcessorClaims& claims) {
  return claims.meets_requests;
}

inline bool shows_actions(const Evidence& evidence) { return evidence.run.response.has_value(); }

/// Calls `visit(call, record_index, kind)` for each handled record, with the kind of its request.
template <class Visit>
void for_each_handled(const Evidence& evidence, Visit&& visit) {
  const auto& record_of_call = evidence.handled().record_of_call;
  for (std::size_t call = 0; call < record_of_call.size(); ++call) {
    if (const auto index = record_of_call[call])
      visit(call, *index, fixtures::request_kind(evidence.batch_case.records[*index]));
  }
}

}  // namespace batchproof::properties
