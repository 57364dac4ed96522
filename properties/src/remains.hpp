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
  bool from_elsewhere = false;  ///< a record is of another source, or the event is a tumbling window's
};

/// Nothing when the payload holds no object with a list of Records. As tolerant as a processor may be:
/// structure and UTF-8 must be right, while a number, a literal or an escape that nobody reads may be wrong.
/// Valid until the thread's next call.
const std::optional<Remains>& read_remains(std::string_view payload, fixtures::Source source);

/// A case of what can still be read; empty when that is nothing. Which records are rejected changes with the
/// number: none, all, every other, ...
fixtures::BatchCase remaining_case(std::string_view payload, fixtures::Source source, unsigned number);

}  // namespace batchproof::properties
