#include <batchproof/fixtures/request_kind.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/laws.hpp>
#include <map>

#include "request_laws.hpp"

namespace batchproof::properties {
namespace {

bool is_of_a_queue(fixtures::Source source, const fixtures::ProcessorClaims& claims) {
  return meets_requests(source, claims) && !fixtures::has_shards(source);
}

std::vector<Violation> violations_of_retries(const Evidence& evidence) {
  std::vector<Violation> violations;
  std::map<std::string, std::size_t> changes;
  for (const RecordProbe::ActionCall& change : evidence.run.actions) {
    if (!change.is_dead_letter) changes[change.item_identifier] += 1;
  }
  std::map<std::string, std::size_t> asked;
  for_each_request(evidence, [&](std::size_t, std::size_t index, fixtures::RequestKind kind) {
    if (kind == fixtures::RequestKind::retry_after)
      asked[evidence.batch_case.records[index].item_identifier] += 1;
  });
  for (const auto& [identifier, count] : changes) {
    if (!asked.contains(identifier))
      violations.push_back("the visibility of \"" + identifier +
                           "\" was changed, and its handler did not ask for that");
  }
  for (const auto& [identifier, count] : asked) {
    if (const auto found = changes.find(identifier); found == changes.end() || found->second > count)
      violations.push_back("\"" + identifier + "\" asked for a retry, and its visibility was changed " +
                           (found == changes.end() ? "never" : std::to_string(found->second) + " times"));
  }
  for (const RecordProbe::ActionCall& change : evidence.run.actions) {
    if (change.is_dead_letter || !asked.contains(change.item_identifier)) continue;
    const auto delay = fixtures::requested_delay(change.item_identifier);
    if (change.delay != delay)
      violations.push_back("\"" + change.item_identifier + "\" comes back after " +
                           std::to_string(change.delay.count()) + " s, and asked for " +
                           std::to_string(delay.count()) + " s");
  }
  return violations;
}

}  // namespace

constinit const Law retry_later{
    .id = "retry-later",
    .sentence =
        "SQS: the messages whose handlers ask for a retry, and no others, become visible after their delay.",
    .aws_page = "Amazon SQS visibility timeout",
    .applies = is_of_a_queue,
    .judges = shows_actions,
    .violations = violations_of_retries,
};

}  // namespace batchproof::properties
