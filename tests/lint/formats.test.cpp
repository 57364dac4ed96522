// Formats other than CloudFormation's.

#include <gmock/gmock.h>

#include <batchproof/lint/lint.hpp>
#include <batchproof/lint/read_template.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace batchproof::lint {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::vector<std::string> rules_of(const Linted& linted) {
  std::vector<std::string> ids;
  for (const Finding& finding : linted.findings) ids.emplace_back(finding.rule->id);
  return ids;
}

const std::string plan = R"({"format_version": "1.2", "terraform_version": "1.9.0",
"planned_values": {"root_module": {
 "resources": [
  {"address": "aws_sqs_queue.parcels", "mode": "managed", "type": "aws_sqs_queue",
   "values": {"name": "parcels", "visibility_timeout_seconds": 20, "fifo_queue": false}},
  {"address": "aws_sqs_queue.lost", "mode": "managed", "type": "aws_sqs_queue",
   "values": {"message_retention_seconds": 1209600}},
  {"address": "aws_lambda_function.sort", "mode": "managed", "type": "aws_lambda_function",
   "values": {"timeout": 30, "reserved_concurrent_executions": -1}},
  {"address": "aws_lambda_event_source_mapping.sort", "mode": "managed",
   "type": "aws_lambda_event_source_mapping",
   "values": {"batch_size": 10, "function_response_types": ["ReportBatchItemFailures"],
              "scaling_config": [{"maximum_concurrency": 1}]}}],
 "child_modules": [{"address": "module.stock", "resources": [
  {"address": "module.stock.aws_lambda_event_source_mapping.index[0]", "mode": "managed",
   "type": "aws_lambda_event_source_mapping",
   "values": {"starting_position": "LATEST", "maximum_retry_attempts": 5, "function_response_types": []}}]}]}},
"configuration": {"root_module": {
 "resources": [
  {"address": "aws_sqs_queue.parcels", "expressions": {
    "redrive_policy": {"references": ["aws_sqs_queue.lost.arn", "aws_sqs_queue.lost"]}}},
  {"address": "aws_lambda_event_source_mapping.sort", "expressions": {
    "event_source_arn": {"references": ["aws_sqs_queue.parcels.arn", "aws_sqs_queue.parcels"]},
    "function_name": {"references": ["aws_lambda_function.sort.arn", "aws_lambda_function.sort"]}}}],
 "module_calls": {"stock": {
  "expressions": {"stream": {"references": ["aws_dynamodb_table.stock.stream_arn"]}},
  "module": {"resources": [
   {"address": "aws_lambda_event_source_mapping.index", "expressions": {
     "event_source_arn": {"references": ["var.stream"]},
     "destination_config": [{"on_failure": [{"destination_arn": {"references": ["var.lost"]}}]}]}}]}}}}}}
)";

TEST(TerraformPlans, AreJoinedByTheirReferences) {
  const Linted linted = lint(plan);
  ASSERT_THAT(linted.sources, SizeIs(2));
  EXPECT_EQ(linted.sources[0].name, "aws_lambda_event_source_mapping.sort");
  ASSERT_TRUE(linted.sources[0].queue);
  EXPECT_EQ(linted.sources[0].queue->name, "aws_sqs_queue.parcels");
  ASSERT_TRUE(linted.sources[0].queue->dead_letter_queue);
  EXPECT_EQ(linted.sources[0].queue->dead_letter_queue->name, "aws_sqs_queue.lost");
  EXPECT_EQ(linted.sources[0].function.timeout.value, 30);
  EXPECT_EQ(linted.sources[0].function.reserved_concurrency.value, defaults::unlimited);
  EXPECT_TRUE(linted.sources[1].has_destination.value);  // known only after apply, but given
  EXPECT_THAT(rules_of(linted),
              UnorderedElementsAre("visibility-timeout-too-short", "setting-out-of-range", "bisect-off",
                                   "reporting-not-enabled", "starting-position-latest"));
}

TEST(TerraformPlans, GetFindingsInTerraformsWords) {
  const Linted linted = lint(plan);
  for (const Finding& finding : linted.findings) {
    if (finding.rule->id == "visibility-timeout-too-short") {
      EXPECT_THAT(finding.violation.what,
                  HasSubstr("visibility_timeout_seconds of aws_sqs_queue.parcels is 20 s"));
      EXPECT_EQ(finding.violation.instead, "visibility_timeout_seconds: 180");
    }
    if (finding.rule->id == "reporting-not-enabled") {
      EXPECT_EQ(finding.violation.instead, "function_response_types = [\"ReportBatchItemFailures\"]");
    }
  }
}

/// The texts of all findings and notes, one a line.
std::string texts_of(const Linted& linted) {
  std::string texts;
  for (const Finding& finding : linted.findings)
    texts += finding.violation.what + "\n" + finding.violation.instead + "\n";
  for (const Note& note : linted.notes) texts += note.text + "\n";
  return texts;
}

