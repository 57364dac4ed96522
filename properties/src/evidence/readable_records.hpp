#pragma once

#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/evidence.hpp>
#include <optional>
#include <string_view>

namespace batchproof::properties {

/// `Evidence::readable` for any bytes.
std::optional<ReadableRecords> read_records(std::string_view payload, fixtures::Source source);

/// False when the payload is JSON without the record that this JSON pointer leads to, such as
/// "/Records/3/messageId"; true for a pointer that leads to none. `readable`: what `read_records` returns.
bool may_hold_record_at(std::string_view payload, std::string_view json_pointer, fixtures::Source source,
                        const std::optional<ReadableRecords>& readable);

}  // namespace batchproof::properties
