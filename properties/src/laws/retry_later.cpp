#include <algorithm>
#include <batchproof/fixtures/request_kind.hpp>
#include <batchproof/properties/laws.hpp>
#include <map>
#include <string>
#include <vector>

#include "request_laws.hpp"

namespace batchproof::properties {
namespace {

bool is_of_a_queue(fixtures::Source source, const fixtures::ProcessorClaims& claims) {
  return meets_requests(source, claims) && !fixtures::has_shards(source);
}

using fixtures::DelayRange;

/// The delays that a message may have that failed without a request.
DelayRange backoff_of(const fixtures::CaseRecord& record) {
  if (record.fields.empty())
    return {fixtures::backoff_range(1).shortest, fixtures::backoff_range(1000).longest};
  std::uint64_t receive_count = 1;
  for (const fixtures::SeenField field : record.fields) {
    if (field.name == "attributes.ApproximateReceiveCount")
      receive_count = std::stoull(std::string(field.value));
  }
  return fixtures::backoff_range(receive_count);
}

/// The delays that each identifier's messages must get, one for each.
std::map<std::string, std::vector<DelayRange>> expected_delays(const Evidence& evidence) {
  std::map<std::string, std::vector<DelayRange>> delays;
  for_each_handled(evidence, [&](std::size_t, std::size_t index, fixtures::RequestKind kind) {
    const fixtures::CaseRecord& record = evidence.batch_case.records[index];
    if (kind == fixtures::RequestKind::retry_after) {
      const auto delay = fixtures::requested_delay(record.item_identifier);
      delays[record.item_identifier].push_back({delay, delay});
    } else if (kind == fixtures::RequestKind::none && record.rejected && evidence.run.backs_off) {
      delays[record.item_identifier].push_back(backoff_of(record));
    }
  });
  return delays;
}

bool is_within(std::chrono::seconds delay, const std::vector<DelayRange>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [=](const DelayRange& range) {
    return range.shortest <= delay && delay <= range.longest;
  });
}

std::string seconds_of(const DelayRange& range) {
  const std::string longest = std::to_string(range.longest.count()) + " s";
  return range.shortest == range.longest ? longest
                                         : std::to_string(range.shortest.count()) + " to " + longest;
}

std::vector<Violation> violations_of_retries(const Evidence& evidence) {
  std::vector<Violation> violations;
  std::map<std::string, std::size_t> changes;
  for (const RecordProbe::ActionCall& change : evidence.run.actions) {
    if (!change.is_dead_letter) changes[change.item_identifier] += 1;
  }
  const auto asked = expected_delays(evidence);
  for (const auto& [identifier, count] : changes) {
    if (!asked.contains(identifier))
      violations.push_back("the visibility of \"" + identifier +
                           "\" was changed, and its handler did not ask for that");
  }
  for (const auto& [identifier, ranges] : asked) {
    if (const auto found = changes.find(identifier); found == changes.end() || found->second > ranges.size())
      violations.push_back(
          "\"" + identifier + "\" asked for a retry, and its visibility was " +
          (found == changes.end() ? "never changed" : "changed " + std::to_string(found->second) + " times"));
  }
  for (const RecordProbe::ActionCall& change : evidence.run.actions) {
    const auto found = asked.find(change.item_identifier);
    if (change.is_dead_letter || found == asked.end() || is_within(change.delay, found->second)) continue;
    violations.push_back("\"" + change.item_identifier + "\" comes back after " +
                         std::to_string(change.delay.count()) + " s, and asked for " +
                         seconds_of(found->second.front()));
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
