#include <gmock/gmock.h>

#include <batchproof/lint/lint.hpp>
#include <string>
#include <utility>
#include <vector>

#include "linted_words.hpp"

namespace batchproof::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
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

/// A pipe from a queue of the template to this target, with more properties, beside functions, an alias and
/// resources that are none.
Linted pipe_to(const std::string& target, const std::string& more = "") {
  return sources_of(R"(
Parameters: {Elsewhere: {Type: String}}
Resources:
  Failed: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 1209600}}
  Orders:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}
  Function: {Type: AWS::Lambda::Function, Properties: {FunctionName: handle-orders, Timeout: 44}}
  Serverless: {Type: AWS::Serverless::Function, Properties: {Timeout: 44, AutoPublishAlias: live}}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !GetAtt Function.Arn}}
  Alias: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Function, FunctionVersion: !Ref Version}}
  Quick: {Type: AWS::Lambda::Function, Properties: {Timeout: 1}}
  Steps: {Type: AWS::StepFunctions::StateMachine}
  Made: {Type: Custom::Function}
  MadeToo: {Type: AWS::CloudFormation::CustomResource}
  Kept: {Type: AWS::SSM::Parameter}
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties:
      Source: !GetAtt Orders.Arn
      Target: )" + target +
                    "\n" + more);
}

TEST(Pipes, AreJoinedWithTheFunctionThatIsTheirTarget) {
  for (const std::string target :
       {"!GetAtt Function.Arn", "{'Fn::GetAtt': [Function, Arn]}", "!Ref Alias", "!Ref Version",
        "!GetAtt Serverless.Arn", "!Ref Serverless.Alias", "!Sub \"${Function.Arn}:live\"",
        "!Sub \"arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Function}\"",
        "arn:aws:lambda:eu-west-1:123456789012:function:handle-orders:live"}) {
    const Linted found = pipe_to(target);
    ASSERT_THAT(found.sources, SizeIs(1)) << target;
    EXPECT_EQ(found.sources[0].function.timeout.value, 44) << target;
    EXPECT_THAT(rules_of(found), ElementsAre("visibility-timeout-too-short")) << target;
    EXPECT_THAT(found.notes, IsEmpty()) << target;
  }
}

TEST(Pipes, AreJudgedByThePageOnPipes) {
  const Linted found = pipe_to("!GetAtt Function.Arn");
  ASSERT_THAT(found.findings, SizeIs(1));
  EXPECT_EQ(found.findings[0].violation.aws_page, "Amazon Simple Queue Service as a source");
}

TEST(Pipes, TakeTheFunctionOfTheTargetNotThatOfTheEnrichment) {
  const std::string enrichment = "      Enrichment: !GetAtt Function.Arn\n";
  EXPECT_EQ(pipe_to("!GetAtt Quick.Arn", enrichment).sources.at(0).function.name, "Quick");
  const Linted steps = pipe_to("!GetAtt Steps.Arn", enrichment);
  ASSERT_THAT(rules_of(steps), ElementsAre("visibility-timeout-too-short"));
  EXPECT_THAT(steps.findings[0].violation.what,
              testing::HasSubstr("Function may run for 44 s: at least 6 × 44"));
}

TEST(Pipes, HideMessagesWhileTheirEnrichmentRunsToo) {
  EXPECT_THAT(rules_of(pipe_to("!GetAtt Quick.Arn")), IsEmpty());
  const Linted found = pipe_to("!GetAtt Quick.Arn", "      Enrichment: !GetAtt Function.Arn\n");
  ASSERT_THAT(rules_of(found), ElementsAre("visibility-timeout-too-short"));
  EXPECT_EQ(
      found.findings[0].violation.what,
      "VisibilityTimeout of Orders is 30 s, the default, and Function and Quick may run for 45 s in all: "
      "at least 6 × 45 = 270 s");
}

