#include "read/terraform_names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace batchproof::lint {
namespace {

struct TerraformName {
  std::string_view name;
  std::string_view cloudformation;
};

/// The resource types that the rules need.
constexpr std::array terraform_types{
    TerraformName{"aws_lambda_event_source_mapping", "AWS::Lambda::EventSourceMapping"},
    TerraformName{"aws_sqs_queue", "AWS::SQS::Queue"},
    TerraformName{"aws_lambda_function", "AWS::Lambda::Function"},
    TerraformName{"aws_lambda_alias", "AWS::Lambda::Alias"},
    TerraformName{"aws_kinesis_stream", "AWS::Kinesis::Stream"},
    TerraformName{"aws_kinesis_stream_consumer", "AWS::Kinesis::StreamConsumer"},
    TerraformName{"aws_dynamodb_table", "AWS::DynamoDB::Table"},
    TerraformName{"aws_sns_topic", "AWS::SNS::Topic"},
    TerraformName{"aws_pipes_pipe", "AWS::Pipes::Pipe"},
    TerraformName{"aws_msk_cluster", "AWS::MSK::Cluster"},
    TerraformName{"aws_mq_broker", "AWS::AmazonMQ::Broker"},
    // Targets of pipes that are no functions.
    TerraformName{"aws_sfn_state_machine", "AWS::StepFunctions::StateMachine"},
    TerraformName{"aws_cloudwatch_event_bus", "AWS::Events::EventBus"},
    TerraformName{"aws_cloudwatch_event_api_destination", "AWS::Events::ApiDestination"},
    TerraformName{"aws_kinesis_firehose_delivery_stream", "AWS::KinesisFirehose::DeliveryStream"},
    TerraformName{"aws_ecs_cluster", "AWS::ECS::Cluster"},
};

/// Arguments whose names in CloudFormation are other words.
constexpr std::array renamed_arguments{
    TerraformName{"visibility_timeout_seconds", "VisibilityTimeout"},
    TerraformName{"message_retention_seconds", "MessageRetentionPeriod"},
    TerraformName{"retention_period", "RetentionPeriodHours"},
    TerraformName{"destination_arn", "Destination"},
    TerraformName{"stream_arn", "StreamARN"},
    TerraformName{"dynamodb_stream_parameters", "DynamoDBStreamParameters"},
    TerraformName{"activemq_broker_parameters", "ActiveMQBrokerParameters"},
    TerraformName{"rabbitmq_broker_parameters", "RabbitMQBrokerParameters"},
    TerraformName{"filter", "Filters"},
};

template <std::size_t Size>
std::string_view renamed(const std::array<TerraformName, Size>& table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [=](const TerraformName& entry) { return entry.name == name; });
  return found == table.end() ? std::string_view() : found->cloudformation;
}

}  // namespace

std::string_view resource_type_of(std::string_view terraform_type) {
  return renamed(terraform_types, terraform_type);
}

std::string property_of(std::string_view type, std::string_view argument) {
  if (argument == "name" && type == "aws_sqs_queue") return "QueueName";
  if (const std::string_view other = renamed(renamed_arguments, argument); !other.empty())
    return std::string(other);
  std::string property;
  bool begins_word = true;
  for (const char letter : argument) {
    const bool is_small = letter >= 'a' && letter <= 'z';
    if (letter != '_') property += begins_word && is_small ? static_cast<char>(letter - 32) : letter;
    begins_word = letter == '_';
  }
  return property;
}

std::string attribute_in_cloudformation(std::string_view type, std::string_view attribute) {
  if (attribute == "stream_arn") return "StreamArn";
  if (attribute == "arn" || attribute.empty()) return "Arn";
  if (attribute == "id" && type != "aws_sqs_queue" && type != "aws_dynamodb_table") return "Arn";
  return attribute == "id" || attribute == "url" || attribute == "name" ? "" : std::string(attribute);
}

}  // namespace batchproof::lint
