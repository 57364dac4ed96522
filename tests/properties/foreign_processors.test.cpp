// Correct processors as others write them: none of them may be called wrong.

#include <gtest/gtest.h>

#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/properties/verify.hpp>
#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::properties {
namespace {

using fixtures::Source;
using nlohmann::json;
using nlohmann::ordered_json;

using Identifiers = std::vector<std::string>;

std::string id_of_message(const json& record) { return record.at("messageId").get<std::string>(); }
std::string number_of_kinesis(const json& record) {
  return record.at("kinesis").at("sequenceNumber").get<std::string>();
}
std::string number_of_change(const json& record) {
  return record.at("dynamodb").at("SequenceNumber").get<std::string>();
}

using Identify = std::string (*)(const json& record);

/// The identifiers of the records that failed. Every record is handled.
Identifiers failures_of(std::string_view payload, RecordProbe& probe, Identify identify = id_of_message) {
  Identifiers failed;
  const json event = json::parse(payload);
  for (const json& record : event.at("Records")) {
    const std::string identifier = identify(record);
    try {
      probe(identifier);
    } catch (...) {
      failed.push_back(identifier);
    }
  }
  return failed;
}

ordered_json entries_of(const Identifiers& failed) {
  auto entries = ordered_json::array();
  for (const std::string& identifier : failed) entries.push_back({{"itemIdentifier", identifier}});
  return entries;
}

ordered_json answer_of(const Identifiers& failed) { return {{"batchItemFailures", entries_of(failed)}}; }

std::string with_spaces(std::string_view payload, RecordProbe& probe) {
  std::string text = R"({"batchItemFailures": [)";
  for (const std::string& identifier : failures_of(payload, probe))
    text += (text.back() == '}' ? ", " : "") + (R"({"itemIdentifier": ")" + identifier + "\"}");
  return text + "]}";
}

std::string indented(std::string_view payload, RecordProbe& probe) {
  return answer_of(failures_of(payload, probe)).dump(2);
}

std::string with_line_break(std::string_view payload, RecordProbe& probe) {
  return answer_of(failures_of(payload, probe)).dump() + "\n";
}

std::string with_other_keys(std::string_view payload, RecordProbe& probe) {
  ordered_json answer{{"statusCode", 200}, {"batchItemFailures", entries_of(failures_of(payload, probe))}};
  answer["handledBy"] = "orders";
  return answer.dump();
}

std::string with_reasons_first(std::string_view payload, RecordProbe& probe) {
  auto entries = ordered_json::array();
  for (const std::string& identifier : failures_of(payload, probe))
    entries.push_back({{"reason", "rejected"}, {"itemIdentifier", identifier}});
  return ordered_json{{"batchItemFailures", entries}}.dump();
}

std::string with_each_failure_twice(std::string_view payload, RecordProbe& probe) {
  Identifiers failed = failures_of(payload, probe);
  const Identifiers once = failed;
  failed.insert(failed.end(), once.rbegin(), once.rend());
  return answer_of(failed).dump();
}

std::string with_null(std::string_view payload, RecordProbe& probe) {
  const Identifiers failed = failures_of(payload, probe);
  return failed.empty() ? "null" : answer_of(failed).dump();
}

std::string with_empty_object(std::string_view payload, RecordProbe& probe) {
  const Identifiers failed = failures_of(payload, probe);
  return failed.empty() ? "{}" : answer_of(failed).dump();
}

std::string with_null_list(std::string_view payload, RecordProbe& probe) {
  const Identifiers failed = failures_of(payload, probe);
  return failed.empty() ? R"({"batchItemFailures":null})" : answer_of(failed).dump();
}

/// Of a stream: the service starts again at the first failure, whatever else is reported.
std::string with_first_failure_alone(std::string_view payload, RecordProbe& probe) {
  Identifiers failed = failures_of(payload, probe, number_of_kinesis);
  if (!failed.empty() && failed.size() == json::parse(payload).at("Records").size())
    throw std::runtime_error("every record failed");
  failed.resize(std::min<std::size_t>(failed.size(), 1));
  return answer_of(failed).dump();
}

/// Refuses a change that does not say which item it is about, as DynamoDB always does.
std::string reading_keys(std::string_view payload, RecordProbe& probe) {
  Identifiers failed;
  const json event = json::parse(payload);
  for (const json& record : event.at("Records")) {
    const json& change = record.at("dynamodb");
    const std::string number = number_of_change(record);
    try {
      if (change.at("Keys").at("id").at("S").get<std::string>().empty()) throw std::runtime_error("no key");
      if (record.at("eventName") != "REMOVE" && change.at("StreamViewType") == "NEW_AND_OLD_IMAGES")
        static_cast<void>(change.at("NewImage"));
      static_cast<void>(change.at("ApproximateCreationDateTime").get<long>() +
                        change.at("SizeBytes").get<long>());
      probe(number);
    } catch (...) {
      failed.push_back(number);
    }
  }
  return answer_of(failed).dump();
}

