#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <chrono>
#include <functional>
#include <string>

namespace batchproof::properties {

/// True when this smaller case still violates the law. Called many times.
using StillBreaks = std::function<bool(const fixtures::BatchCase& smaller)>;

/// The ways to simplify a case besides removing records.
enum class Simplify {
  records_only,  ///< no values: payloads and verdicts belong together
  values,        ///< no values here: callers that know the verdicts simplify fields and payloads
  everything     ///< accepts rejected records, and replaces records by plain ones with short identifiers, in
                 ///< few message groups and without a body
};

/// Shrinks the case by delta debugging to one from which no record can be removed. A case that does not
/// violate the law is returned unchanged. The number of tries grows with n log n for n records, at worst with
/// n², so each step ends after `most_time` with the smallest case so far: leaving out records, accepting
/// rejected ones, and replacing them by plain ones.
fixtures::BatchCase shrink(fixtures::BatchCase batch_case, const StillBreaks& still_breaks,
                           Simplify simplify = Simplify::everything,
                           std::chrono::milliseconds most_time = std::chrono::seconds(5));

/// The same for the bytes of a damaged payload: it removes members, elements, and then bytes. Gives up after
/// `most_tries`, with the smallest so far.
std::string shrink_bytes(std::string bytes,
                         const std::function<bool(const std::string& smaller)>& still_breaks,
                         int most_tries = 5000);

}  // namespace batchproof::properties
