#pragma once

// What can still be read of a payload that may be damaged.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source.hpp>
#include <cstddef>
#include <optional>
#include <string_view>

namespace batchproof::properties {

/// A batch of records that bear identifiers, and some that bear none.
struct Remains {
  fixtures::BatchCase identified;  ///< identifiers alone
  std::size_t unidentified = 0;
};

enum class Reading {
  no_json,
  no_batch,   ///< JSON, but no object with a list of Records
  too_large,  ///< JSON that this reader cannot hold, such as 1e999
  batch
};

/// Fills `remains` where the payload holds a batch.
Reading read_remains(std::string_view payload, fixtures::Source source, Remains& remains);

}  // namespace batchproof::properties