/// The words of a text that are written like properties of CloudFormation.
std::set<std::string> properties_in(const std::string& texts) {
  const std::regex property("\\b[A-Z][a-z]+([A-Z][A-Za-z]*)?\\b");
  std::set<std::string> found;
  for (std::sregex_iterator word(texts.begin(), texts.end(), property), end; word != end; ++word)
    found.insert(word->str());
  return found;
}

TEST(TerraformStates, GetNoWordsOfCloudFormation) {
  const auto mapping = [](const std::string& name, const std::string& values) {
    return R"({"address": "aws_lambda_event_source_mapping.)" + name +
           R"(", "mode": "managed", "type": "aws_lambda_event_source_mapping", "values": {"function_name": "sort", )" +
           values + "}},\n";
  };
  const Linted linted = lint(
      R"({"format_version": "1.0", "values": {"root_module": {"resources": [
  {"address": "aws_sqs_queue.parcels", "mode": "managed", "type": "aws_sqs_queue",
   "values": {"name": "parcels", "visibility_timeout_seconds": 43201, "message_retention_seconds": 5,
              "redrive_policy": "{\"deadLetterTargetArn\":\"x\",\"maxReceiveCount\":0}"}},
  {"address": "aws_sqs_queue.late", "mode": "managed", "type": "aws_sqs_queue",
   "values": {"name": "late.fifo", "fifo_queue": "perhaps"}},
  {"address": "aws_kinesis_stream.scans", "mode": "managed", "type": "aws_kinesis_stream",
   "values": {"retention_period": "long"}},
  {"address": "aws_lambda_function.sort", "mode": "managed", "type": "aws_lambda_function",
   "values": {"function_name": "sort", "timeout": 901, "reserved_concurrent_executions": 3}},
  {"address": "aws_pipes_pipe.stock", "mode": "managed", "type": "aws_pipes_pipe",
   "values": {"source": "arn:aws:kinesis:eu-west-1:1:stream/a", "target_parameters": [{"lambda_function_parameters":
     [{"invocation_type": "FIRE_AND_FORGET"}]}], "source_parameters": [{"kinesis_stream_parameters": [{}]}]}},
)" +
      mapping(
          "queue",
          R"("event_source_arn": "arn:aws:sqs:eu-west-1:1:parcels", "batch_size": 99, "enabled": "perhaps",
   "provisioned_poller_config": [{"minimum_pollers": 201, "maximum_pollers": 10001}],
   "scaling_config": [{"maximum_concurrency": 1}], "starting_position": "LATEST")") +
      mapping("late", R"("event_source_arn": "arn:aws:sqs:eu-west-1:1:late.fifo",
   "batch_size": 11, "maximum_batching_window_in_seconds": 301)") +
      mapping("kafka", R"("event_source_arn": "arn:aws:kafka:eu-west-1:1:cluster/c/1",
   "topics": ["a"], "function_response_types": ["ReportBatchItemFailures"], "bisect_batch_on_function_error": true)") +
      mapping("stream", R"("event_source_arn": "arn:aws:dynamodb:eu-west-1:1:table/a",
   "destination_config": [{"on_failure": [{"destination_arn": "arn:aws:sqs:eu-west-1:1:a.fifo"}]}],
   "parallelization_factor": 11, "tumbling_window_in_seconds": 901, "maximum_record_age_in_seconds": 1,
   "maximum_retry_attempts": 10001, "starting_position": "AT_TIMESTAMP", "scaling_config": [{"a": 1}])") +
      R"({"address": "a", "type": "a"}]}}})");
  EXPECT_THAT(properties_in(texts_of(linted)), UnorderedElementsAre("ReportBatchItemFailures", "DynamoDB"))
      << texts_of(linted);
}

TEST(TerraformStates, AreJoinedByTheirArns) {
  const Linted linted = lint(R"({"format_version": "1.0", "values": {"root_module": {"resources": [
  {"address": "aws_sqs_queue.parcels", "mode": "managed", "type": "aws_sqs_queue",
   "values": {"name": "parcels", "visibility_timeout_seconds": 200,
              "redrive_policy": "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:1:lost\",\"maxReceiveCount\":2}"}},
  {"address": "aws_lambda_function.sort", "mode": "managed", "type": "aws_lambda_function",
   "values": {"function_name": "sort", "timeout": 30}},
  {"address": "aws_lambda_event_source_mapping.sort", "mode": "managed", "type": "aws_lambda_event_source_mapping",
   "values": {"event_source_arn": "arn:aws:sqs:eu-west-1:1:parcels",
              "function_name": "arn:aws:lambda:eu-west-1:1:function:sort",
              "function_response_types": ["ReportBatchItemFailures"], "maximum_retry_attempts": 0,
              "bisect_batch_on_function_error": false, "topics": [], "tumbling_window_in_seconds": 0}}]}}})");
  EXPECT_THAT(rules_of(linted), ElementsAre("max-receive-count-too-low"));
}

