// Processors that read more of a message than they need, and fail on it.

#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <stdexcept>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

using nlohmann::json;

bool has_json_body(const Message& message) { return fixtures::is_json(message.text); }

void read_body(const Message& message) {
  if (!has_json_body(message)) throw std::runtime_error("a body that is not JSON");
}

void read_bodies_first(Messages& messages, RecordProbe& probe) {
  std::for_each(messages.begin(), messages.end(), read_body);
  handle_all(messages, probe, never_stopped);
}

/// Reads a stopped message too, to log it as not done.
void read_stopped_bodies(Messages& messages, RecordProbe& probe) {
  for (std::size_t index = 0; index < messages.size(); ++index) {
    if (stopped_by_any(messages, index)) {
      read_body(messages[index]);
    } else {
      handle(messages[index], probe);
    }
  }
}

/// Messages that cannot be read fail before the others are handled, and so stop none of them.
bool stopped_by_readable_messages(const Messages& messages, std::size_t index) {
  if (!has_json_body(messages[index])) return true;
  Messages readable;
  std::copy_if(messages.begin(), messages.begin() + static_cast<std::ptrdiff_t>(index) + 1,
               std::back_inserter(readable), has_json_body);
  return stopped_by_group(readable, readable.size() - 1);
}

std::string look_into_attributes(std::string_view payload, RecordProbe& probe) {
  for (const json& record : records_in(payload, sqs)) {
    if (record.at("attributes").is_null()) throw std::runtime_error("attributes are null");
  }
  return respond(read_messages(payload, sqs), probe);
}

}  // namespace

std::vector<BrokenProcessor> faulty_bodies() {
  constexpr ProcessorClaims skips{.skip_group_on_error = true};
  return {
      broken_handling("reads_bodies_first", "One body that is not JSON fails the whole batch.",
                      "nothing-extra", sqs, read_bodies_first),
      broken_processor("needs_attributes", "Attributes that are null fail the whole batch.", "nothing-extra",
                       sqs, look_into_attributes),
      broken_handling("reads_stopped_bodies",
                      "After a failure, a body that is not JSON fails the whole batch.", "contained",
                      sqs_fifo, read_stopped_bodies),
      broken_order("sets_invalid_messages_aside",
                   "Messages whose body is not JSON fail beforehand and stop nothing.", "skip-the-group",
                   sqs_fifo, stopped_by_readable_messages, skips),
  };
}

}  // namespace batchproof::zoo::broken
