#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/properties/observation.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// How the service reads the answer to one batch. Its members may be called from any thread.
class ServiceView : public fixtures::ServiceAnswer {
 public:
  /// `lists` and `reports` see `reported` as it is here; do not change it later.
  explicit ServiceView(fixtures::ServiceAnswer answer);

  /// True when the identifier is listed.
  bool lists(std::string_view item_identifier) const;

  /// True when the identifier is listed, or the whole batch failed.
  bool reports(std::string_view item_identifier) const;

  /// The lowest listed sequence number, as a number of any length; nothing when none is listed.
  std::optional<std::string> checkpoint() const;

 private:
  std::vector<std::size_t> in_order_;  // places in `reported`, in the order of the texts there
};

/// Reads the observed answer as the service would, for this batch.
ServiceView read_as_service(const Observation& observation, const fixtures::BatchCase& batch_case);

using fixtures::lower_sequence_number;

}  // namespace batchproof::properties
