#pragma once

// Plain records, and the fields around the payloads of a counterexample.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/shrink.hpp>
#include <cstddef>
#include <optional>
#include <string>

namespace batchproof::properties {

/// The smallest record with these fields that AWS would send, with the verdict of the given one.
fixtures::CaseRecord plain_like(const fixtures::CaseRecord& record, fixtures::Source source,
                                const fixtures::PlainRecord& fields);

/// The record of the batch with this payload and group, plain in all else.
fixtures::CaseRecord plain_around(const fixtures::BatchCase& batch, std::size_t index,
                                  std::optional<std::string> payload, std::optional<std::string> group);

/// Makes what an event says of all its records plain: the kind of a Kafka cluster, and the invocation of a
/// window, which becomes its first one, and not its last, or else one of the two.
fixtures::BatchCase plain_event(fixtures::BatchCase batch, const StillBreaks& still_breaks);

/// Makes as many fields around the payloads plain as possible, a record as a whole or field by field, and the
/// event. Identifiers stay, but those of Kafka get short partitions and low offsets. The fields that a
/// handler must see of a changed record are then unknown.
fixtures::BatchCase shrink_fields(fixtures::BatchCase batch, const StillBreaks& still_breaks);

}  // namespace batchproof::properties
