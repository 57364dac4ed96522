// Processors of streams that answer EventBridge Pipes as they answer Lambda (well-formed, partition).

#include <algorithm>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

/// Reports the sequence numbers that Lambda expects: the event id is the shard's name, a colon and that
/// number.
std::string report_sequence_numbers(const Messages& messages) {
  std::vector<std::string> numbers;
  for (const std::string& failed : failed_identifiers(messages))
    numbers.push_back(failed.substr(failed.find(':') + 1));
  return response_of(numbers);
}

/// Reports only the first failure, from which Lambda would read the shard again.
std::string report_first_failure(const Messages& messages) {
  std::vector<std::string> failed = failed_identifiers(messages);
  failed.resize(std::min<std::size_t>(failed.size(), 1));
  return response_of(failed);
}

}  // namespace

std::vector<BrokenProcessor> faulty_pipes() {
  return {
      broken_report(
          "reports_sequence_numbers_to_a_pipe",
          "A failure of a stream is reported by its sequence number, and a pipe knows event ids alone.",
          "well-formed", kinesis_pipe, report_sequence_numbers),
      broken_report("reports_a_checkpoint_to_a_pipe",
                    "The first failure is reported alone, and a pipe delivers nothing else again.",
                    "partition", dynamodb_pipe, report_first_failure),
  };
}

}  // namespace batchproof::zoo::broken