bool is_uuid(const std::string& text) {
  return text.size() == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';
}

/// Of a FIFO queue: orders by group and number, and wants each field that such a queue sends.
std::string reading_fifo_fields(std::string_view payload, RecordProbe& probe) {
  Identifiers failed;
  std::string last_number;
  const json event = json::parse(payload);
  for (const json& record : event.at("Records")) {
    const json& attributes = record.at("attributes");
    const std::string number = attributes.at("SequenceNumber");
    const std::string id = id_of_message(record);
    const long sent = std::stol(attributes.at("SentTimestamp").get<std::string>());
    const long received = std::stol(attributes.at("ApproximateFirstReceiveTimestamp").get<std::string>());
    const bool is_sound = is_uuid(id) && last_number < number && sent <= received &&
                          !attributes.at("MessageGroupId").get<std::string>().empty() &&
                          !attributes.at("MessageDeduplicationId").get<std::string>().empty() &&
                          std::stoi(attributes.at("ApproximateReceiveCount").get<std::string>()) > 0 &&
                          !attributes.at("SenderId").get<std::string>().empty();
    last_number = number;
    try {
      if (!failed.empty()) throw std::runtime_error("comes after a failure");
      if (!is_sound) throw std::runtime_error("not a message of a FIFO queue");
      probe(id);
    } catch (...) {
      failed.push_back(id);
    }
  }
  return answer_of(failed).dump();
}

/// Handles a record once whose id it has seen in this batch.
template <const char* field, Identify identify>
std::string handling_each_id_once(std::string_view payload, RecordProbe& probe) {
  Identifiers failed;
  std::set<std::string> seen;
  const json event = json::parse(payload);
  for (const json& record : event.at("Records")) {
    if (!seen.insert(record.at(field).get<std::string>()).second) continue;
    try {
      probe(identify(record));
    } catch (...) {
      failed.push_back(identify(record));
    }
  }
  return answer_of(failed).dump();
}

constexpr char event_id[] = "eventID";
constexpr char message_id[] = "messageId";
constexpr char receipt_handle[] = "receiptHandle";

/// Its error has another text each time.
std::string with_other_error_texts(std::string_view payload, RecordProbe& probe) {
  static int request = 0;
  const Identifiers failed = failures_of(payload, probe);
  ++request;
  if (!failed.empty() && failed.size() == json::parse(payload).at("Records").size())
    throw std::runtime_error("request " + std::to_string(request) + ": every record failed");
  return answer_of(failed).dump();
}

/// The loop of docs/testing.md.
std::string own_loop(std::string_view payload, RecordProbe& probe) {
  const auto event = json::parse(payload);
  auto failures = json::array();
  for (const auto& record : event.at("Records")) {
    const auto id = record.at("messageId").get<std::string>();
    try {
      probe(id);
    } catch (...) {
      failures.push_back({{"itemIdentifier", id}});
    }
  }
  return json{{"batchItemFailures", failures}}.dump();
}

/// One group after the other; a failure stops its own group alone.
std::string group_by_group(std::string_view payload, RecordProbe& probe) {
  std::vector<std::pair<std::string, Identifiers>> groups;
  const json event = json::parse(payload);
  for (const json& record : event.at("Records")) {
    const std::string group = record.at("attributes").at("MessageGroupId").get<std::string>();
    auto found =
        std::find_if(groups.begin(), groups.end(), [&](const auto& one) { return one.first == group; });
    if (found == groups.end()) found = groups.insert(groups.end(), {group, {}});
    found->second.push_back(id_of_message(record));
  }
  Identifiers failed;
  for (const auto& [group, identifiers] : groups) {
    bool has_failed = false;
    for (const std::string& identifier : identifiers) {
      try {
        if (!has_failed) probe(identifier);
      } catch (...) {
        has_failed = true;
      }
      if (has_failed) failed.push_back(identifier);
    }
  }
  return answer_of(failed).dump();
}

struct Foreign {
  std::string name;
  Source source;
  std::string (*subject)(std::string_view payload, RecordProbe& probe);
  fixtures::ProcessorClaims claims{.raise_on_entire_batch_failure = false};
};

std::ostream& operator<<(std::ostream& stream, const Foreign& foreign) { return stream << foreign.name; }

