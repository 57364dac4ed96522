#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source.hpp>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// Where a record of this source bears what its failure is reported by: the name of a field, and that of one
/// within it, or an empty one.
struct PlaceOfIdentifier {
  std::string_view outer;
  std::string_view inner;
};
PlaceOfIdentifier place_of_identifier(fixtures::Source source) noexcept;

/// The records of an event that was kept as text, accepted and without fields. Each keeps its own bytes.
/// Throws `std::runtime_error` for what is no such event, and for a record without an identifier.
std::vector<fixtures::CaseRecord> records_of_event(std::string_view event, fixtures::Source source);

}  // namespace batchproof::properties
