#include <gmock/gmock.h>

#include <batchproof/lint/lint.hpp>
#include <string>
#include <utility>
#include <vector>

namespace batchproof::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

Linted sources_of(const std::string& text) { return lint(text); }

constexpr const char* plain_queue = R"(
Globals: {Function: {Timeout: 10}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Some: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}
)";

TEST(EventSources, HaveTheDefaultsOfTheServices) {
  const Linted found = sources_of(plain_queue);
  ASSERT_THAT(found.sources, SizeIs(1));
  const EventSource& source = found.sources[0];
  EXPECT_EQ(source.name, "Function.Some");
  EXPECT_EQ(source.kind, SourceKind::sqs);
  EXPECT_EQ(source.batch_size.value, 10);
  EXPECT_EQ(source.batching_window.value, 0);
  EXPECT_FALSE(source.reports_failures.value);
  EXPECT_FALSE(source.fifo.value);
  ASSERT_TRUE(source.queue);
  EXPECT_EQ(source.queue->visibility_timeout.value, 30);
  EXPECT_EQ(source.queue->retention.value, 345'600);
  EXPECT_THAT(found.notes, IsEmpty());
}

TEST(EventSources, TakeTheTimeoutOfTheGlobalsUnlessTheFunctionHasItsOwn) {
  EXPECT_EQ(sources_of(plain_queue).sources[0].function.timeout.value, 10);
  std::string own = plain_queue;
  own.insert(own.find("      Events:"), "      Timeout: 25\n");
  EXPECT_EQ(sources_of(own).sources[0].function.timeout.value, 25);
}

TEST(EventSources, OfAStreamHaveNoLimits) {
  const EventSource source = sources_of(R"(
Resources:
  Stream: {Type: AWS::Kinesis::Stream}
  Function: {Type: AWS::Lambda::Function}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Stream.Arn, FunctionName: !Ref Function}
)")
                                 .sources.at(0);
  EXPECT_EQ(source.kind, SourceKind::kinesis);
  EXPECT_EQ(source.batch_size.value, 100);
  EXPECT_EQ(source.retry_attempts.value, -1);
  EXPECT_EQ(source.record_age.value, -1);
  EXPECT_FALSE(source.bisects.value);
  EXPECT_EQ(source.function.timeout.value, 3);
}

/// A mapping of plain CloudFormation beside a queue, a function, an alias and a version.
Linted mapping_of(const std::string& arn, const std::string& function) {
  return sources_of(R"(
Parameters:
  Prefix: {Type: String, Default: our}
  Elsewhere: {Type: String}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "${Prefix}-orders", VisibilityTimeout: 77}}
  Function: {Type: AWS::Lambda::Function, Properties: {FunctionName: handle-orders, Timeout: 44}}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !GetAtt Function.Arn}}
  Alias: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Function, FunctionVersion: !Ref Version}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: )" +
                    arn + "\n      FunctionName: " + function + "\n");
}

TEST(EventSources, AreJoinedWithTheQueueThatAnArnNames) {
  for (const std::string arn :
       {"!GetAtt Orders.Arn", "!Sub \"${Orders.Arn}\"", "arn:aws:sqs:eu-west-1:123456789012:our-orders",
        "!Sub \"arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Prefix}-orders\"",
        "!Join [\":\", [arn, aws, sqs, !Ref AWS::Region, !Ref AWS::AccountId, !GetAtt Orders.QueueName]]"}) {
    const Linted found = mapping_of(arn, "!Ref Function");
    ASSERT_THAT(found.sources, SizeIs(1)) << arn;
    ASSERT_TRUE(found.sources[0].queue) << arn;
    EXPECT_EQ(found.sources[0].queue->visibility_timeout.value, 77) << arn;
    EXPECT_THAT(found.notes, IsEmpty()) << arn;
  }
}