const std::vector<Foreign>& foreign_processors() {
  static const std::vector<Foreign> all{
      {"WithSpaces", Source::sqs, with_spaces},
      {"Indented", Source::sqs, indented},
      {"WithALineBreakAtTheEnd", Source::sqs, with_line_break},
      {"WithOtherKeys", Source::sqs, with_other_keys},
      {"WithReasonsInFrontOfIdentifiers", Source::sqs, with_reasons_first},
      {"WithEachFailureTwice", Source::sqs, with_each_failure_twice},
      {"WithNullWhenAllIsWell", Source::sqs, with_null},
      {"WithAnEmptyObjectWhenAllIsWell", Source::sqs, with_empty_object},
      {"WithANullListWhenAllIsWell", Source::sqs, with_null_list},
      {"WithItsFirstFailureAlone",
       Source::kinesis,
       with_first_failure_alone,
       {.reports_every_failure = false}},
      {"ReadingKeys", Source::dynamodb, reading_keys},
      {"ReadingTheFieldsOfAFifoQueue", Source::sqs_fifo, reading_fifo_fields},
      {"HandlingEachMessageIdOnce", Source::sqs, handling_each_id_once<message_id, id_of_message>},
      {"HandlingEachReceiptHandleOnce", Source::sqs, handling_each_id_once<receipt_handle, id_of_message>},
      {"HandlingEachKinesisEventOnce", Source::kinesis, handling_each_id_once<event_id, number_of_kinesis>},
      {"HandlingEachChangeOnce", Source::dynamodb, handling_each_id_once<event_id, number_of_change>},
      {"WithAnotherErrorTextEachTime", Source::sqs, with_other_error_texts, {}},
      {"TheLoopOfTheDocuments", Source::sqs, own_loop},
      {"GroupByGroup",
       Source::sqs_fifo,
       group_by_group,
       {.skip_group_on_error = true, .raise_on_entire_batch_failure = false}},
  };
  return all;
}

class ForeignProcessor : public testing::TestWithParam<Foreign> {};

TEST_P(ForeignProcessor, IsNotCalledWrong) {
  const Foreign& foreign = GetParam();
  const Report report = verify_processor(foreign.source, foreign.subject, foreign.claims,
                                         {.cases = 1000, .seed = 1, .small_cases_budget = std::nullopt});
  EXPECT_TRUE(report.passed()) << report.text();
}

INSTANTIATE_TEST_SUITE_P(Answers, ForeignProcessor, testing::ValuesIn(foreign_processors()),
                         [](const auto& tested) { return tested.param.name; });

