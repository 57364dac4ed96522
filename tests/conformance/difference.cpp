#include "difference.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace batchproof::conformance {
namespace {

using fixtures::Source;
using nlohmann::json;
using Kind = Answer::Kind;

/// The value that our error points at; null if there is none.
const json* value_at_place(const Difference& difference) {
  const json::json_pointer place(difference.ours.place);
  const json& event = difference.payload.event;
  return event.contains(place) ? &event.at(place) : nullptr;
}

/// Ours refused the event before any handler ran.
bool refused(const Difference& difference) {
  return difference.ours.kind == Kind::refused && difference.ours.handled.empty();
}

/// Because of this field of a record.
bool refused_at(const Difference& difference, std::string_view field) {
  return refused(difference) && difference.ours.place.starts_with("/Records/") &&
         difference.ours.place.ends_with(field);
}

bool refused_at_identifier(const Difference& difference) {
  return refused_at(difference, identifier_pointer(difference.scenario.mode.source));
}

bool is_usable_text(const json* value) {
  return value != nullptr && value->is_string() && !value->get_ref<const std::string&>().empty();
}

/// The entries of a response; nothing where there is none, or none that JSON can hold.
json reported(const Answer& answer) {
  if (answer.kind != Kind::response) return json::array();
  const json response = json::parse(answer.text, nullptr, false);
  return response.is_discarded() ? json::array() : response.at("batchItemFailures");
}

std::size_t failures_of(const Answer& answer, const Scenario& scenario) {
  const auto rejected = [&](std::size_t position) {
    return std::binary_search(scenario.rejected.begin(), scenario.rejected.end(), position);
  };
  return static_cast<std::size_t>(std::count_if(answer.handled.begin(), answer.handled.end(), rejected));
}

bool refuses_another_source(const Difference& difference) {
  const json* const source = value_at_place(difference);
  return refused_at(difference, "/eventSource") &&
         (source == nullptr || *source != event_source(difference.scenario.mode.source));
}

bool refuses_fifo_queue(const Difference& difference) {
  if (difference.scenario.mode.source != Source::sqs || !refused_at(difference, "/eventSourceARN"))
    return false;
  const json* const arn = value_at_place(difference);
  return is_usable_text(arn) && arn->get_ref<const std::string&>().ends_with(".fifo");
}

bool refuses_window(const Difference& difference) {
  return refused(difference) && difference.ours.place == "/window" && value_at_place(difference) != nullptr;
}

bool peer_loses_failure(const Difference& difference) {
  return refused_at_identifier(difference) && difference.peers.kind == Kind::response &&
         json::accept(difference.peers.text) &&
         reported(difference.peers).size() < failures_of(difference.peers, difference.scenario);
}

bool peer_answers_unusably(const Difference& difference) {
  if (!refused_at_identifier(difference) || difference.peers.kind != Kind::response) return false;
  if (!json::accept(difference.peers.text)) return true;  // half a character
  const json entries = reported(difference.peers);
  return std::any_of(entries.begin(), entries.end(), [](const json& entry) {
    return !entry.contains("itemIdentifier") || !is_usable_text(&entry["itemIdentifier"]);
  });
}

/// Nothing that lacked an identifier failed in the peer's hands, or everything did.
bool refuses_unreportable(const Difference& difference) {
  return refused_at_identifier(difference) && difference.peers.kind != Kind::refused &&
         (difference.payload.holds_half_a_character || !is_usable_text(value_at_place(difference)));
}

bool refuses_what_is_no_record(const Difference& difference) {
  const std::string& place = difference.ours.place;
  if (!refused(difference) || !place.starts_with("/Records/") ||
      place.find('/', std::string_view("/Records/").size()) != std::string::npos)
    return false;
  const json* const record = value_at_place(difference);
  return record != nullptr && !record->is_object();
}

bool refuses_before_handling(const Difference& difference) {
  return refused(difference) && difference.peers.kind == Kind::refused && !difference.peers.handled.empty();
}

bool reports_once(const Difference& difference) {
  if (difference.ours.kind != Kind::response || difference.peers.kind != Kind::response ||
      difference.ours.handled != difference.peers.handled)
    return false;
  json once = json::array();
  for (const json& entry : reported(difference.peers)) {
    if (std::find(once.begin(), once.end(), entry) == once.end()) once.push_back(entry);
  }
  return once.size() < reported(difference.peers).size() && once == reported(difference.ours);
}

bool has_usable_group(const json& record) {
  const json::json_pointer group("/attributes/MessageGroupId");
  return record.contains(group) && is_usable_text(&record.at(group));
}

bool contains(const std::vector<std::size_t>& positions, std::size_t position) {
  return std::find(positions.begin(), positions.end(), position) != positions.end();
}

bool reports(const Answer& answer, const json& record) {
  if (answer.kind == Kind::all_failed) return true;
  const json entries = reported(answer);
  return std::any_of(entries.begin(), entries.end(),
                     [&](const json& entry) { return entry.at("itemIdentifier") == record.at("messageId"); });
}

/// Ours left the record alone and reports it, since one before it was not done and either bears no group.
bool held_back_for_want_of_group(const Difference& difference, const json& records, std::size_t position) {
  const auto& handled = difference.ours.handled;
  if (!reports(difference.ours, records.at(position))) return false;
  for (std::size_t earlier = 0; earlier < position; ++earlier) {
    const bool done = contains(handled, earlier) && !contains(difference.scenario.rejected, earlier);
    if (!done && (!has_usable_group(records.at(earlier)) || !has_usable_group(records.at(position))))
      return true;
  }
  return false;
}

bool stops_without_group(const Difference& difference) {
  const auto& ours = difference.ours.handled;
  const auto& peers = difference.peers.handled;
  if (!difference.scenario.mode.skip_group_on_error || difference.ours.kind == Kind::refused ||
      difference.peers.kind == Kind::refused || !difference.payload.is_json() ||
      ours.size() >= peers.size() || !std::includes(peers.begin(), peers.end(), ours.begin(), ours.end()))
    return false;
  const json& records = difference.payload.event.at("Records");
  return std::all_of(peers.begin(), peers.end(), [&](std::size_t position) {
    return contains(ours, position) || held_back_for_want_of_group(difference, records, position);
  });
}

bool refuses_what_is_no_utf8(const Difference& difference) {
  return refused(difference) && !difference.payload.is_utf8;
}

bool refuses_field_twice(const Difference& difference) {
  return refused(difference) && difference.payload.repeats_a_name &&
         difference.ours.text.ends_with("comes twice");
}

bool refuses_endless_nesting(const Difference& difference) {
  constexpr std::size_t deepest = 512;
  return refused(difference) && difference.payload.depth > deepest &&
         difference.ours.text.ends_with("levels deep");
}

/// The text around a byte, from this name to the end of its value; empty where the byte stands elsewhere.
std::string_view field_around(std::string_view payload, std::size_t byte, const std::string& name) {
  const std::string quoted = '"' + name + '"';
  const std::size_t key = payload.rfind(quoted, byte);
  if (key == std::string_view::npos) return {};
  const std::size_t begin = payload.find('"', key + quoted.size());
  const std::size_t end = payload.find('"', std::min(begin, payload.size() - 1) + 1);
  return byte <= end ? payload.substr(key, end - key) : std::string_view();
}

/// The fields that the processor itself reads are intact. The standard processor reads the ARN to know a FIFO
/// queue.
bool breaks_an_unread_field(const Difference& difference) {
  const Source source = difference.scenario.mode.source;
  const std::string pointer = identifier_pointer(source);
  const auto field = [&](const std::string& name) {
    return field_around(difference.scenario.payload, difference.payload.broken_at - 1, name);
  };
  return field(pointer.substr(pointer.rfind('/') + 1)).empty() && field("eventSource").empty() &&
         (source != Source::sqs || !field("eventSourceARN").ends_with(".fifo"));
}

bool fails_no_batch_for_unread_field(const Difference& difference) {
  return difference.ours.kind != Kind::refused && difference.peers.kind == Kind::refused &&
         difference.peers.text.starts_with("SyntaxError") && difference.payload.is_utf8 &&
         !difference.payload.is_json() && breaks_an_unread_field(difference);
}

bool answers_an_empty_pipe_batch(const Difference& difference) {
  return difference.ours.kind == Answer::Kind::response && difference.peers.kind == Answer::Kind::refused &&
         difference.payload.event == nlohmann::json::array();
}

}  // namespace