TEST(EventSources, AreJoinedWithTheFunctionThatIsCalled) {
  for (const std::string function : {"!Ref Function", "!GetAtt Function.Arn", "!Ref Alias", "!Ref Version",
                                     "!Sub \"${Function.Arn}:live\"", "handle-orders",
                                     "arn:aws:lambda:eu-west-1:123456789012:function:handle-orders:live"}) {
    const Linted found = mapping_of("!GetAtt Orders.Arn", function);
    ASSERT_THAT(found.sources, SizeIs(1)) << function;
    EXPECT_TRUE(found.sources[0].function.timeout.is_given()) << function;
    EXPECT_EQ(found.sources[0].function.timeout.value, 44) << function;
  }
}

TEST(EventSources, AreToldByTheirArn) {
  const auto kind = [](const std::string& arn) {
    return mapping_of(arn, "handle-orders").sources.at(0).kind;
  };
  EXPECT_EQ(kind("arn:aws:sqs:eu-west-1:1:x"), SourceKind::sqs);
  EXPECT_EQ(kind("arn:aws:kinesis:eu-west-1:1:stream/x"), SourceKind::kinesis);
  EXPECT_EQ(kind("!Sub \"arn:${AWS::Partition}:dynamodb:eu-west-1:1:table/x/stream/y\""),
            SourceKind::dynamodb);
}

TEST(EventSources, OfUnknownArnsAreNotedAndReadByTheirOtherProperties) {
  const Linted found = mapping_of("!Ref Elsewhere", "!Ref Function");
  ASSERT_THAT(found.sources, SizeIs(1));
  EXPECT_EQ(found.sources[0].kind, SourceKind::sqs);
  ASSERT_THAT(found.notes, SizeIs(1));
  EXPECT_EQ(found.notes[0].place.line, 13);
  EXPECT_EQ(found.notes[0].text,
            "EventSourceArn of Mapping is not known: the parameter Elsewhere has no default; the visibility "
            "timeout and the dead-letter queue were not checked");
}

TEST(EventSources, OfATextThatIsNotAnArnAreRefused) {
  const Linted found = mapping_of("orders", "!Ref Function");
  ASSERT_THAT(found.findings, SizeIs(2));
  EXPECT_EQ(found.findings[1].violation.what, "EventSourceArn of Mapping is \"orders\"");
}

TEST(EventSources, WithAStartingPositionAreStreams) {
  EXPECT_EQ(mapping_of("!Ref Elsewhere\n      StartingPosition: LATEST", "!Ref Function").sources.at(0).kind,
            SourceKind::stream);
  EXPECT_EQ(
      mapping_of("!Ref Elsewhere\n      StartingPosition: AT_TIMESTAMP", "!Ref Function").sources.at(0).kind,
      SourceKind::kinesis);
  EXPECT_EQ(mapping_of("!Ref Elsewhere\n      Topics: [orders]", "!Ref Function").sources.at(0).kind,
            SourceKind::kafka);
  EXPECT_THAT(mapping_of("!Ref Elsewhere\n      Queues: [orders]", "!Ref Function").sources, IsEmpty());
}

TEST(EventSources, OfAnotherAccountReadAnotherQueue) {
  const Linted found =
      mapping_of("arn:aws:sqs:eu-west-1:111122223333:our-orders",
                 "!Ref Function\n  Another:\n    Type: AWS::Lambda::EventSourceMapping\n"
                 "    Properties: {EventSourceArn: \"arn:aws:sqs:us-east-1:444455556666:our-orders\", "
                 "FunctionName: !Ref Function}");
  ASSERT_THAT(found.sources, SizeIs(2));
  EXPECT_FALSE(found.sources[0].queue);
  EXPECT_FALSE(found.sources[1].queue);
  ASSERT_THAT(found.notes, SizeIs(2));
  EXPECT_THAT(found.notes[0].text, HasSubstr("the template does not declare that queue"));
}

TEST(EventSources, OfOtherServicesAreLeftOut) {
  const Linted found = mapping_of("arn:aws:mq:eu-west-1:1:broker:x", "!Ref Function");
  EXPECT_THAT(found.sources, IsEmpty());
  EXPECT_THAT(found.notes, IsEmpty());
}

