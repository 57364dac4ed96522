// Rules about several event sources that read one queue or stream.

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "rules/all_rules.hpp"

namespace batchproof::lint {
namespace {

constexpr std::size_t most_readers = 2;

using Readers = std::map<std::string, std::vector<const EventSource*>>;

std::string names_of(const std::vector<const EventSource*>& sources) {
  std::string names;
  for (const EventSource* const source : sources) names += (names.empty() ? "" : ", ") + source->name;
  return names;
}

/// Adds an event source to the readers of its origin, if it can exist together with all of them.
void add_reader(const Everything& everything, const EventSource& source, Readers& readers) {
  std::vector<const EventSource*>& others = readers[source.origin];
  const bool is_together = std::all_of(others.begin(), others.end(), [&](const EventSource* other) {
    return everything.exist_together(*other, source);
  });
  if (is_together) others.push_back(&source);
}

/// Each of several readers of a queue gets some of its messages.
Violations filtered_by_several(const Everything& everything) {
  Readers readers;
  for (const EventSource& source : everything.sources)
    if (!source.has_shards() && !source.origin.empty() && !source.enabled.is(false) &&
        source.filters.is_known)
      add_reader(everything, source, readers);
  Violations violations;
  for (const auto& [origin, sources] : readers) {
    const auto same = [first = sources.front()](const EventSource* source) {
      return source->filters.text == first->filters.text;
    };
    if (std::all_of(sources.begin(), sources.end(), same)) continue;
    const auto filtered = std::find_if(sources.begin(), sources.end(), [](const EventSource* source) {
      return !source->filters.text.empty();
    });
    violations.push_back(
        {.place = (*filtered)->filters.place,
         .what = fmt::format("{} read the queue {} with different filters", names_of(sources),
                             (*filtered)->origin_name),
         .instead = "a queue for each function, which a topic of SNS fills by a filter policy; or one "
                    "event source without FilterCriteria"});
  }
  return violations;
}

/// A pipe is a reader too. The consumers of a Kinesis stream can have dedicated throughput.
Violations read_by_many(const Everything& everything) {
  Readers readers;
  for (const EventSource& source : everything.sources)
    if (source.kind == SourceKind::dynamodb && !source.origin.empty() && !source.enabled.is(false))
      add_reader(everything, source, readers);
  Violations violations;
  for (const auto& [origin, sources] : readers) {
    if (sources.size() <= most_readers) continue;
    violations.push_back(
        {.place = sources[most_readers]->place,
         .what = fmt::format("{} event sources read the stream of {}: {}", sources.size(),
                             sources[0]->origin_name, names_of(sources)),
         .instead = "one function that calls the others, or a Kinesis stream of the table's changes"});
  }
  return violations;
}

}  // namespace

constinit const Rule filters_on_one_queue{
    .id = "filters-on-one-queue",
    .severity = Severity::error,
    .sentence = "Event sources that read one queue have the same filters.",
    .why =
        "each message goes to one of them, whichever polls first, and is deleted when the filter of that one "
        "does not let it through, even if that of another would",
    .aws_page = "Control which events Lambda sends to your function",
    .violations_of_all = filtered_by_several,
};

constinit const Rule many_readers_of_one_stream{
    .id = "many-readers-of-one-stream",
    .severity = Severity::warning,
    .sentence = "At most two event sources read one DynamoDB stream.",
    .why = "reads are throttled: records wait, and those older than 24 hours are lost",
    .aws_page = "Reading and processing a stream",
    .violations_of_all = read_by_many,
};

}  // namespace batchproof::lint
