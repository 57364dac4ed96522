#pragma once

#include <batchproof/dynamodb_record.hpp>
#include <optional>

namespace batchproof::inline v0_1 {

/// A change of an item of a DynamoDB table. The kind of change and the stream's view type decide which images
/// it has: a REMOVE has no new image, an INSERT no old one, KEYS_ONLY neither. Both have one type, unless the
/// type of a table's items changed: `Change<OrderV1, OrderV2>`.
template <class Old, class New = Old>
struct Change {
  ChangeKind kind = ChangeKind::insert;
  std::optional<Old> old_image{};
  std::optional<New> new_image{};
};

}  // namespace batchproof::inline v0_1