TEST(EventSources, OfUnknownPropertiesAreNoted) {
  const Linted found = sources_of(
      "Resources:\n  Mapping:\n    Type: AWS::Lambda::EventSourceMapping\n"
      "    Properties: !ImportValue mapping\n");
  EXPECT_THAT(found.sources, IsEmpty());
  ASSERT_THAT(found.notes, SizeIs(1));
  EXPECT_THAT(found.notes[0].text, HasSubstr("nothing of the mapping was checked"));
}

TEST(Pipes, OfWhichNothingIsKnownAreNotedOnce) {
  const auto notes_of = [](const std::string& properties) {
    const Linted found = lint(
        "Parameters: {Elsewhere: {Type: String}}\nResources:\n  Pipe:\n"
        "    Type: AWS::Pipes::Pipe\n    Properties: " +
        properties);
    std::vector<std::string> texts;
    for (const Note& note : found.notes) texts.push_back(note.text);
    return std::pair(found.sources.size(), texts);
  };
  const std::string why = " not known: the parameter Elsewhere has no default";
  EXPECT_THAT(notes_of("!Ref Elsewhere\n"),
              Pair(0, ElementsAre("properties of Pipe are" + why + "; nothing of the pipe was checked")));
  EXPECT_THAT(notes_of("{Source: !Ref Elsewhere, SourceParameters: !Ref Elsewhere}\n"),
              Pair(0, ElementsAre("Source of Pipe is" + why + "; nothing of the pipe was checked")));
  EXPECT_THAT(notes_of("{Source: arn:aws:kinesis:eu-west-1:1:stream/a, SourceParameters: !Ref Elsewhere,\n"
                       "      TargetParameters: !Ref Elsewhere}\n"),
              Pair(1, UnorderedElementsAre("properties in SourceParameters of Pipe are" + why,
                                           "properties in TargetParameters of Pipe are" + why)));
}

TEST(Pipes, OfAnUnknownSourceAreToldByTheirParameters) {
  const auto pipe = [](const std::string& parameters) {
    return sources_of(
        "Parameters: {Elsewhere: {Type: String}}\nResources:\n  Pipe:\n    Type: AWS::Pipes::Pipe\n"
        "    Properties: {Source: !Ref Elsewhere, SourceParameters: {" +
        parameters + "}}\n");
  };
  EXPECT_THAT(pipe("SqsQueueParameters: {BatchSize: 5}").sources, SizeIs(1));
  for (const std::string other :
       {"ManagedStreamingKafkaParameters: {TopicName: orders}",
        "SelfManagedKafkaParameters: {TopicName: orders}", "ActiveMQBrokerParameters: {QueueName: orders}",
        "RabbitMQBrokerParameters: {QueueName: orders}"}) {
    EXPECT_THAT(pipe(other).sources, IsEmpty()) << other;
    EXPECT_THAT(pipe(other).notes, IsEmpty()) << other;
  }
  const Linted unknown = pipe("");
  EXPECT_THAT(unknown.sources, IsEmpty());
  ASSERT_THAT(unknown.notes, SizeIs(1));
  EXPECT_THAT(unknown.notes[0].text, HasSubstr("nothing of the pipe was checked"));
}

TEST(EventSources, MayStandWithinAnIf) {
  std::string text = plain_queue;
  text.replace(text.find("Some: {"), 7, "Some: !If [IsLive, !Ref AWS::NoValue, {");
  text.insert(text.rfind("}}") + 2, "]");
  EXPECT_THAT(sources_of(text).notes, SizeIs(1));  // there is no such condition
  text += "Conditions: {IsLive: !Equals [a, b]}\n";
  const Linted found = sources_of(text);
  EXPECT_THAT(found.sources, SizeIs(1));
  EXPECT_THAT(found.notes, IsEmpty());
}