TEST(TerraformStates, HaveRedrivePoliciesOfTheirOwn) {
  const Linted linted = lint(R"({"format_version": "1.2", "planned_values": {"root_module": {"resources": [
  {"address": "aws_sqs_queue_redrive_policy.parcels", "mode": "managed", "type": "aws_sqs_queue_redrive_policy",
   "values": {"redrive_policy": "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:1:lost\",\"maxReceiveCount\":5}"}},
  {"address": "aws_sqs_queue.parcels", "mode": "managed", "type": "aws_sqs_queue",
   "values": {"visibility_timeout_seconds": 200}},
  {"address": "aws_lambda_event_source_mapping.sort", "mode": "managed", "type": "aws_lambda_event_source_mapping",
   "values": {"function_name": "sort", "function_response_types": ["ReportBatchItemFailures"]}}]}},
 "configuration": {"root_module": {"resources": [
  {"address": "aws_sqs_queue_redrive_policy.parcels",
   "expressions": {"queue_url": {"references": ["aws_sqs_queue.parcels.id", "aws_sqs_queue.parcels"]}}},
  {"address": "aws_lambda_event_source_mapping.sort",
   "expressions": {"event_source_arn": {"references": ["aws_sqs_queue.parcels.arn"]}}}]}}})");
  EXPECT_THAT(rules_of(linted), IsEmpty());
  ASSERT_TRUE(linted.sources.at(0).queue);
  EXPECT_TRUE(linted.sources[0].queue->has_dead_letter_queue.value);
}

/// The state of one mapping, its queue and its function, with these values.
std::string state(const std::string& queue, const std::string& mapping) {
  return R"({"format_version": "1.0", "values": {"root_module": {"resources": [
  {"address": "aws_sqs_queue.parcels", "mode": "managed", "type": "aws_sqs_queue",
   "values": {"name": "parcels", "visibility_timeout_seconds": 200, )" +
         queue + R"(}},
  {"address": "aws_lambda_function.sort", "mode": "managed", "type": "aws_lambda_function",
   "values": {"function_name": "sort", "timeout": 30}},
  {"address": "aws_lambda_event_source_mapping.sort", "mode": "managed", "type": "aws_lambda_event_source_mapping",
   "values": {"function_name": "sort", "function_response_types": ["ReportBatchItemFailures"],
              "scaling_config": [], "filter_criteria": [], "tumbling_window_in_seconds": 0,
              "parallelization_factor": 0, "maximum_record_age_in_seconds": 0, "maximum_retry_attempts": 0, )" +
         mapping + "}}]}}}";
}

TEST(TerraformStates, HaveEmptyTextsForPoliciesThatAreNotSet) {
  const Linted linted =
      lint(state(R"("redrive_policy": "")",
                 R"("event_source_arn": "arn:aws:sqs:eu-west-1:1:parcels", "destination_config": [])"));
  EXPECT_THAT(rules_of(linted), ElementsAre("no-dead-letter-queue"));
}

TEST(TerraformStates, HaveEmptyValuesForSettingsOfKafkaThatAreNotSet) {
  const Linted linted =
      lint(state(R"("fifo_queue": false)", R"("topics": ["a"], "starting_position": "TRIM_HORIZON",
    "event_source_arn": "arn:aws:kafka:eu-west-1:1:cluster/c/1", "provisioned_poller_config": [],
    "destination_config": [{"on_failure": [{"destination_arn": "arn:aws:sqs:eu-west-1:1:lost"}]}])"));
  ASSERT_THAT(linted.sources, SizeIs(1));
  EXPECT_FALSE(linted.sources[0].provisioned_pollers.value);
  EXPECT_FALSE(linted.sources[0].retry_attempts.is_given());
  EXPECT_FALSE(linted.sources[0].record_age.is_given());
  EXPECT_FALSE(linted.sources[0].parallelization.is_given());
}

TEST(TerraformPlans, AreOfAQueueIfTheSettingsOfKafkaAreEmpty) {
  const Linted linted = lint(R"({"format_version": "1.2", "planned_values": {"root_module": {"resources": [
  {"address": "aws_lambda_event_source_mapping.sort", "mode": "managed", "type": "aws_lambda_event_source_mapping",
   "values": {"function_response_types": ["ReportBatchItemFailures"], "self_managed_event_source": [],
              "provisioned_poller_config": [], "scaling_config": [], "topics": null}}]}},
 "configuration": {"root_module": {"resources": [
  {"address": "aws_lambda_event_source_mapping.sort",
   "expressions": {"event_source_arn": {"references": ["local.queue"]},
                   "scaling_config": [{"maximum_concurrency": {"references": ["local.most"]}}]}}]}}})");
  ASSERT_THAT(linted.sources, SizeIs(1));
  EXPECT_EQ(linted.sources[0].kind, SourceKind::sqs);
  EXPECT_EQ(linted.sources[0].maximum_concurrency.value, defaults::unlimited);
  EXPECT_TRUE(linted.sources[0].maximum_concurrency.is_known());
  EXPECT_THAT(rules_of(linted), IsEmpty());
}

