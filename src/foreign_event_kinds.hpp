#pragma once

// Events that no processor reads: how to recognise each, and the advice for the person who deployed the
// function. They are those of "Invoking Lambda with events from other AWS services", AWS Lambda developer
// guide.
//
//     std::find_if(foreign_by_source.begin(), foreign_by_source.end(),
//                  [=](const ForeignBySource& row) { return row.source == source; });

#include <array>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// "After the function processes the event, Lambda doesn't return a response to the event-generating
/// service."
inline constexpr const char* asynchronous_page =
    "\"Invoking Lambda with events from other AWS services\", AWS Lambda developer guide";

/// Recognised by the `eventSource` of the event or of its first record.
struct ForeignBySource {
  std::string_view source;
  const char* description;
  const char* aws_page = "";  ///< that says why
};

inline constexpr const char* foreign_active_mq =
    "an event of Amazon MQ, from an ActiveMQ broker: Lambda delivers its messages again as a whole; read "
    "\"messages\" yourself, and throw where one fails";
inline constexpr const char* amazon_mq_page = "\"Using Lambda with Amazon MQ\", AWS Lambda developer guide";

inline constexpr std::array foreign_by_source{
    ForeignBySource{
        "aws:sns",
        "an Amazon SNS notification: SNS reads no partial batch response; subscribe an SQS queue to the "
        "topic, and let the function read the queue",
        asynchronous_page},
    ForeignBySource{
        "aws:s3",
        "an Amazon S3 event notification: S3 reads no partial batch response; let the bucket notify an SQS "
        "queue, and let the function read the queue",
        asynchronous_page},
    ForeignBySource{
        "aws:ses",
        "a mail that Amazon SES received: SES reads no partial batch response; let the receipt rule publish "
        "to an SNS topic with an SQS queue, and let the function read the queue",
        asynchronous_page},
    ForeignBySource{"aws:mq", foreign_active_mq, amazon_mq_page},
    ForeignBySource{"aws:amq", foreign_active_mq, amazon_mq_page},  // in the samples of several runtimes
    ForeignBySource{
        "aws:rmq",
        "an event of Amazon MQ, from a RabbitMQ broker: Lambda delivers its messages again as a whole; read "
        "\"rmqMessagesByQueue\" yourself, and throw where one fails",
        amazon_mq_page},
    ForeignBySource{
        "aws:docdb",
        "an Amazon DocumentDB change event: Lambda delivers its events again as a whole; read \"events\" "
        "yourself, and throw where one fails",
        "\"Using AWS Lambda with change streams\", Amazon DocumentDB developer guide"},
    ForeignBySource{"aws:codecommit", "an AWS CodeCommit trigger: it reads no partial batch response"},
};

/// Recognised by fields of the event.
struct ForeignByFields {
  std::array<std::string_view, 3> fields;  ///< the event has all of these; "" asks for none
  const char* description;
  const char* aws_page = "";  ///< that says why
};

inline constexpr const char* foreign_http =
    "an HTTP request is not a batch; send its body to an SQS queue, or handle it in a function of its own";

inline constexpr std::array foreign_by_fields{
    ForeignByFields{
        {"deliveryStreamArn", "records"},
        "an Amazon Data Firehose transformation: Firehose reads another response, \"records\" with a "
        "recordId and a result each; answer it without a batch processor",
        "\"Required parameters for data transformation\", Amazon Data Firehose developer guide"},
    ForeignByFields{
        {"detail-type", "detail"},
        "an Amazon EventBridge event: EventBridge reads no partial batch response; make an SQS queue the "
        "target of the rule, and let the function read the queue"},
    ForeignByFields{
        {"awslogs"},
        "an Amazon CloudWatch Logs subscription: it reads no partial batch response; let the logs go to a "
        "Kinesis data stream, and let the function read the stream"},
    ForeignByFields{
        {"Service", "Event", "Bucket"},
        "the test event that Amazon S3 sends once when a notification is set up: it holds no records; answer "
        "it with success"},
    ForeignByFields{
        {"Type", "TopicArn", "Message"},
        "the envelope of an Amazon SNS message, as it stands in the body of an SQS message: pass the event "
        "that holds it"},
    ForeignByFields{
        {"Messages"},
        "the answer of SQS's ReceiveMessage, as the AWS CLI, SDKs and Step Functions give it: its names are "
        "not those of an event; let an event source mapping of the queue invoke the function"},
    ForeignByFields{{"batchItemFailures"}, "a response, not an event: pass what the function receives"},
    ForeignByFields{
        {"requestContext", "responsePayload"},
        "an invocation record of an on-failure destination: it names the batch, and does not hold it"},
    ForeignByFields{
        {"KinesisBatchInfo"},
        "an invocation record of an on-failure destination: it names records of a Kinesis stream, and does "
        "not hold them; read them from the stream by their sequence numbers"},
    ForeignByFields{
        {"DDBStreamBatchInfo"},
        "an invocation record of an on-failure destination: it names records of a DynamoDB stream, and does "
        "not hold them; read them from the stream by their sequence numbers"},
    ForeignByFields{{"triggerSource", "userPoolId"}, "an Amazon Cognito trigger: it is not a batch"},
    ForeignByFields{{"RequestType", "ResponseURL"},
                    "an AWS CloudFormation custom resource request: it is not a batch"},
    ForeignByFields{
        {"invocationSchemaVersion", "tasks"},
        "an Amazon S3 Batch Operations task: S3 reads another response, \"results\" with a taskId each"},
    ForeignByFields{{"configRuleId"}, "an AWS Config evaluation: it is not a batch"},
    ForeignByFields{{"CodePipeline.job"}, "an AWS CodePipeline job: it is not a batch"},
};

}  // namespace batchproof::inline v0_1::detail
