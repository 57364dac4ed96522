#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <functional>
#include <string>

namespace batchproof::properties {

/// True when what is wrong with the whole is wrong with this as well. Called many times.
using StillBreaks = std::function<bool(const fixtures::BatchCase& smaller)>;

/// What else than leaving records out makes a case simpler.
enum class Simplify {
  records_only,  ///< nothing: the payloads and verdicts belong together
  everything     ///< accept rejected records, and replace records by plain ones with short identifiers, in
                 ///< few message groups and without a body
};

/// The smallest case that it finds, by delta debugging: no record of it can be left out. A case that does not
/// break comes back as it is. Takes a number of tries that grows with n log n for n records, and with n² at
/// worst.
fixtures::BatchCase shrink(fixtures::BatchCase batch_case, const StillBreaks& still_breaks,
                           Simplify simplify = Simplify::everything);

/// The same on bytes, for a payload that was damaged: members, elements, and then bytes. Gives up after
/// `most_tries`, with the smallest so far.
std::string shrink_bytes(std::string bytes,
                         const std::function<bool(const std::string& smaller)>& still_breaks,
                         int most_tries = 5000);

}  // namespace batchproof::properties
