#pragma once

// The handler of `batchproof process`: fails the records that its options name.
//
//     const auto batch = processor.process(event, ChosenHandler(failures));

#include <batchproof/fixtures/record_types.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sample_order_handler.hpp"

namespace batchproof::tools {

/// Selects the records that fail.
struct FailureOptions {
  std::optional<std::string> payload_text{};  ///< those whose payload contains it
  std::vector<std::string> identifiers{};     ///< those with these item identifiers
  std::vector<std::size_t> numbers{};         ///< the first is 1
  bool sample_handler = false;                ///< also those that `SampleOrderHandler` refuses

  /// True when they select no record.
  bool empty() const noexcept;
};

/// A record handler that accepts every record but those that the options name.
class ChosenHandler {
 public:
  /// Borrows the options.
  explicit ChosenHandler(const FailureOptions& options) noexcept : options_(&options) {}

  template <fixtures::AnyRecord Record>
  void operator()(const Record& record) const;

 private:
  const FailureOptions* options_;
};

}  // namespace batchproof::tools
