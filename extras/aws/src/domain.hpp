#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace batchproof::inline v0_1::aws {

/// The domain of the partition that the region belongs to (AWS general reference, "AWS service endpoints";
/// for the isolated partitions, the table of partitions in AWS's SDKs).
inline std::string_view domain_of(std::string_view region) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> domains{{
      {"cn-", "amazonaws.com.cn"},
      {"eusc-", "amazonaws.eu"},
      {"us-iso-", "c2s.ic.gov"},
      {"us-isob-", "sc2s.sgov.gov"},
      {"eu-isoe-", "cloud.adc-e.uk"},
      {"us-isof-", "csp.hci.ic.gov"},
  }};
  for (const auto& [prefix, domain] : domains) {
    if (region.starts_with(prefix)) return domain;
  }
  return "amazonaws.com";
}

}  // namespace batchproof::inline v0_1::aws
