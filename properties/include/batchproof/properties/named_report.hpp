#pragma once

#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/report.hpp>
#include <string>
#include <vector>

namespace batchproof::properties {

/// A report with the name of its subject. One page holds several: each mode of a processor, each handler of a
/// function.
struct NamedReport {
  std::string subject;                      ///< "processors", or the name of a test
  std::string mode{};                       ///< such as "SqsFifoPartialProcessor"; may be empty
  std::vector<fixtures::Source> sources{};  ///< the sources that were verified
  Report report{};
};

}  // namespace batchproof::properties
