// Plans and states of Terraform.

#include <gmock/gmock.h>

#include <batchproof/lint/lint.hpp>
#include <string>

#include "linted_words.hpp"

namespace batchproof::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

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

TEST(TerraformPlans, KeepTheNamesThatTheUserGave) {
  for (const std::string name : {"aws_sqs_queue.Source", "aws_sqs_queue.of_Timeout", "aws_sqs_queue.a-Source",
                                 R"(aws_sqs_queue.q[\"eu Timeout\"])"}) {
    std::string text = plan;
    const std::string old = "aws_sqs_queue.parcels";
    for (std::size_t at = text.find(old); at != std::string::npos; at = text.find(old, at + name.size()))
      text.replace(at, old.size(), name);
    std::string all;
    for (const Finding& finding : lint(text).findings) all += finding.violation.what + "\n";
    std::string shown = name;
    std::erase(shown, '\\');
    EXPECT_THAT(all, HasSubstr("visibility_timeout_seconds of " + shown + " is 20 s"));
  }
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

/// A pipe from a queue to what the plan knows only after apply.
Linted planned_pipe_to(const std::string& target) {
  return lint(R"({"format_version": "1.2", "planned_values": {"root_module": {"resources": [
  {"address": "aws_lambda_function.sort", "mode": "managed", "type": "aws_lambda_function",
   "values": {"timeout": 44}},
  {"address": "aws_sfn_state_machine.sort", "mode": "managed", "type": "aws_sfn_state_machine", "values": {}},
  {"address": "aws_sqs_queue.lost", "mode": "managed", "type": "aws_sqs_queue",
   "values": {"name": "lost", "message_retention_seconds": 1209600}},
  {"address": "aws_sqs_queue.parcels", "mode": "managed", "type": "aws_sqs_queue",
   "values": {"redrive_policy":
     "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:1:lost\",\"maxReceiveCount\":5}"}},
  {"address": "aws_pipes_pipe.parcels", "mode": "managed", "type": "aws_pipes_pipe", "values": {}}]}},
 "configuration": {"root_module": {"resources": [
  {"address": "aws_pipes_pipe.parcels",
   "expressions": {"source": {"references": ["aws_sqs_queue.parcels.arn"]},
                   "target": {"references": [")" +
              target + "\"]}}}]}}}");
}

TEST(TerraformPlans, JoinAPipeWithItsTarget) {
  EXPECT_THAT(rules_of(planned_pipe_to("aws_lambda_function.sort.arn")),
              ElementsAre("visibility-timeout-too-short"));
  const Linted machine = planned_pipe_to("aws_sfn_state_machine.sort.arn");
  EXPECT_THAT(machine.sources, SizeIs(1));
  EXPECT_EQ(texts_of(machine), "");
  EXPECT_THAT(texts_of(planned_pipe_to("local.function")),
              HasSubstr("target of aws_pipes_pipe.parcels is not known"));
}

TEST(TerraformPlans, AreReadOrRefusedWhereTheyAreDamaged) { expect_to_be_read_or_refused(plan); }

}  // namespace
}  // namespace batchproof::lint