TEST(ForeignHandlers, MayRememberSequenceNumbers) {
  const auto handle = [done = std::make_shared<std::set<std::string>>()](const KinesisStreamRecord& record) {
    if (done->contains(std::string(record.sequence_number()))) return;
    if (record.data() != "good") throw std::runtime_error("bad");
    done->emplace(record.sequence_number());
  };
  const Report report = verify_handler<KinesisStreamRecord>(
      handle, {.accepted = {"good"}, .rejected = {"bad"}, .seed = 7, .near_misses = false});
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(ForeignHandlers, MayRememberDeduplicationIds) {
  const auto handle = [done = std::make_shared<std::set<std::string>>()](const SqsRecord& record) {
    const auto id = record.attributes().message_deduplication_id();
    if (id && done->contains(std::string(*id))) return;
    if (record.body() != "good") throw std::runtime_error("bad");
    if (id) done->emplace(*id);
  };
  const Report report = verify_handler<SqsRecord>(
      handle, {.accepted = {"good"}, .rejected = {"bad"}, .seed = 7, .near_misses = false});
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(ForeignHandlers, AreJudgedOnAChangeThatChangesSomething) {
  const auto handle = [](const DynamoDbRecord& record) {
    const auto has_order = [](const auto& image) { return image && image->contains("quantity"); };
    if (!has_order(record.new_image())) throw std::runtime_error("no order");
    if (has_order(record.old_image())) throw std::logic_error("nothing changed");
  };
  const Report report = verify_handler<DynamoDbRecord>(
      handle,
      {.accepted = {R"({"quantity":{"N":"2"}})"}, .rejected = {"{}"}, .seed = 7, .near_misses = false});
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(ForeignHandlers, MayReadTheKeysOfAnItem) {
  const auto handle = [](const DynamoDbRecord& record) {
    if (!record.keys()) throw std::runtime_error("no keys");
    const auto image = record.new_image();
    if (!image || image->empty()) throw std::runtime_error("no image");
  };
  const Report report = verify_handler<DynamoDbRecord>(
      handle, {.accepted = {R"({"quantity":{"N":"2"}})"}, .rejected = {"{}"}, .seed = 7});
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(ForeignHandlers, MayReadTheFieldsOfAFifoQueue) {
  const auto handle = [](const SqsRecord& record) {
    if (record.from_fifo_queue() && !(record.message_group_id() && record.attributes().sequence_number() &&
                                      record.attributes().message_deduplication_id()))
      throw std::runtime_error("not a message of a FIFO queue");
    if (record.body() == "bad") throw std::runtime_error("bad");
  };
  const Report report =
      verify_handler<SqsRecord>(handle, {.accepted = {"good"}, .rejected = {"bad"}, .seed = 7});
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(ForeignHandlers, MayRememberTheMessagesThatTheyHaveHandled) {
  std::set<std::string> done;
  const auto handle = [&done](const SqsRecord& record) {
    const std::string id(record.message_id());
    if (done.contains(id)) return;
    if (record.body() == "bad") throw std::runtime_error("bad");
    done.insert(id);
  };
  const Report report =
      verify_handler<SqsRecord>(handle, {.accepted = {"good"}, .rejected = {"bad"}, .seed = 7});
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(ForeignProcessors, MayBeJudgedOnHostileInput) {
  const Report report =
      verify_processor(Source::dynamodb, reading_keys, {.raise_on_entire_batch_failure = false},
                       {.cases = 1000, .seed = 1, .hostile = true});
  EXPECT_FALSE(report.passed());
  EXPECT_FALSE(report.counterexample().hostile_input.empty()) << report.text();
  EXPECT_NE(report.text().find("  input     hostile: "), std::string::npos) << report.text();
}

TEST(ForeignProcessors, ThatAreWrongAreStillCaughtAndTheReportSaysThatAwsMaySendTheCase) {
  const Report report = verify_processor(Source::sqs_fifo, own_loop, {.raise_on_entire_batch_failure = false},
                                         {.cases = 1000, .seed = 1});
  EXPECT_EQ(report.broken_law(), "fifo-stops");
  EXPECT_TRUE(report.counterexample().hostile_input.empty()) << report.text();
  EXPECT_NE(report.text().find("  input     as AWS sends it\n"), std::string::npos) << report.text();
}

/// It finds identifiers by a text search that allows no white space.
std::string search_for_identifiers(std::string_view payload, RecordProbe& probe) {
  constexpr std::string_view name = R"("messageId":")";
  auto reported = nlohmann::json::array();
  for (std::size_t at = payload.find(name); at != std::string_view::npos; at = payload.find(name, at)) {
    at += name.size();
    const std::string identifier(payload.substr(at, payload.find('"', at) - at));
    try {
      probe(identifier);
    } catch (...) {
      reported.push_back({{"itemIdentifier", identifier}});
    }
  }
  return nlohmann::json{{"batchItemFailures", reported}}.dump();
}

TEST(ForeignProcessors, ThatNeedOneWayToWriteJsonAreToldThatTheEventDoesNotShowIt) {
  const Report report =
      verify_processor(Source::sqs, search_for_identifiers, {.raise_on_entire_batch_failure = false},
                       {.cases = 1000, .seed = 1});
  ASSERT_FALSE(report.passed());
  EXPECT_NE(report.text().find("its JSON has white space or escapes"), std::string::npos) << report.text();
}

/// Each invocation begins with another partition, and keeps each partition in its order.
TEST(ForeignProcessors, MayTakeThePartitionsOfKafkaInAnyOrder) {
  using nlohmann::ordered_json;
  std::size_t turn = 0;
  const auto rotating = [&turn](std::string_view payload, RecordProbe& probe) {
    const auto records = nlohmann::json::parse(payload).at("records");
    std::vector<std::string> partitions;
    for (const auto& [partition, list] : records.items()) partitions.push_back(partition);
    if (!partitions.empty()) {
      const auto first = static_cast<std::ptrdiff_t>(turn++ % partitions.size());
      std::rotate(partitions.begin(), partitions.begin() + first, partitions.end());
    }
    auto failures = ordered_json::array();
    for (const std::string& partition : partitions) {
      for (const auto& record : records.at(partition)) {
        const ordered_json identifier{{"partition", partition}, {"offset", record.at("offset")}};
        try {
          probe(identifier.dump());
        } catch (...) {
          failures.push_back({{"itemIdentifier", identifier}});
        }
      }
    }
    return ordered_json{{"batchItemFailures", failures}}.dump();
  };
  const auto report = batchproof::verify_processor<KafkaRecord>(
      rotating, {.raise_on_entire_batch_failure = false, .cases = 200, .seed = 1});
  EXPECT_TRUE(report) << report;
}

}  // namespace
}  // namespace batchproof::properties