TEST(TerraformPlans, HavePipes) {
  const Linted linted = lint(R"({"format_version": "1.2", "planned_values": {"root_module": {"resources": [
  {"address": "aws_pipes_pipe.stock", "mode": "managed", "type": "aws_pipes_pipe",
   "values": {"source": "arn:aws:dynamodb:eu-west-1:1:table/stock/stream/1",
              "source_parameters": [{"dynamodb_stream_parameters": [{"starting_position": "LATEST",
                "maximum_retry_attempts": 5, "on_partial_batch_item_failure": "AUTOMATIC_BISECT",
                "dead_letter_config": [{"arn": "arn:aws:sqs:eu-west-1:1:lost"}]}]}]}}]}}})");
  EXPECT_THAT(rules_of(linted), ElementsAre("starting-position-latest"));
}

const std::string service = R"(
service: parcels
custom:
  batch: 20
provider: {name: aws, timeout: 40}
functions:
  sort:
    handler: sort.handler
    events:
      - sqs:
          arn: {Fn::GetAtt: [Parcels, Arn]}
          batchSize: ${self:custom.batch}
          functionResponseType: ReportBatchItemFailures
      - http: GET /parcels
  index:
    handler: index.handler
    timeout: 5
    reservedConcurrency: 2
    events:
      - stream:
          type: dynamodb
          arn: {Fn::GetAtt: [Stock, StreamArn]}
          functionResponseType: ReportBatchItemFailures
          maximumRetryAttempts: ${opt:retries}
          bisectBatchOnFunctionError: true
          destinations: {onFailure: {type: sqs, arn: {Fn::GetAtt: [Lost, Arn]}}}
      - sqs: arn:aws:sqs:${aws:region}:111122223333:others
resources:
  Resources:
    Parcels:
      Type: AWS::SQS::Queue
      Properties:
        VisibilityTimeout: 30
        RedrivePolicy: {deadLetterTargetArn: {Fn::GetAtt: [Lost, Arn]}, maxReceiveCount: 5}
    Lost: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 1209600}}
    Stock: {Type: AWS::DynamoDB::Table}
)";

TEST(ServerlessFiles, AreRead) {
  const Linted linted = lint(service);
  ASSERT_THAT(linted.sources, SizeIs(3));
  EXPECT_EQ(linted.sources[0].batch_size.value, 20);
  EXPECT_EQ(linted.sources[0].function.timeout.value, 40);
  EXPECT_EQ(linted.sources[1].kind, SourceKind::dynamodb);
  EXPECT_EQ(linted.sources[1].starting_position.value, "TRIM_HORIZON");  // serverless's default
  EXPECT_EQ(linted.sources[1].function.timeout.value, 5);
  EXPECT_THAT(rules_of(linted),
              UnorderedElementsAre("batch-over-10-without-window", "visibility-timeout-too-short",
                                   "concurrency-above-reserved", "reporting-not-enabled"));
}

TEST(ServerlessFiles, GetFindingsInTheirWordsAndAtTheirPlaces) {
  const Linted linted = lint(service);
  for (const Finding& finding : linted.findings) {
    if (finding.rule->id == "batch-over-10-without-window") {
      EXPECT_EQ(finding.violation.place.line, 12);
      EXPECT_THAT(finding.violation.what, HasSubstr("batchSize of SortLambdaFunction.sqs1 is 20"));
      EXPECT_THAT(finding.violation.instead, HasSubstr("maximumBatchingWindow: 1 or more"));
    }
  }
}

TEST(ServerlessFiles, GetNoWordsOfCloudFormationForTheirEvents) {
  const Linted linted = lint(R"(
service: parcels
provider: {name: aws, timeout: 901}
functions:
  sort:
    reservedConcurrency: 3
    events:
      - sqs: {arn: orders, batchSize: 99, enabled: perhaps, maximumBatchingWindow: 301}
      - sqs: {arn: arn:aws:sqs:eu-west-1:1:a, maximumConcurrency: 1, provisionedPollers: {min: 1, max: 10001}}
      - sqs: {arn: arn:aws:kinesis:eu-west-1:1:stream/a}
      - stream: {arn: arn:aws:dynamodb:eu-west-1:1:table/a, startingPosition: LATEST, maximumRetryAttempts: -2,
          maximumRecordAgeInSeconds: 1, tumblingWindowInSeconds: 901, parallelizationFactor: 11,
          destinations: {onFailure: {type: sqs, arn: arn:aws:sqs:eu-west-1:1:a.fifo}}}
      - stream: {arn: arn:aws:kinesis:eu-west-1:1:stream/a, startingPosition: AT_TIMESTAMP}
)");
  EXPECT_THAT(properties_in(texts_of(linted)),
              UnorderedElementsAre("ReportBatchItemFailures", "SortLambdaFunction", "Kinesis", "GetAtt",
                                   "FailedBatches", "Arn"))
      << texts_of(linted);
}

