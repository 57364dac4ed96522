// Files of the Serverless Framework.

#include <gmock/gmock.h>

#include <batchproof/lint/lint.hpp>
#include <string>

#include "linted_words.hpp"

namespace batchproof::lint {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

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
  EXPECT_THAT(texts_of(linted),
              AllOf(HasSubstr("in resources.extensions.SortEventSourceMappingMSKBigoneParcels.Properties"),
                    HasSubstr("in resources.extensions.SortEventSourceMappingKafkaParcels.Properties")));
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

TEST(ServerlessFiles, DoNotGuessTheNameOfAMapping) {
  const auto texts = texts_of(lint(R"(
service: parcels
functions:
  sort:
    events:
      - msk: {arn: "${ssm:/cluster}", topic: parcels}
      - kafka: {bootstrapServers: ["b:9092"], topic: "${opt:topic}"}
)"));
  EXPECT_THAT(texts, AllOf(HasSubstr("resources.extensions.NAME_OF_THE_MAPPING.Properties"),
                           Not(HasSubstr("SortEventSourceMapping"))));
}

TEST(ServerlessFiles, NameNoMappingOfEventsThatTwoFunctionsHave) {
  const auto texts = texts_of(lint(R"(
service: parcels
custom:
  events:
    - kafka: {bootstrapServers: ["b:9092"], topic: parcels}
functions:
  sort: {events: "${self:custom.events}"}
  pack: {events: "${self:custom.events}"}
)"));
  EXPECT_THAT(texts, AllOf(HasSubstr("resources.extensions.NAME_OF_THE_MAPPING.Properties"),
                           Not(HasSubstr("EventSourceMappingKafka"))));
  const auto of_an_alias = texts_of(lint(R"(
service: parcels
functions:
  sort: {events: &events [{kafka: {bootstrapServers: ["b:9092"], topic: parcels}}]}
  pack: {events: *events}
)"));
  EXPECT_THAT(of_an_alias,
              AllOf(HasSubstr("NAME_OF_THE_MAPPING"), Not(HasSubstr("EventSourceMappingKafka"))));
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

TEST(ServerlessFiles, HaveAPlaceForEachFinding) {
  const Linted linted = lint(R"(
service: parcels
provider: {name: aws, timeout: 40}
functions:
  sort:
    handler: sort.handler
    events:
      - sqs: {batchSize: 100}
      - sqs: {arn: 'arn:aws:sqs:eu-west-1:1:a', destinations: {onFailure: 'arn:aws:s3:::a'}, startingPosition: LATEST}
      - stream: {arn: 'arn:aws:kinesis:eu-west-1:1:stream/a'}
)");
  EXPECT_GE(linted.findings.size(), 3U);
  for (const Finding& finding : linted.findings)
    EXPECT_GE(finding.violation.place.line, 8) << finding.violation.what;
  EXPECT_GE(linted.notes.size(), 1U);
  for (const Note& note : linted.notes) EXPECT_GE(note.place.line, 8) << note.text;
}

TEST(ServerlessFiles, AreReadOrRefusedWhereTheyAreDamaged) { expect_to_be_read_or_refused(service); }

}  // namespace
}  // namespace batchproof::lint
