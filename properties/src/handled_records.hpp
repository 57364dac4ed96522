#pragma once

// Which record each call of the handler stands for.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/observation.hpp>
#include <cstddef>
#include <optional>
#include <vector>

namespace batchproof::properties {

struct HandledRecords {
  std::vector<std::optional<std::size_t>>
      record_of_call;  ///< nothing: an identifier that is not in the batch
  std::vector<std::size_t> calls_of_record;
  std::vector<bool> done;  ///< its last call returned normally
};

/// The n-th call with one identifier stands for the n-th record that bears it, and a surplus call for the
/// last one.
HandledRecords handled_records(const fixtures::BatchCase& batch_case, const Observation& observation);

/// How violations name a record: `record 2 ("m-2")`.
std::string name_record(const fixtures::BatchCase& batch_case, std::size_t index);

}  // namespace batchproof::properties