TEST(ServerlessFiles, HaveProvisionedPollers) {
  std::string text = service;
  text.insert(text.find("          batchSize:"), "          provisionedPollers: {min: 3, max: 5}\n");
  const Linted linted = lint(text);
  EXPECT_TRUE(linted.sources.at(0).provisioned_pollers.value);
  EXPECT_EQ(linted.sources[0].minimum_pollers.value, 3);
  EXPECT_EQ(linted.sources[0].maximum_pollers.value, 5);
}

TEST(ServerlessFiles, HaveWhatResourcesSayOfAFunction) {
  const Linted linted = lint(std::string(service) + R"(    SortLambdaFunction:
      Type: AWS::Lambda::Function
      Properties: {Timeout: 17}
)");
  ASSERT_THAT(linted.sources, SizeIs(3));
  EXPECT_EQ(linted.sources[0].batch_size.value, 20);
  EXPECT_EQ(linted.sources[0].function.timeout.value, 17);
  EXPECT_EQ(linted.sources[0].function.timeout.place.line, 39);
  EXPECT_EQ(linted.sources[1].function.timeout.value, 5);
}

TEST(ServerlessFiles, HaveWhatResourcesAndExtensionsSayOfTheirEvents) {
  const std::string functions = R"(
service: parcels
functions:
  sort-parcels:
    timeout: 5
    events:
      - sqs: {arn: !GetAtt my_Parcels.Arn}
      - sqs: arn:aws:sqs:${aws:region}:111122223333:other-parcels
      - stream: {arn: {Fn::Join: ["/", [arn:aws:kinesis:eu-west-1:1:stream, moves]]}, batchSize: 7}
      - stream: {arn: arn:aws:dynamodb:eu-west-1:1:table/stock/stream/1, type: dynamodb}
resources:
)";
  const auto changes_of = [](const std::string& properties) {
    std::string changes;
    for (const std::string name : {"SQSMyParcels", "SQSOtherparcels", "KinesisMoves", "DynamodbStock"})
      changes.append("    SortDashparcelsEventSourceMapping").append(name).append(": ").append(properties);
    return changes;
  };
  const std::string reports = "{Properties: {FunctionResponseTypes: [ReportBatchItemFailures]}}\n";
  for (const std::string section : {"extensions", "Resources"}) {
    const Linted linted = lint(functions + "  " + section + ":\n" + changes_of(reports));
    ASSERT_THAT(linted.sources, SizeIs(4)) << section;
    EXPECT_EQ(linted.sources[2].batch_size.value, 7);
    EXPECT_THAT(rules_of(linted), Not(Contains("reporting-not-enabled"))) << section;
    const Linted unread =
        lint(functions + "  " + section + ":\n" + changes_of("{Properties: '${file(a.yml)}'}\n"));
    EXPECT_THAT(rules_of(unread), Not(Contains("reporting-not-enabled"))) << section;
    EXPECT_THAT(unread.notes, Not(IsEmpty())) << section;
  }
  const Linted unknown =
      lint(functions + "  Resources: {SortDashparcelsLambdaFunction: '${file(a.yml)}'}\n  extensions:\n" +
           changes_of(reports));
  EXPECT_THAT(unknown.sources, IsEmpty());
  EXPECT_THAT(texts_of(unknown), HasSubstr("properties of SortDashparcelsLambdaFunction are not known"));
  const Linted function = lint(functions + R"(  extensions:
    SortDashparcelsLambdaFunction: {Properties: {Timeout: 17}}
    SortDashparcelsLogGroup: {Properties: {RetentionInDays: 1}}
    SortDashparcelsEventSourceMappingSQSGone: {Properties: {BatchSize: 1}}
)");
  EXPECT_EQ(function.sources.at(0).function.timeout.value, 17);
  ASSERT_THAT(function.notes,
              Contains(testing::Field(&Note::text,
                                      HasSubstr("the extension SortDashparcelsEventSourceMappingSQSGone of "
                                                "an event that is not known is not read"))));
}

