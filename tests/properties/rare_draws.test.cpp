// Broken processors that only some draws show: batches of which one record succeeds, keys that join alike,
// names with marks, and errors of parsers.

#include <gtest/gtest.h>

#include <batchproof/properties/verify.hpp>
#include <cstddef>
#include <exception>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

namespace batchproof::properties {
namespace {

using fixtures::Source;
using Json = nlohmann::json;

bool handles(const std::string& identifier, RecordProbe& probe) {
  try {
    probe(identifier);
    return true;
  } catch (...) {
    return false;
  }
}

std::string response_of(const Json& identifiers) {
  auto failures = Json::array();
  for (const Json& identifier : identifiers) failures.push_back({{"itemIdentifier", identifier}});
  return Json{{"batchItemFailures", failures}}.dump();
}

Report verify_broken(Source source, const fixtures::Subject& processor, bool skips_group = false,
                     bool keeps_keys = false) {
  return verify_processor(source, processor,
                          {.skip_group_on_error = skips_group,
                           .raise_on_entire_batch_failure = false,
                           .order_by_key = keeps_keys},
                          {.cases = 1000, .seed = 11});
}

// Each processor is right without its fault.

TEST(RareDraws, ShowAProcessorThatRaisesWhenNearlyAllFail) {
  for (const bool is_broken : {false, true}) {
    const auto may_raise = [=](std::string_view payload, RecordProbe& probe) {
      const Json event = Json::parse(payload);
      const Json& records = event.at("Records");
      auto failed = Json::array();
      for (const Json& record : records)
        if (!handles(record.at("messageId"), probe)) failed.push_back(record.at("messageId"));
      const bool most_fail = failed.size() * 10 > records.size() * 9 && failed.size() < records.size();
      if (is_broken && records.size() >= 10 && most_fail) throw std::runtime_error("too many failures");
      return response_of(failed);
    };
    EXPECT_NE(verify_broken(Source::sqs, may_raise).passed(), is_broken);
  }
}

TEST(RareDraws, ShowAProcessorThatTakesAParseErrorForDone) {
  const auto drop_what_is_not_json = [](std::string_view payload, RecordProbe& probe) {
    const Json event = Json::parse(payload);
    auto failed = Json::array();
    for (const Json& record : event.at("Records")) {
      try {
        probe(record.at("messageId").get<std::string>());
      } catch (const Json::parse_error&) {
      } catch (...) {
        failed.push_back(record.at("messageId"));
      }
    }
    return response_of(failed);
  };
  EXPECT_EQ(verify_broken(Source::sqs, drop_what_is_not_json).broken_law(), "nothing-lost");
}

TEST(RareDraws, ShowAProcessorOfKafkaThatJoinsPartitionAndOffset) {
  for (const std::string between : {",", ""}) {
    const auto skip_what_it_has_seen = [=](std::string_view payload, RecordProbe& probe) {
      const Json event = Json::parse(payload);
      std::set<std::string> seen;
      auto failed = Json::array();
      for (const auto& [list, records] : event.at("records").items()) {
        for (const Json& record : records) {
          const std::string offset = record.at("offset").dump();
          std::string joined = record.at("partition").dump();
          joined.append(between).append(offset);
          if (!seen.insert(joined).second) continue;
          std::string identifier = R"({"partition":)" + Json(list).dump();
          identifier.append(R"(,"offset":)").append(offset).append("}");
          if (!handles(identifier, probe)) failed.push_back(Json::parse(identifier));
        }
      }
      return response_of(failed);
    };
    EXPECT_NE(verify_broken(Source::kafka, skip_what_it_has_seen).passed(), between.empty());
  }
}

TEST(RareDraws, ShowAProcessorThatCutsGroupNamesAtAMark) {
  for (const bool is_broken : {false, true}) {
    const auto may_cut = [=](std::string_view payload, RecordProbe& probe) {
      const Json event = Json::parse(payload);
      std::set<std::string> stopped;
      auto failed = Json::array();
      for (const Json& record : event.at("Records")) {
        auto group = record.at("attributes").at("MessageGroupId").get<std::string>();
        if (is_broken) group = group.substr(0, group.find('_'));
        if (stopped.contains(group) || !handles(record.at("messageId"), probe)) {
          stopped.insert(group);
          failed.push_back(record.at("messageId"));
        }
      }
      return response_of(failed);
    };
    EXPECT_NE(verify_broken(Source::sqs_fifo, may_cut, true).passed(), is_broken);
  }
}

TEST(RareDraws, ShowAProcessorThatJoinsTheKeysOfAnItem) {
  for (const bool is_broken : {false, true}) {
    const auto leave_later_ones = [=](std::string_view payload, RecordProbe& probe) {
      const Json event = Json::parse(payload);
      std::set<std::string> stopped;
      auto failed = Json::array();
      for (const Json& record : event.at("Records")) {
        const Json& keys = record.at("dynamodb").at("Keys");
        std::string key = is_broken ? "" : keys.dump();
        for (const Json& value : keys) key += value.begin()->get<std::string>();
        const Json& identifier = record.at("dynamodb").at("SequenceNumber");
        if (stopped.contains(key) || !handles(identifier, probe)) {
          stopped.insert(key);
          failed.push_back(identifier);
        }
      }
      return response_of(failed);
    };
    EXPECT_NE(verify_broken(Source::dynamodb, leave_later_ones, false, true).passed(), is_broken);
  }
}

}  // namespace
}  // namespace batchproof::properties
