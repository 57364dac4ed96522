#include "distribution.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <batchproof/fixtures/aggregated_data.hpp>
#include <batchproof/generators/batch_case.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "drawn.hpp"

namespace batchproof::generators {
namespace {

using fixtures::BatchCase;
using fixtures::CaseRecord;
using fixtures::Source;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int draws_of_a_distribution = 2000;
constexpr std::size_t largest_of_ten = 10;

/// RapidCheck's usual sizes, and those of its first cases alone.
constexpr int usual_sizes = 101;
constexpr int first_sizes = 10;

std::vector<BatchCase> drawn_at(const rc::Gen<BatchCase>& generator, int sizes) {
  rc::Random random(7);
  std::vector<BatchCase> batches;
  batches.reserve(draws_of_a_distribution);
  for (int index = 0; index < draws_of_a_distribution; ++index) {
    batches.push_back(generator(random.split(), index % sizes).value());
  }
  return batches;
}

std::vector<Feature> wanted_features(Source source) {
  std::vector<Feature> features = common_features(largest_of_ten);
  if (source != Source::sqs) {
    features.push_back({"several groups", [](const BatchCase& batch) { return groups_of(batch) > 1; }});
  }
  return features;
}

Feature some_record(std::string name, std::function<bool(const CaseRecord&)> holds) {
  return {std::move(name), [holds](const BatchCase& batch) {
            return std::any_of(batch.records.begin(), batch.records.end(), holds);
          }};
}

Feature field_is(const std::string& field, const std::string& value) {
  return some_record(field + " = " + value, [=](const CaseRecord& record) {
    const auto found = field_of(record, field);
    return found == value;
  });
}

Feature field_there(const std::string& field) {
  return some_record(field, [=](const CaseRecord& record) { return field_of(record, field).has_value(); });
}

Feature field_missing(const std::string& field) {
  return some_record("no " + field,
                     [=](const CaseRecord& record) { return !field_of(record, field).has_value(); });
}

Feature payload_that(const std::string& name, const char* field, bool (*holds)(const std::string&)) {
  return some_record(name, [=](const CaseRecord& record) {
    const auto payload = field_of(record, field);
    return payload && holds(std::string(*payload));
  });
}

bool is_json(const std::string& text) { return nlohmann::json::accept(text); }

std::vector<Feature> payload_features(const char* field) {
  return {
      payload_that("empty", field, [](const std::string& text) { return text.empty(); }),
      payload_that("unicode", field,
                   [](const std::string& text) { return text.find("😀") != std::string::npos; }),
      payload_that("escapes", field,
                   [](const std::string& text) { return text.find_first_of("\"\\\n") != std::string::npos; }),
      payload_that("json", field, [](const std::string& text) { return is_json(text) && text[0] == '{'; }),
      payload_that(
          "json within json", field,
          [](const std::string& text) { return is_json(text) && text.find("\\\"") != std::string::npos; }),
      payload_that("not json", field,
                   [](const std::string& text) { return !text.empty() && !is_json(text); }),
      payload_that("long", field, [](const std::string& text) { return text.size() > 2900; }),
  };
}

/// Two names that are equal before their first separator.
bool share_a_front(const BatchCase& batch) {
  std::map<std::string, std::set<std::string>> names;
  for (const CaseRecord& record : batch.records) {
    const std::string name(field_of(record, "kinesis.partitionKey").value());
    const std::size_t separator = name.find_first_of(":#@|/,;=&.");
    if (separator != std::string::npos) names[name.substr(0, separator)].insert(name);
  }
  return std::any_of(names.begin(), names.end(), [](const auto& front) { return front.second.size() > 1; });
}

std::size_t attributes_of(const CaseRecord& record) {
  return static_cast<std::size_t>(
      std::count_if(record.fields.begin(), record.fields.end(), [](const fixtures::SeenField& field) {
        return field.name.starts_with("messageAttributes.") && field.name.ends_with(".dataType");
      }));
}

std::vector<Feature> rare_features_of(Source source) {
  switch (source) {
    case Source::sqs:
    case Source::sqs_fifo: {
      std::vector<Feature> features = payload_features("body");
      for (const char* field : {"attributes.MessageGroupId", "attributes.AWSTraceHeader",
                                "attributes.DeadLetterQueueSourceArn", "md5OfMessageAttributes"}) {
        features.push_back(field_there(field));
      }
      features.push_back(field_missing("attributes.MessageGroupId"));
      features.push_back(field_missing("attributes.SenderId"));
      features.push_back(some_record("more than three attributes",
                                     [](const CaseRecord& record) { return attributes_of(record) > 3; }));
      return features;
    }
    case Source::kinesis: {
      std::vector<Feature> features = payload_features("kinesis.data");
      features.push_back(payload_that("aggregated", "kinesis.data", [](const std::string& data) {
        return fixtures::is_aggregated_data(data);
      }));
      features.push_back(field_is("kinesis.encryptionType", "KMS"));
      features.push_back(
          {"many partition keys", [](const BatchCase& batch) { return groups_of(batch) > 5; }});
      features.push_back({"keys that are equal before a separator", share_a_front});
      features.push_back(payload_that("the longest key", "kinesis.partitionKey",
                                      [](const std::string& key) { return key.size() == 256; }));
      return features;
    }
    case Source::dynamodb: {
      std::vector<Feature> features{field_is("kind", "insert"),         field_is("kind", "modify"),
                                    field_is("kind", "remove"),         field_is("is_ttl_delete", "true"),
                                    field_missing("dynamodb.NewImage"), field_missing("dynamodb.OldImage"),
                                    field_missing("dynamodb.Keys"),     field_missing("eventName")};
      for (const char* type : {"NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE", "KEYS_ONLY"}) {
        features.push_back(field_is("dynamodb.StreamViewType", type));
      }
      for (const std::string type : {"S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL"}) {
        features.push_back(some_record("attribute of type " + type, [=](const CaseRecord& record) {
          return std::any_of(record.fields.begin(), record.fields.end(),
                             [&](const fixtures::SeenField& field) {
                               return field.name.starts_with("dynamodb.NewImage.attribute-0") &&
                                      field.name.ends_with('.' + type);
                             });
        }));
      }
      return features;
    }
    case Source::kafka: {
      std::vector<Feature> features = payload_features("value");
      for (const char* field : {"key", "value", "headers.header-0", "valueSchemaMetadata.dataFormat",
                                "keySchemaMetadata.schemaId"}) {
        features.push_back(field_there(field));
      }
      features.push_back(field_missing("value"));
      features.push_back(field_missing("key"));
      features.push_back(field_is("topic", "new-orders"));
      features.push_back(payload_that("the longest topic", "topic",
                                      [](const std::string& topic) { return topic.size() == 249; }));
      features.push_back(payload_that("a partition beyond a byte", "partition",
                                      [](const std::string& number) { return std::stoll(number) > 255; }));
      features.push_back(field_is("timestampType", "LOG_APPEND_TIME"));
      return features;
    }
    default:
      break;
  }
  return {};
}

class Distribution : public testing::TestWithParam<Source> {};

TEST_P(Distribution, ShowsWhatEveryLawNeedsInATwentiethOfTheBatches) {
  const auto generator = batch_case(GetParam(), {.largest_batch = largest_of_ten});
  EXPECT_THAT(rare_features(drawn_at(generator, usual_sizes), wanted_features(GetParam()), 5), IsEmpty());
  EXPECT_THAT(rare_features(drawn_at(generator, first_sizes), wanted_features(GetParam()), 5), IsEmpty());
}

TEST_P(Distribution, ShowsWhatIsRareInOneBatchOfAHundred) {
  const auto generator = batch_case(GetParam(), {.largest_batch = largest_of_ten, .hostile = true});
  EXPECT_THAT(rare_features(drawn_at(generator, usual_sizes), rare_features_of(GetParam()), 1), IsEmpty());
}

// `inRange` scales with RapidCheck's size: at small sizes it gives the lowest values alone.
TEST_P(Distribution, IsMissedByADrawThatScalesWithTheSize) {
  const auto blind =
      rc::gen::mapcat(rc::gen::pair(rc::gen::inRange<std::size_t>(0, largest_of_ten + 1),
                                    rc::gen::inRange<std::size_t>(0, failure_patterns.size())),
                      [source = GetParam()](const std::pair<std::size_t, std::size_t>& drawn) {
                        return batch_case(source, {.largest_batch = drawn.first,
                                                   .smallest_batch = drawn.first,
                                                   .failure_pattern = failure_patterns[drawn.second]});
                      });
  EXPECT_THAT(rare_features(drawn_at(blind, first_sizes), wanted_features(GetParam()), 5), Not(IsEmpty()));
}

INSTANTIATE_TEST_SUITE_P(Source, Distribution,
                         testing::Values(Source::sqs, Source::sqs_fifo, Source::kinesis, Source::dynamodb,
                                         Source::kafka),
                         [](const auto& tested) { return std::string(name(tested.param)); });

}  // namespace
}  // namespace batchproof::generators