TEST(ServerlessFiles, HaveEventsOfKafka) {
  const std::string functions = R"(
service: parcels
functions:
  sort:
    events:
      - msk: {arn: arn:aws:kafka:eu-west-1:1:cluster/big-one/1-2, topic: parcels, startingPosition: LATEST}
      - kafka: {bootstrapServers: ["b:9092"], topic: parcels, accessConfigurations: {vpcSubnet: [subnet-1]}}
      - activemq: {arn: arn:aws:mq:eu-west-1:1:broker, queue: parcels}
)";
  const Linted linted = lint(functions);
  ASSERT_THAT(linted.sources, SizeIs(2));
  EXPECT_EQ(linted.sources[0].kind, SourceKind::kafka);
  EXPECT_EQ(linted.sources[1].kind, SourceKind::kafka);
  EXPECT_EQ(linted.sources[1].batch_size.value, 100);
  EXPECT_THAT(rules_of(linted), UnorderedElementsAre("reporting-not-enabled", "endless-stream-retries",
                                                     "no-on-failure-destination", "starting-position-latest",
                                                     "reporting-not-enabled", "endless-stream-retries",
                                                     "no-on-failure-destination"));
  EXPECT_THAT(texts_of(linted), HasSubstr("FunctionResponseTypes: [ReportBatchItemFailures]"))
      << "serverless has no word for it";
  const std::string settings = R"({Properties: {FunctionResponseTypes: [ReportBatchItemFailures],
      MaximumRetryAttempts: 3, BisectBatchOnFunctionError: true, StartingPosition: TRIM_HORIZON,
      ProvisionedPollerConfig: {MinimumPollers: 1},
      DestinationConfig: {OnFailure: {Destination: arn:aws:sqs:eu-west-1:1:lost}}}}
)";
  EXPECT_THAT(
      rules_of(lint(functions + "resources:\n  extensions:\n    SortEventSourceMappingMSKBigoneParcels: " +
                    settings + "    SortEventSourceMappingKafkaParcels: " + settings)),
      IsEmpty());
}

TEST(ServerlessFiles, CutTheTopicInTheNameOfAMapping) {
  const std::string topic(100, 'p');
  const auto name_of = [&](const std::string& kind, std::size_t letters) {
    return "SortEventSourceMapping" + kind + "P" + topic.substr(1, letters - 1);
  };
  const auto notes_with = [&](const std::string& event, const std::string& mapping) {
    return lint("service: parcels\nfunctions:\n  sort:\n    events:\n      - " + event + ", topic: " + topic +
                "}\nresources:\n  extensions:\n    " + mapping + ": {Properties: {BatchSize: 7}}\n")
        .notes;
  };
  const std::string msk = "msk: {arn: arn:aws:kafka:eu-west-1:1:cluster/big/1-2";
  const std::string kafka = "kafka: {bootstrapServers: [b]";
  EXPECT_THAT(notes_with(msk, name_of("MSKBig", 79)), IsEmpty());
  EXPECT_THAT(notes_with(msk, name_of("MSKBig", 100)), SizeIs(1));
  EXPECT_THAT(notes_with(kafka, name_of("Kafka", 100)), IsEmpty());
}

TEST(ServerlessFiles, NoteAChangedMappingOfNoKnownEvent) {
  const Linted linted = lint(R"(
service: parcels
functions:
  sort:
    events:
      - sqs: {arn: "arn:aws:sqs:eu-west-1:1:parcels-${sls:stage}"}
resources:
  Resources:
    SortEventSourceMappingSQSParcelsdev: {Properties: {FunctionResponseTypes: [ReportBatchItemFailures]}}
)");
  EXPECT_THAT(linted.notes,
              Contains(testing::Field(&Note::text, HasSubstr("of an event that is not known"))));
}

TEST(ServerlessFiles, NoteVariablesThatServerlessFillsIn) {
  const Linted linted = lint(service);
  ASSERT_THAT(linted.notes, SizeIs(2));
  EXPECT_THAT(linted.notes[0].text,
              HasSubstr("serverless fills in ${opt:retries}: lint what serverless package writes, "
                        ".serverless/cloudformation-template-update-stack.json"));
}

TEST(ServerlessFiles, NoteWhatIsInOtherFiles) {
  const Linted linted = lint("service: a\nfunctions: ${file(functions.yml)}\n");
  ASSERT_THAT(linted.notes, SizeIs(1));
  EXPECT_EQ(linted.notes[0].place.line, 2);
  EXPECT_THAT(linted.notes[0].text, HasSubstr("functions of another file are not read"));
  for (const std::string resources :
       {"${file(a.yml)}", "\n  - ${file(a.yml)}", "\n  Resources: ${file(a.yml)}"}) {
    const auto notes = lint("service: a\nfunctions: {}\nresources: " + resources + "\n").notes;
    ASSERT_THAT(notes, SizeIs(1)) << resources;
    EXPECT_THAT(notes[0].text, HasSubstr("resources of another file are not read")) << resources;
  }
}

