#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace batchproof::tools {

struct SimulateCommand {
  std::string source = "sqs";  ///< one of `source_names()`, or fifo
  std::size_t messages = 1000;
  std::size_t groups = 10;
  std::size_t batch_size = 10;
  std::uint32_t max_receive_count = 5;
  int retries = -1;
  bool bisect = false;
  std::size_t poison = 0;
  double flaky_rate = 0;
  double crash_rate = 0;
  double timeout_rate = 0;
  double lost_response_rate = 0;
  double duplicate_rate = 0;
  double malformed_response_rate = 0;
  double resend_rate = 0;
  std::optional<std::uint64_t> seed{};
  bool skip_group_on_error = false;
  bool stop_on_first_failure = false;
  bool no_reporting = false;  ///< ReportBatchItemFailures is not enabled
  std::string subject{};      ///< the library's processor when empty
  bool compare = false;
  bool trace = false;
  bool json = false;
  std::uint64_t soak = 0;  ///< random worlds until so many deliveries, in place of this one; 0: this one
  std::string replay{};    ///< the file of a trace, whose world is run again in place of this one
  std::string html{};      ///< the file to write a page into; none when empty
};

/// Runs one world, and prints what became of its messages. Returns the exit status: 0 when every end-to-end
/// law held, 1 when not; with `compare` that of the first column. Throws `UsageError` for a subject that is
/// not there or is of another source and for a page that cannot be written, and `simulator::ImpossibleWorld`.
int simulate(const SimulateCommand& command);

}  // namespace batchproof::tools
