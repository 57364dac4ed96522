#pragma once

#include <batchproof/dynamodb_record.hpp>
#include <optional>

namespace batchproof {

/// A change of an item of a DynamoDB table. The images are there as far as the kind of change and the
/// stream's view type have them: a REMOVE has no new one, an INSERT no old one, KEYS_ONLY neither. Both are
/// of one type, unless a table's items changed theirs: `Change<OrderV1, OrderV2>`.
template <class Old, class New = Old>
struct Change {
  ChangeKind kind = ChangeKind::insert;
  std::optional<Old> old_image{};
  std::optional<New> new_image{};
};

}  // namespace batchproof