TEST(ServerlessFiles, NoteTheSectionsOfOtherFilesThatMayChangeAResource) {
  const auto notes_of = [](const std::string& section) {
    return lint("service: a\nfunctions: {}\nresources:\n  " + section + "\n").notes;
  };
  for (const std::string name : {"Parameters", "Mappings", "Conditions", "extensions"}) {
    const auto notes = notes_of(name + ": ${file(a.yml)}");
    ASSERT_THAT(notes, SizeIs(1)) << name;
    EXPECT_EQ(notes[0].place.line, 4);
    EXPECT_THAT(notes[0].text, HasSubstr("the " + name + " of another file are not read"));
  }
  EXPECT_THAT(notes_of("Outputs: ${file(a.yml)}"), IsEmpty()) << "no rule is about them";
  const auto notes = notes_of("Resources: {Orders: {Type: '${opt:type}', Properties: {A: b}}}");
  ASSERT_THAT(notes, SizeIs(1));
  EXPECT_THAT(notes[0].text,
              HasSubstr("the type of the resource Orders that the option ${opt:type} gives is not read"));
}

/// The text of the one note.
std::string note_of(const std::string& text) {
  const auto notes = lint(text).notes;
  EXPECT_THAT(notes, SizeIs(1)) << text;
  return notes.empty() ? "" : notes[0].text;
}

TEST(ServerlessFiles, NoteASingleFunctionEventOrResourceOfAnotherFile) {
  EXPECT_THAT(note_of("service: a\nfunctions:\n  sort: ${file(sort.yml)}\n"),
              HasSubstr("properties of SortLambdaFunction are not known: serverless fills in "
                        "${file(sort.yml)}: lint what serverless package writes"));
  EXPECT_THAT(
      note_of("service: a\nfunctions:\n  sort: {events: '${file(events.yml)}'}\n"),
      HasSubstr("events of SortLambdaFunction are not known: serverless fills in ${file(events.yml)}:"));
  EXPECT_THAT(note_of("service: a\nfunctions:\n  sort: {events: ['${file(event.yml)}']}\n"),
              HasSubstr("an event of another file is not read: lint what serverless package writes"));
  EXPECT_THAT(note_of("service: a\nfunctions:\n  sort: {events: [sqs: '${file(events.yml):queue}']}\n"),
              HasSubstr("an event of another file is not read"));
  EXPECT_THAT(note_of("service: a\nfunctions: {}\nresources: {Resources: {Orders: '${file(orders.yml)}'}}\n"),
              HasSubstr("the resource Orders of another file is not read: lint what serverless package"));
}

TEST(ServerlessFiles, NameAVariableThatHoldsAnotherWhole) {
  EXPECT_THAT(note_of("service: a\nfunctions:\n  sort: ${file(${opt:stage}.yml):sort}\n"),
              HasSubstr("serverless fills in ${file(${opt:stage}.yml):sort}: lint what"));
  EXPECT_THAT(
      note_of("service: a\nfunctions: {}\nresources: {Resources: {Orders: '${file(${opt:a}.yml)}'}}\n"),
      HasSubstr("the resource Orders of another file is not read"));
}

TEST(ServerlessFiles, NameTheKindOfTheVariable) {
  const auto functions = [](const std::string& variable) {
    return note_of("service: a\nfunctions: " + variable + "\n");
  };
  EXPECT_THAT(
      functions("${self:custom.functions}"),
      HasSubstr("functions that the variable ${self:custom.functions} gives are not read: lint what"));
  EXPECT_THAT(functions("${opt:functions}"),
              HasSubstr("functions that the option ${opt:functions} gives are not read"));
  EXPECT_THAT(functions("${env:FUNCTIONS}"),
              HasSubstr("functions that the environment variable ${env:FUNCTIONS} gives are not read"));
  EXPECT_THAT(functions("${ssm:/functions}"),
              HasSubstr("functions that the variable ${ssm:/functions} gives"));
  EXPECT_THAT(note_of("service: a\nfunctions: {}\nresources: {Resources: {Orders: '${opt:orders}'}}\n"),
              HasSubstr("the resource Orders that the option ${opt:orders} gives is not read"));
  EXPECT_THAT(lint("service: a\nfunctions: none\n").notes, IsEmpty());
}

TEST(ServerlessFiles, HaveTheMapsThatTheirVariablesName) {
  const Linted linted = lint(R"(
service: parcels
provider: ${self:custom.provider}
functions:
  sort: ${self:custom.sort}
custom:
  provider: {timeout: 40}
  sort:
    events:
      - sqs: ${self:custom.queue}
  queue: {arn: {Fn::GetAtt: [Parcels, Arn]}, batchSize: 20, functionResponseType: ReportBatchItemFailures}
  queues:
    Parcels:
      Type: AWS::SQS::Queue
      Properties: {VisibilityTimeout: 240}
resources:
  Resources: ${self:custom.queues}
)");
  EXPECT_THAT(linted.notes, IsEmpty());
  ASSERT_THAT(linted.sources, SizeIs(1));
  EXPECT_EQ(linted.sources[0].batch_size.value, 20);
  EXPECT_EQ(linted.sources[0].function.timeout.value, 40);
  EXPECT_THAT(rules_of(linted), UnorderedElementsAre("batch-over-10-without-window", "no-dead-letter-queue"));
}

