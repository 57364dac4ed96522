#pragma once

#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/report.hpp>
#include <span>
#include <string>
#include <string_view>
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

/// A name such as "processors, SqsFifoPartialProcessor"; either part may be empty.
std::string name_of(std::string_view subject, std::string_view mode);
inline std::string name_of(const NamedReport& named) { return name_of(named.subject, named.mode); }

/// "sqs, sqs_fifo".
std::string joined_names(std::span<const fixtures::Source> sources);

}  // namespace batchproof::properties