TEST(EventSources, OfADeploymentThatIsNotTheFirstAreReadToo) {
  std::string text = plain_queue;
  text.replace(text.find("Some: {"), 7, "Some: !If [IsHere, !Ref AWS::NoValue, {");
  text.insert(text.rfind("}}") + 2, "]");
  text += "Conditions: {IsHere: !Equals [!Ref AWS::Region, eu-west-1]}\n";
  const Linted found = sources_of(text);
  EXPECT_THAT(found.sources, SizeIs(1));
  EXPECT_THAT(found.notes, IsEmpty());
  ASSERT_THAT(found.findings, SizeIs(3));
  EXPECT_THAT(found.findings[0].violation.what,
              HasSubstr("Orders has no dead-letter queue, when the condition IsHere is false"));
}

TEST(EventSources, WhoseSettingsAreNotKnownAreNotJudgedByTheirDefaults) {
  std::string text = plain_queue;
  text.insert(text.find("      Events:"), "      ReservedConcurrentExecutions: 5\n");
  text.insert(text.rfind("}}"), ", ScalingConfig: !ImportValue Scaling");
  for (const Finding& finding : sources_of(text).findings)
    EXPECT_NE(finding.rule->id, "concurrency-above-reserved");
}

TEST(EventSources, NoteASettingThatIsNoNumber) {
  std::string text = plain_queue;
  text.replace(text.find("Timeout: 10"), 11, "Timeout: ten");
  const Linted found = sources_of(text);
  EXPECT_FALSE(found.sources.at(0).function.timeout.is_known());
  ASSERT_THAT(found.notes, SizeIs(1));
  EXPECT_THAT(found.notes[0].text, HasSubstr("Timeout of Function is not known: \"ten\" is not a number"));
}

TEST(EventSources, NoteANumberWhoseDefaultIsNoNumber) {
  for (const std::string text :
       {"five", "5 s", "0x5", "5.5", "''", "[5]", "{a: 5}", "99999999999999999999", "null"}) {
    const Linted linted = lint("Parameters: {Five: {Type: Number, Default: " + text + R"(}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: !Ref Five, MessageRetentionPeriod: !Ref Five,
    RedrivePolicy: {deadLetterTargetArn: !ImportValue Failed, maxReceiveCount: !Ref Five}}}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: !Ref Five
      ReservedConcurrentExecutions: !Ref Five
      Events:
        Some:
          Type: SQS
          Properties: {Queue: !GetAtt Orders.Arn, FunctionResponseTypes: [ReportBatchItemFailures],
            BatchSize: !Ref Five, MaximumBatchingWindowInSeconds: !Ref Five,
            ProvisionedPollerConfig: {MinimumPollers: !Ref Five, MaximumPollers: !Ref Five}}
)");
    EXPECT_THAT(linted.findings, IsEmpty()) << text;
    EXPECT_THAT(linted.notes, SizeIs(10)) << text;
    EXPECT_FALSE(linted.sources.at(0).batching_window.is_known()) << text;
  }
  const Linted linted = lint(
      "service: a\ncustom: {window: five}\nfunctions: {sort: {events: [sqs: {arn: arn:aws:sqs:eu-west-1:1:a, "
      "batchWindow: '${self:custom.window}', functionResponseType: ReportBatchItemFailures}]}}\n");
  EXPECT_FALSE(linted.sources.at(0).batching_window.is_known());
  EXPECT_THAT(linted.notes.at(1).text, HasSubstr("maximumBatchingWindow of SortLambdaFunction.sqs1 is not "
                                                 "known: \"five\" is not a number"));
}

TEST(EventSources, ReadARedrivePolicyThatIsAText) {
  const Linted found = sources_of(R"(
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: '{"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:1:failed.fifo", "maxReceiveCount": 4}'
  Function:
    Type: AWS::Serverless::Function
    Properties: {Events: {Some: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}}}
)");
  ASSERT_TRUE(found.sources.at(0).queue->dead_letter_queue);
  const DeadLetterQueue& dead_letters = *found.sources[0].queue->dead_letter_queue;
  EXPECT_EQ(dead_letters.max_receive_count.value, 4);
  EXPECT_EQ(dead_letters.max_receive_count.place.line, 6);
  EXPECT_TRUE(dead_letters.fifo.value);
}

}  // namespace
}  // namespace batchproof::lint