TEST(Pipes, WithAnEnrichmentOfUnknownTimeAreJudgedByTheirTarget) {
  const std::string elsewhere = "      Enrichment: arn:aws:lambda:eu-west-1:123456789012:function:another\n";
  const Linted found = pipe_to("!GetAtt Quick.Arn", elsewhere);
  EXPECT_THAT(found.findings, IsEmpty());
  ASSERT_THAT(found.notes, SizeIs(1));
  EXPECT_THAT(found.notes[0].text, testing::StartsWith("Enrichment of Pipe is not known: "));
  EXPECT_THAT(pipe_to("!GetAtt Quick.Arn", "      Enrichment: !Ref Steps\n").notes, IsEmpty());
}

TEST(Pipes, NeedTheArnsOfTheirTargetAndEnrichment) {
  const Linted target = pipe_to("!Ref Quick");
  ASSERT_THAT(rules_of(target), ElementsAre("arn-needed"));
  EXPECT_EQ(target.findings[0].violation.what, "Target of Pipe is the name of the function Quick");
  EXPECT_EQ(target.findings[0].violation.instead, "Target: !GetAtt Quick.Arn");
  EXPECT_EQ(target.sources.at(0).function.name, "Quick");
  const Linted enrichment = pipe_to("!GetAtt Quick.Arn", "      Enrichment: !Ref Quick\n");
  ASSERT_THAT(rules_of(enrichment), ElementsAre("arn-needed"));
  EXPECT_EQ(enrichment.findings[0].violation.what, "Enrichment of Pipe is the name of the function Quick");
}

TEST(Pipes, ToAnUnknownFunctionAreNotedAndNotJudgedByADefault) {
  for (const std::string target :
       {"!Ref Elsewhere", "!GetAtt Made.FunctionArn", "!GetAtt MadeToo.FunctionArn", "!GetAtt Kept.Value",
        "!ImportValue function", "arn:aws:lambda:eu-west-1:123456789012:function:another"}) {
    const Linted found = pipe_to(target);
    EXPECT_THAT(found.findings, IsEmpty()) << target;
    ASSERT_THAT(found.notes, SizeIs(1)) << target;
    EXPECT_EQ(found.notes[0].text,
              "Target of Pipe is not known: the template does not declare the function; its Timeout was not "
              "checked");
  }
}

TEST(Pipes, ToATargetThatIsNoFunctionAreNotNoted) {
  for (const std::string target :
       {"!GetAtt Steps.Arn", "!Ref Steps", "!GetAtt Failed.Arn", "arn:aws:events:eu-west-1:1:event-bus/a",
        "!Sub \"arn:aws:states:${AWS::Region}:1:stateMachine:${Function}\"",
        "!Ref Elsewhere\n      TargetParameters: {StepFunctionStateMachineParameters: {InvocationType: "
        "FIRE_AND_FORGET}}"}) {
    const Linted found = pipe_to(target);
    ASSERT_THAT(found.sources, SizeIs(1)) << target;
    EXPECT_FALSE(found.sources[0].function.timeout.is_known()) << target;
    EXPECT_THAT(found.findings, IsEmpty()) << target;
    EXPECT_THAT(found.notes, IsEmpty()) << target;
  }
}

TEST(Pipes, ToAnUnknownTargetAreToldByTheParametersThatAreGiven) {
  for (const std::string parameters :
       {"{InputTemplate: a}", "{LambdaFunctionParameters: {InvocationType: REQUEST_RESPONSE}}",
        "{HttpParameters: !Ref AWS::NoValue}"}) {
    const Linted found = pipe_to("!Ref Elsewhere", "      TargetParameters: " + parameters + "\n");
    EXPECT_THAT(found.notes, SizeIs(1)) << parameters;
  }
}

