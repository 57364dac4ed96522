// Processors of Kafka that misread its partitions and offsets (partition, well-formed, nothing-lost).

#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <map>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

using nlohmann::json;

std::int64_t offset_of(const std::string& identifier) {
  return fixtures::parse_json(identifier).at("offset");
}
std::string list_of(const std::string& identifier) {
  return fixtures::parse_json(identifier).at("partition");
}

std::string report_first_of_each(const Messages& messages) {
  std::vector<std::string> reported;
  for (const std::string& failed : failed_identifiers(messages)) {
    const bool is_first = std::none_of(reported.begin(), reported.end(), [&](const std::string& other) {
      return list_of(other) == list_of(failed);
    });
    if (is_first) reported.push_back(failed);
  }
  return response_of(reported, kafka);
}

/// Reports as a consumer of Kinesis does.
std::string report_lowest_of_all(const Messages& messages) {
  const auto failed = failed_identifiers(messages);
  if (failed.empty()) return response_of({});
  return response_of({*std::min_element(failed.begin(), failed.end(),
                                        [](const std::string& left, const std::string& right) {
                                          return offset_of(left) < offset_of(right);
                                        })},
                     kafka);
}

std::string report_texts(const Messages& messages) {
  std::vector<std::string> texts;
  for (const std::string& failed : failed_identifiers(messages))
    texts.push_back(list_of(failed) + '-' + std::to_string(offset_of(failed)));
  return response_of(texts);
}

/// Reads the topic up to the first hyphen, and the partition after the last one.
std::string report_cut_topics(const Messages& messages) {
  json failures = json::array();
  for (const std::string& failed : failed_identifiers(messages)) {
    const std::string list = list_of(failed);
    const std::string cut = list.substr(0, list.find('-')) + list.substr(list.rfind('-'));
    failures.push_back({{"itemIdentifier", {{"partition", cut}, {"offset", offset_of(failed)}}}});
  }
  return fixtures::to_text(json{{"batchItemFailures", std::move(failures)}});
}

/// Takes the offset of a partition's first record for all of them, and adds their places in the list.
std::string report_counted_offsets(const Messages& messages) {
  json failures = json::array();
  std::map<std::string, std::int64_t> next_offsets;
  for (const Message& message : messages) {
    json identifier = fixtures::parse_json(message.identifier);
    const auto next =
        next_offsets.try_emplace(list_of(message.identifier), offset_of(message.identifier)).first;
    identifier["offset"] = next->second++;
    if (message.failed) failures.push_back({{"itemIdentifier", std::move(identifier)}});
  }
  return fixtures::to_text(json{{"batchItemFailures", std::move(failures)}});
}

std::string report_without_last_partition(const Messages& messages) {
  std::vector<std::string> reported;
  const auto is_kept = [&](const std::string& failed) {
    return messages.front().group == messages.back().group || list_of(failed) != *messages.back().group;
  };
  for (const std::string& failed : failed_identifiers(messages)) {
    if (is_kept(failed)) reported.push_back(failed);
  }
  return response_of(reported, kafka);
}

void handle_all_but_tombstones(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    if (message.is_tombstone) {
      message.failed = false;
    } else {
      handle(message, probe);
    }
  }
}

}  // namespace

std::vector<BrokenProcessor> faulty_partitions() {
  return {
      broken_report("joins_the_identifier_to_a_text",
                    "Partition and offset are joined to one text, in place of an object.", "well-formed",
                    kafka, report_texts),
      broken_report("cuts_topics_at_the_first_hyphen",
                    "A topic is read up to its first hyphen, and some topics have more.", "well-formed",
                    kafka, report_cut_topics),
      broken_report("one_checkpoint_for_all_partitions",
                    "The lowest failed offset of all partitions is reported, and no other.", "partition",
                    kafka, report_lowest_of_all),
      broken_report("first_failure_of_a_partition_alone",
                    "Of each partition the first failure is reported, and those after it are not.",
                    "partition", kafka, report_first_of_each),
      broken_report("counts_offsets_from_the_first",
                    "The offsets of a partition are counted from its first record, and some are left out.",
                    "well-formed", kafka, report_counted_offsets),
      broken_report("forgets_the_last_partition", "Failures of the last partition are not reported.",
                    "nothing-lost", kafka, report_without_last_partition),
      broken_handling("commits_tombstones_unread", "A record without a value is taken for done.",
                      "nothing-lost", kafka, handle_all_but_tombstones),
  };
}

}  // namespace batchproof::zoo::broken
