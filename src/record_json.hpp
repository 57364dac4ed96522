#pragma once

#include <cstddef>
#include <string_view>

namespace batchproof::detail {

/// The JSON of one record, as it stands in the payload of an event that was decoded before. It walks the
/// payload again, so use it only for the few records that need it.
std::string_view record_json(std::string_view payload, std::size_t record_index);

}  // namespace batchproof::detail