const std::vector<DifferenceClass>& difference_classes() {
  static const std::vector<DifferenceClass> all{
      {"handles_no_record_of_another_source",
       "The peer hands the handler records that it was not written for, and its DynamoDB processor drops "
       "each failure that has no sequence number; ours refuses the event.",
       refuses_another_source},
      {"handles_no_fifo_queue_out_of_order",
       "The peer's standard processor goes on after a failure, so that a later message of a FIFO queue is "
       "done before an earlier one; ours refuses the event and names the processor that keeps the order.",
       refuses_fifo_queue},
      {"handles_no_tumbling_window",
       "The peer answers without the state of the window, which the next invocation then lacks; ours refuses "
       "the event.",
       refuses_window},
      {"loses_no_failure_without_identifier",
       "The peer leaves a failed record without a sequence number out of its response, so the service takes "
       "it for done; ours refuses the event before any handler runs.",
       peer_loses_failure},
      {"answers_with_no_unusable_identifier",
       "The peer reports an identifier that is missing, empty or no text, for which the service takes the "
       "whole batch for failed although handlers have run; ours refuses the event before any runs.",
       peer_answers_unusably},
      {"handles_nothing_unreportable",
       "A record has no usable identifier, and this time the peer's answer did not depend on it; ours cannot "
       "know that before the handlers have run, and refuses the event so that nothing is half done.",
       refuses_unreportable},
      {"handles_nothing_that_is_no_record",
       "The peer hands null, a list or a number to the handler as if it were a record; ours refuses the "
       "event.",
       refuses_what_is_no_record},
      {"refuses_before_any_handler_runs",
       "Both fail the invocation, but the peer after its handlers have run, all of which will run again; "
       "ours before.",
       refuses_before_handling},
      {"reports_an_identifier_once",
       "The peer reports an identifier once for each failed record that bears it; no page of AWS says what "
       "the service makes of a repetition, so ours names each once.",
       reports_once},
      {"stops_at_a_failure_without_group",
       "With skip_group_on_error the peer takes a message without a usable group id for a group of its own; "
       "ours cannot tell which messages it must not overtake, so it overtakes none.",
       stops_without_group},
      {"refuses_what_is_no_utf8",
       "Node reads bytes that are not UTF-8 as U+FFFD, so that the peer handles and reports other text than "
       "was sent; ours refuses the event.",
       refuses_what_is_no_utf8},
      {"refuses_a_field_that_comes_twice",
       "Readers disagree on which of two fields of one name counts, and the peer takes the last, so that a "
       "second Records, an empty one, answers for the whole batch; ours refuses the event.",
       refuses_field_twice},
      {"refuses_endless_nesting",
       "The peer accepts any depth, and a handler that walks such a value by recursion may overflow its "
       "stack; ours refuses more than 512 levels, far beyond any event of AWS.",
       refuses_endless_nesting},
      {"fails_no_batch_for_an_unread_field",
       "The peer fails the whole batch, at each delivery, for one broken value that its handler may never "
       "look at; ours fails the record whose handler reads the value, and no other.",
       fails_no_batch_for_unread_field},
      {"answers_an_empty_pipe_batch",
       "The peer knows no events of EventBridge Pipes, which are lists; ours answers an empty one, in which "
       "nothing can fail.",
       answers_an_empty_pipe_batch}};
  return all;
}

const DifferenceClass* explain(const Difference& difference) {
  const auto& classes = difference_classes();
  const auto found = std::find_if(classes.begin(), classes.end(), [&](const DifferenceClass& candidate) {
    return candidate.explains(difference);
  });
  return found == classes.end() ? nullptr : &*found;
}

}  // namespace batchproof::conformance
