#pragma once

#include <string_view>

namespace batchproof::inline v0_1::aws {

/// The domain of the partition that the region belongs to (AWS general reference, "AWS service endpoints").
inline std::string_view domain_of(std::string_view region) {
  return region.starts_with("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}

}  // namespace batchproof::inline v0_1::aws
