#pragma once

#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/report.hpp>
#include <string>
#include <vector>

namespace batchproof::properties {

/// A report, and what it is about. Several make one page: each mode of a processor, each handler of a
/// function.
struct NamedReport {
  std::string subject;                      ///< "processors", or the name of a test
  std::string mode{};                       ///< such as "SqsFifoPartialProcessor"; may be empty
  std::vector<fixtures::Source> sources{};  ///< those that it is about
  Report report{};
};

}  // namespace batchproof::properties