TEST(Pipes, ThatWaitForNoAnswerAreNotJudgedByTheTimeOfTheFunction) {
  const std::string asynchronous =
      "      TargetParameters: {LambdaFunctionParameters: {InvocationType: FIRE_AND_FORGET}}\n";
  const std::string unknown =
      "      TargetParameters: {LambdaFunctionParameters: {InvocationType: !Ref Elsewhere}}\n";
  EXPECT_THAT(rules_of(pipe_to("!GetAtt Function.Arn", asynchronous)), ElementsAre("reporting-not-enabled"));
  EXPECT_THAT(pipe_to("!Ref Elsewhere", asynchronous).notes, IsEmpty());
  EXPECT_THAT(rules_of(pipe_to("!GetAtt Function.Arn", unknown)), IsEmpty());
}

/// A pipe from a stream, without a place for what fails, to a function that has a dead-letter queue of its
/// own.
std::string words_about_own_dead_letters(const std::string& invocation) {
  return texts_of(sources_of(R"(
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties: {DeadLetterConfig: {TargetArn: arn:aws:sqs:eu-west-1:1:a}}
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties:
      Source: arn:aws:kinesis:eu-west-1:1:stream/a
      Target: !GetAtt Function.Arn
      TargetParameters: {LambdaFunctionParameters: {InvocationType: )" +
                             invocation + "}}\n"));
}

TEST(Pipes, UseTheDeadLetterQueueOfAFunctionOnlyIfTheyWaitForNoAnswer) {
  const std::string unused = "the dead-letter queue of Function gets no records of an event source";
  EXPECT_THAT(words_about_own_dead_letters("REQUEST_RESPONSE"), HasSubstr(unused));
  EXPECT_THAT(words_about_own_dead_letters("FIRE_AND_FORGET"), Not(HasSubstr(unused)));
}

TEST(Pipes, HaveNoConcurrencyToCompareWithTheReservedOne) {
  const Linted found = sources_of(R"(
Resources:
  Function: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: 1}}
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties: {Source: "arn:aws:sqs:eu-west-1:1:a", Target: !GetAtt Function.Arn}
)");
  EXPECT_EQ(found.sources.at(0).function.reserved_concurrency.value, 1);
  EXPECT_THAT(found.findings, IsEmpty());
}

TEST(Pipes, AreJudgedByTheRulesOfTheirFunctions) {
  const Linted found = sources_of(R"(
Resources:
  Seen:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: N}]
      KeySchema: [{AttributeName: id}]
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies: [{PolicyDocument: {Statement: [
        {Effect: Allow, Action: "dynamodb:PutItem", Resource: !GetAtt Seen.Arn}]}}]
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Timeout: 901
      Role: !GetAtt Role.Arn
      Environment: {Variables: {IDEMPOTENCY_TABLE: !Ref Seen}}
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties: {Source: "arn:aws:sqs:eu-west-1:1:a", Target: !GetAtt Function.Arn}
)");
  EXPECT_THAT(rules_of(found),
              UnorderedElementsAre("idempotency-table-never-expires", "idempotency-table-key",
                                   "idempotency-actions-missing", "setting-out-of-range"));
}

TEST(EventSources, OfAnotherTypeAreToldFromTheStreamOfATable) {
  const auto given = [](const std::string& stream) {
    return texts_of(sources_of(R"(
Resources:
  Stock: {Type: AWS::DynamoDB::Table}
  Function:
    Type: AWS::Serverless::Function
    Properties: {Events: {Some: {Type: Kinesis, Properties: {Stream: )" +
                               stream + "}}}}\n"));
  };
  const std::string what = "Stream of Function.Some is ";
  for (const std::string stream :
       {"!GetAtt Stock.StreamArn", "arn:aws:dynamodb:eu-west-1:1:table/a/stream/2026-01-01T00:00:00.000"})
    EXPECT_THAT(given(stream), HasSubstr(what + "the stream of a DynamoDB table, and")) << stream;
  for (const std::string table : {"!GetAtt Stock.Arn", "!Ref Stock", "arn:aws:dynamodb:eu-west-1:1:table/a"})
    EXPECT_THAT(given(table), HasSubstr(what + "a DynamoDB table, and")) << table;
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
