#pragma once

// The processors that are compared, each in every mode that both libraries have. `stop_on_first_failure` and
// `allow_fifo` are not among them: Powertools knows neither.

#include <batchproof/fixtures/source.hpp>
#include <string>
#include <vector>

namespace batchproof::conformance {

struct Mode {
  fixtures::Source source = fixtures::Source::sqs;
  bool skip_group_on_error = false;
  bool throws_on_full_batch_failure = true;
};

const std::vector<Mode>& modes();

bool is_queue(fixtures::Source source) noexcept;

/// The `eventSource` of a record, such as "aws:sqs".
std::string event_source(fixtures::Source source);

/// The place of the identifier in a record, as a JSON pointer such as "/messageId".
std::string identifier_pointer(fixtures::Source source);

}  // namespace batchproof::conformance
