#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace batchproof::bench {

/// An event of Kinesis whose records are aggregates of so many user records of 100 bytes.
std::string aggregated_event(std::size_t aggregates, std::size_t user_records_of_each);

/// The state of a window: the orders of each customer.
using Totals = std::map<std::string, std::size_t>;
Totals totals_of_ten();

/// An event of Kinesis whose partition keys are ten customers, and the same with a tumbling window whose
/// state is `totals_of_ten`.
std::string counted_event(std::size_t records);
std::string window_event(std::size_t records);

}  // namespace batchproof::bench
