#include <algorithm>
#include <batchproof/fixtures/request_kind.hpp>
#include <batchproof/properties/laws.hpp>
#include <deque>
#include <map>
#include <utility>

namespace batchproof::properties {
namespace {

using fixtures::RequestKind;
using HookCall = RecordProbe::HookCall;

bool makes_requests(const Evidence& evidence) {
  return evidence.claims.meets_requests && evidence.run.hooks.has_value();
}

/// The kind of request that the record's handler made; `none` when it was not called.
RequestKind request_of(const Evidence& evidence, std::size_t index) {
  const bool is_handled = evidence.handled().calls_of_record[index] > 0;
  return is_handled && makes_requests(evidence) ? fixtures::request_kind(evidence.batch_case.records[index])
                                                : RequestKind::none;
}

/// The hook that must be called for the record.
HookCall::Hook hook_of(const Evidence& evidence, std::size_t index) {
  if (evidence.expected()[index] != ExpectedOutcome::succeeds) return HookCall::Hook::failure;
  const RequestKind kind = request_of(evidence, index);
  return kind == RequestKind::drop || kind == RequestKind::dead_letter ? HookCall::Hook::settled
                                                                       : HookCall::Hook::success;
}

/// How the cause that the hook gets begins; "" for any.
std::string begin_of_cause(const Evidence& evidence, std::size_t index) {
  const std::string& identifier = evidence.batch_case.records[index].item_identifier;
  switch (request_of(evidence, index)) {
    case RequestKind::drop:
    case RequestKind::dead_letter:
      return fixtures::request_reason(identifier);
    case RequestKind::refused_dead_letter:
      return fixtures::request_reason(identifier) + "; not sent to the dead-letter queue: ";
    case RequestKind::retry_after:
      return "retry after " + std::to_string(fixtures::requested_delay(identifier).count()) + " s";
    case RequestKind::none:
      break;
  }
  return "";
}

const char* hook_name(HookCall::Hook hook) {
  return hook == HookCall::Hook::success   ? "success"
         : hook == HookCall::Hook::failure ? "failure"
                                           : "settled";
}

/// A hook is called once for each record, whatever it throws. Twins share their calls.
std::vector<Violation> judge_hooks(const Evidence& evidence) {
  std::map<std::pair<HookCall::Hook, std::string_view>, std::deque<const HookCall*>> calls;
  for (const HookCall& call : *evidence.run.hooks) calls[{call.hook, call.item_identifier}].push_back(&call);
  std::vector<Violation> violations;
  for (std::size_t index = 0; index < evidence.batch_case.records.size(); ++index) {
    const HookCall::Hook hook = hook_of(evidence, index);
    auto& left = calls[{hook, evidence.batch_case.records[index].item_identifier}];
    if (left.empty()) {
      violations.push_back("the hook for " + std::string(hook_name(hook)) + " is not called for " +
                           evidence.name_record(index));
      continue;
    }
    const HookCall& call = *left.front();
    left.pop_front();
    const bool has_cause = hook == HookCall::Hook::success || !call.cause.empty();
    if (!has_cause || !call.cause.starts_with(begin_of_cause(evidence, index)))
      violations.push_back("the hook gets another cause of " + evidence.name_record(index) + ": \"" +
                           call.cause + "\"");
  }
  for (const auto& [which, left] : calls) {
    if (!left.empty()) {
      violations.push_back("the hook for " + std::string(hook_name(which.first)) + " is called for \"" +
                           std::string(which.second) + "\" once more");
    }
  }
  return violations;
}

bool contained_judges(const Evidence& evidence) {
  return std::any_of(evidence.run.calls.begin(), evidence.run.calls.end(),
                     [](const RecordProbe::Call& call) { return call.threw; });
}

std::vector<Violation> contained_violations(const Evidence& evidence) {
  const std::vector<ExpectedOutcome>& outcomes = evidence.expected();
  std::vector<Violation> violations;
  if (!evidence.answers_or_may_throw())
    violations.push_back(
        std::string(evidence.batch_case.has_unknown_verdicts() ? "a near miss" : "a rejected record") +
        " failed the whole batch: " + evidence.run.error);
  const HandledRecords& handled = evidence.handled();
  for (std::size_t index = 0; index < evidence.batch_case.records.size(); ++index) {
    if (outcomes[index] == ExpectedOutcome::stopped || handled.calls_of_record[index] > 0) continue;
    violations.push_back(evidence.name_record(index) +
                         " is not handled once another threw, and does not depend on it");
  }
  if (evidence.run.hooks && violations.empty()) return judge_hooks(evidence);
  return violations;
}

}  // namespace

constinit const Law contained{
    .id = "contained",
    .sentence = "Anything that a handler throws, an int too, fails its own record alone.",
    .aws_page = "Implementing partial batch responses",
    .judges = contained_judges,
    .violations = contained_violations,
};

}  // namespace batchproof::properties
