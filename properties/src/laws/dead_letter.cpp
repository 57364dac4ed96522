#include <algorithm>
#include <batchproof/fixtures/request_kind.hpp>
#include <batchproof/properties/laws.hpp>
#include <map>
#include <optional>

#include "request_laws.hpp"

namespace batchproof::properties {
namespace {

using fixtures::CaseRecord;
using fixtures::RequestKind;
using Send = RecordProbe::ActionCall;

std::string times(std::size_t count) { return count == 1 ? "once" : std::to_string(count) + " times"; }

/// The value that a handler must see; nothing when the record has none, or the case does not know it.
std::optional<std::string> value_of(const CaseRecord& record, std::string_view name) {
  for (const fixtures::SeenField field : record.fields) {
    if (field.name == name) return std::string(field.value);
  }
  return std::nullopt;
}

/// The number of its message attributes.
std::size_t attributes_of(const CaseRecord& record) {
  return static_cast<std::size_t>(
      std::count_if(record.fields.begin(), record.fields.end(), [](const fixtures::SeenField& field) {
        return field.name.starts_with("messageAttributes.") && field.name.ends_with(".dataType");
      }));
}

/// True when a record that depends on the one of this call was handled before the message was sent.
bool is_overtaken(const Evidence& evidence, std::size_t call, const Send& send) {
  const auto& records = evidence.handled().record_of_call;
  for (std::size_t later = call + 1; later < std::min(send.after_calls, records.size()); ++later) {
    if (records[later] && depends_on(evidence.batch_case, evidence.claims, *records[later], *records[call]))
      return true;
  }
  return false;
}

/// Adds the violations in a dead letter of the record that requested it in this call.
void judge(const Evidence& evidence, std::size_t call, std::size_t index, const Send& send,
           std::vector<Violation>& violations) {
  const CaseRecord& record = evidence.batch_case.records[index];
  const std::string reason = fixtures::request_reason(record.item_identifier);
  if (send.reason != reason) {
    violations.push_back(evidence.name_record(index) + " was sent with the reason \"" + send.reason +
                         "\", and its handler gave \"" + reason + '"');
  }
  if (const auto body = value_of(record, "body"); body && send.body != *body)
    violations.push_back(evidence.name_record(index) + " was sent with another body");
  const bool is_of_queue = !fixtures::has_shards(evidence.batch_case.source);
  if (evidence.run.is_of_this_library && is_of_queue && !record.fields.empty()) {
    if (send.message_group_id != value_of(record, "message_group_id"))
      violations.push_back(evidence.name_record(index) + " was sent with another message group");
    if (send.attributes != attributes_of(record))
      violations.push_back(evidence.name_record(index) + " was sent with other message attributes");
  }
  if (is_overtaken(evidence, call, send)) {
    violations.push_back(evidence.name_record(index) +
                         " was sent after a later record that depends on it had been handled");
  }
}

/// A call whose handler asked for the dead-letter queue.
struct Request {
  std::size_t call;
  std::size_t index;  ///< of its record
  bool is_met = false;
};

/// The requests of each identifier, in the order of the calls.
using Requests = std::map<std::string_view, std::vector<Request>>;

/// The request that the message meets: of twins the one with its body. Null when there is none left.
Request* met_by(const Send& send, const Evidence& evidence, Requests& requests) {
  const auto of_identifier = requests.find(send.item_identifier);
  if (of_identifier == requests.end()) return nullptr;
  Request* found = nullptr;
  for (Request& request : of_identifier->second) {
    if (request.is_met) continue;
    if (value_of(evidence.batch_case.records[request.index], "body") == send.body) return &request;
    if (found == nullptr) found = &request;
  }
  return found;
}

std::vector<Violation> violations_of_letters(const Evidence& evidence) {
  std::vector<Violation> violations;
  Requests requests;
  std::map<std::string_view, std::size_t> sent;
  for_each_handled(evidence, [&](std::size_t call, std::size_t index, RequestKind kind) {
    if (kind != RequestKind::dead_letter && kind != RequestKind::refused_dead_letter) return;
    requests[evidence.batch_case.records[index].item_identifier].push_back({call, index});
  });
  for (const Send& send : evidence.run.actions) {
    if (!send.is_dead_letter) continue;
    sent[send.item_identifier] += 1;
    if (Request* const request = met_by(send, evidence, requests)) {
      request->is_met = true;
      judge(evidence, request->call, request->index, send, violations);
    }
  }
  for (const auto& [identifier, asked] : requests) {
    if (sent[identifier] == asked.size()) continue;
    violations.push_back("the handler of \"" + std::string(identifier) +
                         "\" asked for the dead-letter queue " + times(asked.size()) + ", and it was sent " +
                         times(sent[identifier]));
  }
  for (const auto& [identifier, count] : sent) {
    if (requests.contains(identifier)) continue;
    violations.push_back('"' + std::string(identifier) +
                         "\" was sent to the dead-letter queue, and its handler did not ask for that");
  }
  return violations;
}

}  // namespace

constinit const Law dead_letter{
    .id = "dead-letter",
    .sentence =
        "A record whose handler asks for it is sent to the dead-letter queue once, as it is and with its "
        "reason, before a record that depends on it is handled.",
    .aws_page = "Using dead-letter queues in Amazon SQS",
    .applies = meets_requests,
    .judges = shows_actions,
    .violations = violations_of_letters,
};

}  // namespace batchproof::properties
