#pragma once

// Makes the fields and payloads of a counterexample plain when no record can be left out any more.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/payloads.hpp>
#include <batchproof/properties/shrink.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::properties {

using BytesStillBreak = std::function<bool(const std::string& smaller)>;

/// The smallest record with these fields that AWS would send, with the verdict of the given one.
fixtures::CaseRecord plain_like(const fixtures::CaseRecord& record, fixtures::Source source,
                                const fixtures::PlainRecord& fields);

/// Leaves out each member and element that can be left out; chunks of bytes are rarely such a part.
std::string leave_out_parts(std::string text, const BytesStillBreak& still_breaks);

/// Changes as much as possible of one JSON text towards another, outer values before inner ones: a value
/// becomes that of the plain one, a number comes as near to it as it can, an element is removed and, if
/// `texts_shrink`, a text loses characters.
std::string shrink_towards(const std::string& json, const std::string& plain, bool texts_shrink,
                           const BytesStillBreak& still_breaks);

/// The record with another payload, and with the fields that depend on it, such as a checksum. `plain` makes
/// the plain record of a payload. Nothing when the record does not hold its payload as a plain one does.
using PlainOfPayload = std::function<fixtures::CaseRecord(const std::string& payload)>;
std::optional<fixtures::CaseRecord> with_payload(const fixtures::CaseRecord& record, const std::string& from,
                                                 const std::string& to, const PlainOfPayload& plain);

/// Makes as many fields around the payloads plain as possible, a record as a whole or field by field.
/// Identifiers stay. The fields that a handler must see of a changed record are then unknown.
fixtures::BatchCase shrink_fields(fixtures::BatchCase batch, const StillBreaks& still_breaks);

/// The payloads that may replace a record's own.
struct PayloadChoices {
  bool any = false;                         ///< any payload: the verdict does not depend on it
  bool unknown_verdicts_may_change = true;  ///< with the payload, since only the run shows them
  std::vector<std::string> accepted{};      ///< simplest first
  std::vector<std::string> rejected{};
  Classify classify{};  ///< may be empty
};

/// The given payloads, and some draws of each function.
PayloadChoices choices_of(const Payloads& payloads, std::uint64_t seed);

/// Makes payloads simpler: replaces near misses by payloads whose verdict is known, and payloads by others
/// with the same verdict, and reduces the near misses that are left and, with `classify`, all payloads.
fixtures::BatchCase shrink_payloads(fixtures::BatchCase batch, const PayloadChoices& choices,
                                    const StillBreaks& still_breaks);

}  // namespace batchproof::properties
