#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/evidence.hpp>
#include <optional>
#include <string_view>

namespace batchproof::properties {

/// `Evidence::readable` for any bytes.
std::optional<ReadableRecords> read_records(std::string_view payload, fixtures::Source source);

}  // namespace batchproof::properties
