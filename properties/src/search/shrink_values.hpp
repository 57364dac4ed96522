#pragma once

// What a counterexample still says when no record can be left out: its fields and payloads, made plain.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/properties/payloads.hpp>
#include <batchproof/properties/shrink.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::properties {

using BytesStillBreak = std::function<bool(const std::string& smaller)>;

/// Leaves out each member and element that can be: chunks of bytes rarely are one.
std::string leave_out_parts(std::string text, const BytesStillBreak& still_breaks);

/// Changes what can be of one JSON text towards another, the outer before the inner: a value becomes that of
/// the plain one, a number comes as near to it as it can, an element goes and, where `texts_shrink`, a text
/// loses characters.
std::string shrink_towards(const std::string& json, const std::string& plain, bool texts_shrink,
                           const BytesStillBreak& still_breaks);

/// The record with another payload, and with what depends on it, such as a sum. `plain` makes the plain
/// record of a payload. Nothing where the record does not hold its payload as a plain one does.
using PlainOfPayload = std::function<fixtures::CaseRecord(const std::string& payload)>;
std::optional<fixtures::CaseRecord> with_payload(const fixtures::CaseRecord& record, const std::string& from,
                                                 const std::string& to, const PlainOfPayload& plain);

/// Makes plain what can be of the fields around the payloads, a record as a whole or field by field.
/// Identifiers stay, and what a handler must see of a changed record is then unknown.
fixtures::BatchCase shrink_fields(fixtures::BatchCase batch, const StillBreaks& still_breaks);

/// The payloads that a record may get in place of its own.
struct PayloadChoices {
  bool any = false;                     ///< any at all: the verdict does not hang on it
  std::vector<std::string> accepted{};  ///< simplest first
  std::vector<std::string> rejected{};
  Classify classify{};  ///< may be empty
};

/// Those given, and some draws of each function.
PayloadChoices choices_of(const Payloads& payloads, std::uint64_t seed);

/// Makes payloads simpler: others of the same verdict and, of near misses and where there is a `classify`,
/// the same ones with less in them.
fixtures::BatchCase shrink_payloads(fixtures::BatchCase batch, const PayloadChoices& choices,
                                    const StillBreaks& still_breaks);

}  // namespace batchproof::properties
