#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source.hpp>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// The records of an event that was kept as text, accepted and without fields. Each keeps its own bytes.
/// Throws `std::runtime_error` for text that is not such an event, and for a record without an identifier.
std::vector<fixtures::CaseRecord> records_of_event(std::string_view event, fixtures::Source source);

/// Sets those fields of the batch that say what the event has around its records, as far as cases need them.
void read_around_records(std::string_view event, fixtures::BatchCase& batch);

}  // namespace batchproof::properties