TEST(ServerlessFiles, EndLookupsThatGrowWithoutEnd) {
  std::string text = "service: a\nfunctions: ${self:custom.a}\ncustom:\n  a: {";
  for (int entry = 0; entry < 50; ++entry) text += "f" + std::to_string(entry) + ": '${self:custom.a}', ";
  EXPECT_THAT(lint(text + "z: 1}\n").sources, IsEmpty());
  EXPECT_THAT(lint("service: a\nfunctions: ${self:}\n").sources, IsEmpty());
}

TEST(ServerlessFiles, DoNotJudgeByDefaultsWhatIsInOtherFiles) {
  const auto judged = [](const std::string& event, const std::string& resources = "") {
    const Linted linted =
        lint("service: a\nprovider: ${file(provider.yml)}\nfunctions:\n  sort:\n    events: [" + event +
             "]\nresources:\n  Resources:\n    Parcels: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: "
             "{deadLetterTargetArn: arn:aws:sqs:eu-west-1:1:lost, maxReceiveCount: 5}}}\n" +
             resources);
    EXPECT_THAT(linted.notes, Not(IsEmpty())) << event;
    return rules_of(linted);
  };
  const std::string queue = "sqs: {arn: !GetAtt Parcels.Arn, functionResponseType: ReportBatchItemFailures";
  EXPECT_THAT(judged(queue + "}"), IsEmpty());
  EXPECT_THAT(judged(queue + ", maximumConcurrency: 5, provisionedPollers: '${file(pollers.yml)}'}"),
              IsEmpty());
  EXPECT_THAT(judged("stream: {arn: arn:aws:kinesis:eu-west-1:1:stream/a, maximumRetryAttempts: 3, "
                     "functionResponseType: ReportBatchItemFailures, bisectBatchOnFunctionError: true, "
                     "destinations: '${file(destinations.yml)}'}"),
              IsEmpty());
  EXPECT_THAT(judged(queue + ", batchSize: 20}", "    SortLambdaFunction: ${file(sort.yml)}\n"), IsEmpty());
  EXPECT_THAT(judged(queue + ", batchSize: 20}",
                     "    SortLambdaFunction: {Properties: '${file(sort.yml):Properties}'}\n"),
              IsEmpty());
}

TEST(ServerlessFiles, GetWordsOfCloudFormationForTheirResources) {
  const Linted linted = lint(R"(
service: parcels
functions:
  sort:
    timeout: 901
    events:
      - sqs: {arn: arn:aws:sqs:eu-west-1:1:a, batchSize: 10001}
resources:
  Resources:
    Mapping:
      Type: AWS::Lambda::EventSourceMapping
      Properties:
        EventSourceArn: arn:aws:sqs:eu-west-1:1:b
        FunctionName: !Ref SortLambdaFunction
        BatchSize: 10002
        MaximumBatchingWindowInSeconds: ${opt:window}
        ProvisionedPollerConfig: {MinimumPollers: 20, MaximumPollers: 10}
    Pipe:
      Type: AWS::Pipes::Pipe
      Properties:
        Source: arn:aws:kinesis:eu-west-1:1:stream/a
        SourceParameters: {KinesisStreamParameters: {MaximumRetryAttempts: -2, StartingPosition: LATEST}}
)");
  const std::string texts = texts_of(linted);
  for (const std::string words :
       {"batchSize of SortLambdaFunction.sqs1 is 10001", "functionResponseType: ReportBatchItemFailures\n",
        "timeout of SortLambdaFunction is 901", "BatchSize of Mapping is 10002",
        "FunctionResponseTypes: [ReportBatchItemFailures]\n",
        "MinimumPollers of Mapping is 20, and MaximumPollers is 10",
        "MaximumBatchingWindowInSeconds of Mapping is not known", "MaximumRetryAttempts of Pipe is -2",
        "StartingPosition of Pipe is LATEST"})
    EXPECT_THAT(texts, HasSubstr(words));
}

/// With any part taken out, the rest is read or refused; nothing else is thrown.
TEST(DamagedFormats, AreReadOrRefused) {
  for (const std::string& whole : {plan, service}) {
    for (std::size_t begin = 0; begin < whole.size(); begin += 17) {
      for (const std::size_t length : {1U, 9U, 40U}) {
        std::string text = whole;
        text.erase(begin, length);
        try {
          lint(text);
        } catch (const TemplateError&) {
          continue;
        }
      }
    }
  }
}

}  // namespace
}  // namespace batchproof::lint
