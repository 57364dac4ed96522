// Finds the source that an ARN or a reference names, and recognises texts that people write instead of an
// ARN:
//
//     const std::string service = part_of_arn(arn, service_in_arn);
//     if (const Reaching* const found = find(services, service)) return found->reached;

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "sources/context.hpp"

namespace batchproof::lint {
namespace {

constexpr std::size_t service_in_arn = 2;
constexpr std::size_t table_in_arn = 5;
constexpr std::string_view stream_of_table = "/stream/";

struct Reaching {
  std::string_view name;  ///< a resource type, or the service in an ARN
  Reached reached;
};

constexpr std::array resource_types{
    Reaching{"AWS::SQS::Queue", Reached::sqs},
    Reaching{"AWS::Kinesis::Stream", Reached::kinesis},
    Reaching{"AWS::Kinesis::StreamConsumer", Reached::kinesis},
    Reaching{"AWS::DynamoDB::Table", Reached::dynamodb},
    Reaching{"AWS::DynamoDB::GlobalTable", Reached::dynamodb},
    Reaching{"AWS::Serverless::SimpleTable", Reached::dynamodb},
    Reaching{"AWS::MSK::Cluster", Reached::kafka},
    Reaching{"AWS::MSK::ServerlessCluster", Reached::kafka},
    Reaching{"AWS::AmazonMQ::Broker", Reached::something_else},
    Reaching{"AWS::DocDB::DBCluster", Reached::something_else},
    Reaching{"AWS::DocDBElastic::Cluster", Reached::something_else},
    Reaching{"AWS::SNS::Topic", Reached::something_else},
};

constexpr std::array services{
    Reaching{"sqs", Reached::sqs},
    Reaching{"kinesis", Reached::kinesis},
    Reaching{"dynamodb", Reached::dynamodb},
    Reaching{"kafka", Reached::kafka},
};

/// Resources of AWS whose values may be any text, such as the ARN of a function.
constexpr std::array<std::string_view, 2> types_of_any_text{"AWS::CloudFormation::CustomResource",
                                                            "AWS::SSM::Parameter"};

struct Named {
  std::string_view name;  ///< a resource type
  std::string_view in_words;
};

/// `Ref` of these returns a name, and the attribute `Arn` the ARN.
constexpr std::array types_with_names{
    Named{"AWS::Kinesis::Stream", "stream"},
    Named{"AWS::Lambda::Function", "function"},
    Named{"AWS::Serverless::Function", "function"},
    Named{"AWS::Events::EventBus", "event bus"},
    Named{"AWS::S3::Bucket", "bucket"},
    Named{"AWS::Logs::LogGroup", "log group"},
    Named{"AWS::ECS::Cluster", "cluster"},
    Named{"AWS::KinesisFirehose::DeliveryStream", "stream"},
};

template <class Entry, std::size_t Size>
const Entry* find(const std::array<Entry, Size>& table, std::string_view name) {
  const auto found =
      std::find_if(table.begin(), table.end(), [=](const Entry& entry) { return entry.name == name; });
  return found == table.end() ? nullptr : &*found;
}

/// The value that a reference returns instead of the ARN that is needed; empty when it returns that ARN.
struct Given {
  std::string text{};
  std::string_view attribute{};  ///< the attribute that returns the ARN
  bool is_plain_text = false;
};

Given given_by(const std::string& type, const std::string& id, const std::string& attribute) {
  if (type == "AWS::SQS::Queue") {
    if (attribute.empty() || attribute == "QueueUrl")
      return {fmt::format("the URL of the queue {}", id), "Arn"};
    if (attribute == "QueueName") return {fmt::format("the name of the queue {}", id), "Arn"};
  }
  if (const Named* const named = find(types_with_names, type); named != nullptr && attribute.empty())
    return {fmt::format("the name of the {} {}", named->in_words, id), "Arn"};
  if (type == "AWS::DynamoDB::Table" || type == "AWS::DynamoDB::GlobalTable") {
    if (attribute.empty()) return {fmt::format("the name of the table {}", id), "StreamArn"};
    if (attribute == "Arn")
      return {fmt::format("the ARN of the table {}, not of its stream", id), "StreamArn"};
  }
  if (type == "AWS::SNS::Topic" && attribute == "TopicName")
    return {fmt::format("the name of the topic {}", id), "TopicArn"};
  return {};
}

Given given_by_text(const std::string& text, const std::vector<std::string>& parts) {
  const bool is_table = parts.size() == table_in_arn + 1 && parts[service_in_arn] == "dynamodb" &&
                        parts[table_in_arn].starts_with("table/") &&
                        parts[table_in_arn].find(stream_of_table) == std::string::npos;
  if (is_table) return {"the ARN of a table, not of its stream"};
  // A topic of Kafka may be a destination.
  if (text.starts_with("arn:") || text.starts_with("kafka://")) return {};
  if (text.starts_with("http")) return {fmt::format("the URL \"{}\"", text)};
  return {.text = fmt::format("\"{}\"", text), .is_plain_text = true};
}

/// The service in an ARN; empty when it is not known.
std::string service_of(const Value& arn) {
  const std::string service = part_of_arn(arn, service_in_arn);
  return service.find_first_of("*$") == std::string::npos ? service : "";
}

}  // namespace

Reached reached_by(const Context& context, const Value& arn) {
  if (arn.kind != Value::Kind::text) return Reached::unknown;
  if (const Piece* const named = arn.resource(); named != nullptr && arn.pieces.size() == 1) {
    const Reaching* const found = find(resource_types, context.declarations.resource(arn).type);
    return found == nullptr ? Reached::unknown : found->reached;
  }
  const std::string service = service_of(arn);
  if (const Reaching* const found = find(services, service)) return found->reached;
  return service.empty() ? Reached::unknown : Reached::something_else;
}

bool may_be_function(const Context& context, const Value& arn) {
  if (const std::string service = service_of(arn); !service.empty()) return service == "lambda";
  const Declared named = context.declarations.resource(arn);
  const bool has_any_text =
      !named.type.starts_with("AWS::") ||
      std::find(types_of_any_text.begin(), types_of_any_text.end(), named.type) != types_of_any_text.end();
  return has_any_text || named.is_function() || named.type.starts_with("AWS::Lambda::");
}

bool is_stream_of_table(const Value& arn) {
  const Piece* const named = arn.resource();
  if (named != nullptr && arn.pieces.size() == 1) return named->attribute == "StreamArn";
  return part_of_arn(arn, table_in_arn).find(stream_of_table) != std::string::npos;
}

SourceKind source_kind(Reached reached) {
  switch (reached) {
    case Reached::sqs:
      return SourceKind::sqs;
    case Reached::kinesis:
      return SourceKind::kinesis;
    case Reached::dynamodb:
      return SourceKind::dynamodb;
    case Reached::kafka:
      return SourceKind::kafka;
    case Reached::something_else:
    case Reached::unknown:
      break;
  }
  return SourceKind::stream;
}

void add_if_no_arn(const Context& context, const PropertyReader& properties, std::string_view key,
                   std::vector<WrongArn>& wrong) {
  const Value value = properties.value(key);
  if (value.kind != Value::Kind::text) return;
  Given given;
  std::string id;
  if (value.pieces.size() == 1 && value.pieces[0].kind == Piece::Kind::resource) {
    id = value.pieces[0].text;
    given = given_by(context.declarations.resource(value).type, id, value.pieces[0].attribute);
  } else if (const auto literal = value.literal()) {
    given = given_by_text(*literal, value.parts());
  }
  if (given.text.empty()) return;
  const std::string instead = given.attribute.empty()
                                  ? fmt::format("{}: the ARN", key)
                                  : fmt::format("{}: !GetAtt {}.{}", key, id, given.attribute);
  wrong.push_back({.place = properties.place(key),
                   .property = properties.name(key),
                   .given = given.text,
                   .instead = instead,
                   .is_plain_text_of_parameter = given.is_plain_text && properties.is_reference(key)});
}

}  // namespace batchproof::lint
