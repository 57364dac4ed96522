#include <gmock/gmock.h>

#include <batchproof/lint/lint.hpp>
#include <batchproof/lint/read_template.hpp>
#include <set>
#include <string>
#include <vector>

#include "templates.hpp"

namespace batchproof::lint {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::vector<std::string> found_rules(const Linted& linted) {
  std::vector<std::string> ids;
  for (const Finding& finding : linted.findings) ids.emplace_back(finding.rule->id);
  return ids;
}

TEST(Lint, FindsInEachWrongTemplateWhatItsNameSays) {
  const auto paths = templates("wrong");
  ASSERT_THAT(paths, SizeIs(Gt(25U)));
  for (const auto& path : paths) {
    const Linted linted = lint(read_file(path));
    EXPECT_THAT(found_rules(linted), ElementsAre(rule_in_name(path))) << path;
    for (const Finding& finding : linted.findings) {
      EXPECT_GT(finding.violation.place.line, 0) << path;
      EXPECT_NE(finding.violation.what, "") << path;
      EXPECT_NE(finding.violation.instead, "") << path;
    }
  }
}

TEST(Lint, HasAWrongTemplateForEachRule) {
  std::set<std::string> ids;
  for (const auto& path : templates("wrong")) ids.insert(rule_in_name(path));
  for (const Rule* const rule : rules()) EXPECT_TRUE(ids.contains(std::string(rule->id))) << rule->id;
}

TEST(Lint, FindsNothingInTheSampleTemplates) {
  for (const auto& path : sample_templates()) {
    const Linted linted = lint(read_file(path));
    EXPECT_THAT(linted.sources, SizeIs(1)) << path;
    EXPECT_THAT(found_rules(linted), IsEmpty()) << path;
    EXPECT_THAT(linted.notes, IsEmpty()) << path;
  }
}

TEST(Lint, FindsNothingInWhatIsRight) {
  for (const auto& path : templates("right")) {
    const Linted linted = lint(read_file(path));
    EXPECT_THAT(found_rules(linted), IsEmpty()) << path;
    EXPECT_THAT(linted.notes, IsEmpty()) << path;
  }
}

TEST(Lint, NotesWhatItCannotTellAndFindsNothingInIt) {
  for (const auto& path : templates("unresolved")) {
    const Linted linted = lint(read_file(path));
    EXPECT_THAT(found_rules(linted), IsEmpty()) << path;
    EXPECT_THAT(linted.notes, SizeIs(Gt(5U))) << path;
  }
}

TEST(Lint, NotesMacrosThatMayChangeTheTemplate) {
  const auto notes =
      lint("Transform: [AWS::Serverless-2016-10-31, Shape, {Name: !Ref Macro}]\nResources: {}\n").notes;
  ASSERT_THAT(notes, SizeIs(2));
  EXPECT_THAT(notes[0].text, HasSubstr("the macro Shape may change this template"));
  EXPECT_THAT(notes[1].text, HasSubstr("a macro whose name is not written may change this template"));
}

TEST(Lint, NamesThePageOnTheKindOfTheSource) {
  const Linted linted = lint(
      "Resources:\n  Mapping:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties:\n"
      "      EventSourceArn: arn:aws:kafka:eu-west-1:111122223333:cluster/orders/abc\n      Topics: "
      "[orders]\n"
      "      FunctionName: f\n      StartingPosition: LATEST\n"
      "      FunctionResponseTypes: [ReportBatchItemFailures]\n      ProvisionedPollerConfig: "
      "{MinimumPollers: 1}\n");
  std::set<std::string_view> pages;
  for (const Finding& finding : linted.findings) pages.insert(finding.violation.aws_page);
  EXPECT_TRUE(pages.contains("Configuring error handling controls for Kafka event sources"));
  EXPECT_TRUE(pages.contains(
      "Capturing discarded batches for Amazon MSK and self-managed Apache Kafka event sources"));
  EXPECT_TRUE(pages.contains("Apache Kafka polling and stream starting positions in Lambda"));
}

TEST(Lint, SaysTheNumbersAndWhatToWrite) {
  const auto path = BATCHPROOF_SOURCE_DIR "/tests/lint/templates/wrong/visibility-timeout-close.window.yaml";
  const Linted linted = lint(read_file(path));
  ASSERT_THAT(linted.findings, SizeIs(1));
  const Violation& violation = linted.findings[0].violation;
  EXPECT_EQ(violation.place, (Place{.line = 7, .column = 7}));
  EXPECT_THAT(violation.what, AllOf(HasSubstr("VisibilityTimeout of Orders is 120 s"),
                                    HasSubstr("OrderFunction may run for 20 s after 5 s of gathering"),
                                    HasSubstr("at least 6 × 20 + 5 = 125 s")));
  EXPECT_EQ(violation.instead, "VisibilityTimeout: 125");
}

TEST(Lint, ComparesTheNumbersOfPollersThatAreInTheirRanges) {
  const auto findings = [](const std::string& pollers) {
    std::vector<std::string> texts;
    const Linted linted = lint(
        "Resources:\n  Mapping:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties:\n"
        "      EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders\n      FunctionName: f\n"
        "      FunctionResponseTypes: [ReportBatchItemFailures]\n      ProvisionedPollerConfig: {" +
        pollers + "}\n");
    for (const Finding& finding : linted.findings)
      texts.push_back(finding.violation.what + "; " + finding.violation.instead);
    return texts;
  };
  EXPECT_THAT(findings("MinimumPollers: 20, MaximumPollers: 10"),
              ElementsAre("MinimumPollers of Mapping is 20, and MaximumPollers is 10; "
                          "MinimumPollers: 2 to 10, or MaximumPollers: 20 to 10000"));
  EXPECT_THAT(findings("MinimumPollers: 20, MaximumPollers: 20"), IsEmpty());
  EXPECT_THAT(findings("MinimumPollers: 200"), IsEmpty());
  EXPECT_THAT(findings("MinimumPollers: 200, MaximumPollers: !ImportValue Most"), IsEmpty());
  EXPECT_THAT(findings("MinimumPollers: 201, MaximumPollers: 100"),
              ElementsAre("MinimumPollers of Mapping is 201; MinimumPollers: 2 to 200"));
  EXPECT_THAT(findings("MinimumPollers: 2, MaximumPollers: 1"),
              ElementsAre("MaximumPollers of Mapping is 1; MaximumPollers: 2 to 10000"));
}

TEST(Lint, CallsADefaultADefault) {
  const auto path =
      BATCHPROOF_SOURCE_DIR "/tests/lint/templates/wrong/visibility-timeout-too-short.default.yaml";
  EXPECT_THAT(lint(read_file(path)).findings.at(0).violation.what,
              HasSubstr("VisibilityTimeout of Orders is 30 s, the default"));
}

TEST(Lint, FindsWhatIsTooShortWithAnyWindow) {
  const Linted linted = lint(R"(
Parameters: {Window: {Type: Number}}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {deadLetterTargetArn: !ImportValue Failed, maxReceiveCount: 5}}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 60
      Events:
        Some:
          Type: SQS
          Properties:
            Queue: !GetAtt Orders.Arn
            MaximumBatchingWindowInSeconds: !Ref Window
            FunctionResponseTypes: [ReportBatchItemFailures]
)");
  EXPECT_THAT(found_rules(linted), ElementsAre("visibility-timeout-too-short"));
  EXPECT_THAT(linted.notes, SizeIs(2));
}

/// What is said of a queue and its function with these conditions, timeout and batch size; Timeout is a
/// parameter with the default 60.
std::vector<std::string> found_with_defaults(const std::string& conditions, const std::string& timeout,
                                             const std::string& batch) {
  std::vector<std::string> found;
  const Linted linted = lint(R"(
Parameters:
  Timeout: {Type: Number, Default: 60}
  Stage: {Type: String, Default: dev}
  Size: {Type: Number, Default: 100, AllowedValues: [100, 1000]}
Conditions: {)" + conditions +
                             R"(}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {QueueName: !Sub "${Stage}-orders", VisibilityTimeout: 70,
      RedrivePolicy: {deadLetterTargetArn: "arn:aws:sqs:eu-west-1:1:lost", maxReceiveCount: 5}}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: )" + timeout +
                             R"(
      Events:
        Some:
          Type: SQS
          Properties:
            Queue: !Sub "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Stage}-orders"
            BatchSize: )" + batch +
                             R"(
            FunctionResponseTypes: [ReportBatchItemFailures]
)");
  for (const Finding& finding : linted.findings) found.push_back(finding.violation.what);
  return found;
}

TEST(Lint, NamesTheDefaultsThatAFindingRestsOn) {
  using ::testing::EndsWith;
  EXPECT_THAT(found_with_defaults("", "!Ref Timeout", "10"),
              ElementsAre(EndsWith("6 × 60 = 360 s, with the default of parameter Timeout")));
  EXPECT_THAT(found_with_defaults("", "60", "10"), ElementsAre(EndsWith("6 × 60 = 360 s")));
  EXPECT_THAT(found_with_defaults("", "5", "!Ref Size"),
              ElementsAre(EndsWith("Seconds is 0")));  // with any value
  EXPECT_THAT(found_with_defaults("IsDev: !Equals [!Ref Stage, dev]", "!If [IsDev, !Ref Timeout, 5]", "10"),
              ElementsAre(EndsWith(", with the defaults of parameters Stage and Timeout")));
  EXPECT_THAT(found_with_defaults("IsDev: !Equals [!Ref Stage, dev], IsOld: !Equals [!Ref AWS::Region, a]",
                                  "!If [IsOld, 60, !If [IsDev, 60, 5]]", "10"),
              ElementsAre(EndsWith(", with the default of parameter Stage")));
}

TEST(Lint, TakesADefaultThatIsNoArnForAPlaceholder) {
  const auto rules_of_stream = [](const std::string& stream, const std::string& default_of_parameter) {
    return found_rules(lint(R"(
Parameters:
  Orders: {Type: String, Default: ")" +
                            default_of_parameter + R"("}
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties: {Events: {Some: {Type: Kinesis, Properties: {StartingPosition: TRIM_HORIZON, Stream: )" +
                            stream + "}}}}\n"));
  };
  EXPECT_THAT(rules_of_stream("!Ref Orders", "NotPassed"), Not(Contains("arn-needed")));
  EXPECT_THAT(rules_of_stream("!Ref Orders", "https://example.com/orders"), Contains("arn-needed"));
  EXPECT_THAT(rules_of_stream("NotPassed", ""), Contains("arn-needed"));
  EXPECT_THAT(rules_of_stream("!Sub \"${Orders}-stream\"", "dev"), Contains("arn-needed"));
}

TEST(Lint, TellsOnceOfAQueueThatTwoFunctionsRead) {
  const Linted linted = lint(R"(
Resources:
  Orders: {Type: AWS::SQS::Queue}
  A:
    Type: AWS::Serverless::Function
    Properties: {Events: {Some: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}}}
  B:
    Type: AWS::Serverless::Function
    Properties: {Events: {Some: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}}}
)");
  EXPECT_THAT(found_rules(linted),
              ElementsAre("no-dead-letter-queue", "reporting-not-enabled", "reporting-not-enabled"));
}

TEST(Lint, JudgesNoNumberThatWouldOverflow) {
  EXPECT_NO_THROW(lint(R"(
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 999999999999
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 999999999999}
  Failed: {Type: AWS::SQS::Queue}
  A:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 9223372036854775807
      Events: {Some: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}}
)"));
}

/// An idempotent function with these lines of its own, and these resources besides.
std::string idempotent(const std::string& function, const std::string& resources) {
  return R"(
Parameters: {Table: {Type: String}}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 180, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}
  Failed: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 1209600}}
  Handled:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      TimeToLiveSpecification: {AttributeName: expiration, Enabled: true}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
  OtherRole: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
)" + resources +
         R"(
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 5
      Environment: {Variables: {IDEMPOTENCY_TABLE: !Ref Handled}}
      Events:
        Some: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}}
)" + function;
}

/// The policies of a function that may get items of what `resource` names.
std::string may_get(const std::string& resource, const std::string& action = "dynamodb:GetItem") {
  return "      Policies: [{Statement: [{Effect: Allow, Action: \"" + action + "\", Resource: " + resource +
         "}]}]";
}

TEST(Lint, AccusesNoKeyWhoseTypeIsNotKnown) {
  std::string text = idempotent("", "");
  const std::string type = "AttributeType: S";
  text.replace(text.find(type), type.size(), "AttributeType: !Ref Table");
  EXPECT_THAT(found_rules(lint(text)), Not(Contains("idempotency-table-key")));
}

TEST(Lint, FindsMissingActionsInKnownPermissions) {
  const auto missing = ElementsAre("idempotency-actions-missing");
  const std::string role = "      Role: !GetAtt Role.Arn";
  EXPECT_THAT(found_rules(lint(idempotent(role, ""))), missing);
  EXPECT_THAT(found_rules(lint(idempotent(may_get("!GetAtt Handled.Arn"), ""))), missing);
  EXPECT_THAT(found_rules(lint(idempotent(may_get("!GetAtt Orders.Arn"), ""))), missing);
  EXPECT_THAT(found_rules(lint(idempotent(may_get("\"arn:aws:sqs:eu-west-1:1:a\"", "sqs:SendMessage"), ""))),
              missing);
  EXPECT_THAT(
      found_rules(lint(idempotent(
          role, "  P: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref OtherRole], PolicyDocument: {}}}"))),
      missing);
}

TEST(Lint, ReadsActionsAsPatternsWithoutCase) {
  const auto rules_of = [](const std::string& actions) {
    return found_rules(lint(idempotent("      Policies: [{Statement: [{Effect: Allow, Action: [" + actions +
                                           "], Resource: !GetAtt Handled.Arn}]}]",
                                       "")));
  };
  EXPECT_THAT(rules_of("DynamoDB:PutItem, dynamodb:GETITEM, DYNAMODB:UpdateItem, dynamodb:deleteItem"),
              IsEmpty());
  for (const std::string all : {"dynamodb:*Item", "dynamodb:*", "\"*\""})
    EXPECT_THAT(rules_of(all), Not(Contains("idempotency-actions-missing"))) << all;
  EXPECT_THAT(rules_of("\"dynamodb:?etItem\", dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem"),
              Not(Contains("idempotency-actions-missing")));
  EXPECT_THAT(rules_of("dynamodb:*Table"), Contains("idempotency-actions-missing"));
}

TEST(Lint, FindsNoMissingActionsWhereOthersMayBeAllowed) {
  const std::string role = "      Role: !GetAtt Role.Arn";
  EXPECT_THAT(
      found_rules(lint(idempotent("    Connectors: {C: {Properties: {Destination: {Id: Handled}}}}", ""))),
      IsEmpty());
  for (const std::string resource :
       {"!Sub \"arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/handled\"", "!Ref Table",
        "[!GetAtt Handled.Arn, \"arn:aws:dynamodb:*:*:table/*\"]"})
    EXPECT_THAT(found_rules(lint(idempotent(may_get(resource), ""))), IsEmpty()) << resource;
  for (const std::string policy : {"AWS::IAM::Policy, Properties: {Roles: [!Ref Role]",
                                   "AWS::IAM::ManagedPolicy, Properties: {Roles: [!Ref Role]",
                                   "AWS::IAM::RolePolicy, Properties: {RoleName: !Ref Role",
                                   "AWS::IAM::Policy, Properties: {Roles: [role]"})
    EXPECT_THAT(found_rules(lint(idempotent(role, "  P: {Type: " + policy + ", PolicyDocument: {}}}"))),
                IsEmpty())
        << policy;
  // SAM makes the role FunctionRole.
  EXPECT_THAT(found_rules(lint(
                  idempotent(may_get("!GetAtt Orders.Arn"),
                             "  P: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref FunctionRole]}}"))),
              IsEmpty());
}

/// A function and its queue, whose times depend on conditions of the parameter Stage.
std::string by_stage(const std::string& conditions, const std::string& timeout,
                     const std::string& visibility) {
  return R"(
Parameters: {Stage: {Type: String}}
Conditions: {)" +
         conditions + R"(}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}
      VisibilityTimeout: !If )" +
         visibility + R"(
  Failed: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 1209600}}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Some: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}}
      Timeout: !If )" +
         timeout + "\n";
}

TEST(Lint, JudgesNoDeploymentThatCannotExist) {
  const std::string is_prod = "IsProd: !Equals [!Ref Stage, prod], ";
  for (const std::string is_dev :
       {"!Not [!Condition IsProd]", "!And [!Not [!Condition IsProd], !Not [!Condition IsProd]]"})
    EXPECT_THAT(
        found_rules(lint(by_stage(is_prod + "IsDev: " + is_dev, "[IsDev, 5, 30]", "[IsProd, 180, 30]"))),
        IsEmpty())
        << is_dev;
  for (const std::string is_dev :
       {"!Equals [!Ref Stage, dev]", "!Equals [dev, !Ref Stage]", "!Not [!Not [!Equals [!Ref Stage, dev]]]",
        "!And [!Equals [!Ref Stage, dev], !Equals [!Ref AWS::Region, a]]"})
    EXPECT_THAT(
        found_rules(lint(by_stage(is_prod + "IsDev: " + is_dev, "[IsProd, 30, 5]", "[IsDev, 30, 180]"))),
        IsEmpty())
        << is_dev;
}

TEST(Lint, JudgesEachDeploymentThatCanExist) {
  const auto too_short = ElementsAre("visibility-timeout-too-short");
  const std::string is_prod = "IsProd: !Equals [!Ref Stage, prod], ";
  // Neither of both.
  EXPECT_THAT(found_rules(lint(by_stage(is_prod + "IsDev: !Equals [!Ref Stage, dev]", "[IsDev, 5, 30]",
                                        "[IsProd, 180, 30]"))),
              too_short);
  EXPECT_THAT(found_rules(lint(by_stage(is_prod + "IsDev: !Equals [!Ref AWS::Region, dev]", "[IsProd, 31, 5]",
                                        "[IsDev, 30, 186]"))),
              too_short);
  // Conditions that refer to each other.
  EXPECT_THAT(found_rules(lint(
                  by_stage("A: !Not [!Condition B], B: !Not [!Condition A]", "[A, 31, 5]", "[A, 30, 186]"))),
              too_short);
}

/// Two event sources of one queue, with these filters.
std::string filtered(const std::string& one, const std::string& other) {
  const auto mapping = [](const std::string& criteria) {
    return "{Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, "
           "FunctionName: a, FunctionResponseTypes: [ReportBatchItemFailures], FilterCriteria: " +
           criteria + "}}\n";
  };
  return R"(
Parameters: {Stage: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Stage, prod], IsDev: !Not [!Condition IsProd]}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 180, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}
  Failed: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 1209600}}
  One: )" +
         mapping(one) + "  Other: " + mapping(other);
}

TEST(Lint, ComparesOnlyFiltersThatAreKnown) {
  const std::string filter = "{Filters: [{Pattern: \"{}\"}]}";
  const std::string none = "!Ref AWS::NoValue";
  EXPECT_THAT(found_rules(lint(filtered(filter, none))), ElementsAre("filters-on-one-queue"));
  for (const std::string& unknown :
       {std::string("{\"Fn::Transform\": {Name: AWS::Include}}"), std::string("{Filters: !Ref Stage}"),
        std::string("{Filters: [{\"Fn::Transform\": {Name: AWS::Include}}]}"),
        "!If [IsProd, " + filter + ", " + none + "]", "!If [IsProd, " + none + ", " + filter + "]"}) {
    EXPECT_THAT(found_rules(lint(filtered(filter, unknown))), IsEmpty()) << unknown;
    EXPECT_THAT(found_rules(lint(filtered(unknown, none))), IsEmpty()) << unknown;
    EXPECT_THAT(found_rules(lint(filtered(unknown, "!If [IsDev, " + none + ", " + filter + "]"))), IsEmpty())
        << unknown;
  }
}

/// With any part of a template taken out, the rest is judged or refused.
TEST(DamagedTemplates, AreJudgedOrRefused) {
  for (const char* const folder : {"wrong", "right", "unresolved"}) {
    for (const auto& path : templates(folder)) {
      const std::string whole = read_file(path);
      for (std::size_t begin = 0; begin < whole.size(); begin += 31) {
        std::string text = whole;
        text.erase(begin, 5);
        try {
          lint(text);
        } catch (const TemplateError&) {
          continue;
        }
      }
    }
  }
}

TEST(Rules, AreFoundByTheirIds) {
  std::set<std::string_view> ids;
  for (const Rule* const rule : rules()) {
    EXPECT_TRUE(ids.insert(rule->id).second) << rule->id;
    EXPECT_EQ(find_rule(rule->id), rule);
  }
  EXPECT_EQ(find_rule("unheard-of"), nullptr);
}

/// The lines of the page, each paragraph's with one blank between its words.
std::string words_of_page() {
  std::string words;
  std::string page = read_file(BATCHPROOF_SOURCE_DIR "/docs/lint.md");
  for (const char character : page) {
    const bool is_blank = character == '\n' || character == ' ';
    if (!is_blank || !words.ends_with(' ')) words += is_blank ? ' ' : character;
  }
  return words;
}

TEST(LintPage, SaysOfEachRuleWhatTheCodeSays) {
  const std::string page = words_of_page();
  for (const Rule* const rule : rules()) {
    EXPECT_THAT(page, HasSubstr("### `" + std::string(rule->id) + "` " + std::string(rule->sentence)));
    EXPECT_THAT(page, HasSubstr("Otherwise " + std::string(rule->why) + ".")) << rule->id;
    EXPECT_THAT(page, HasSubstr(std::string(rule->aws_page))) << rule->id;
  }
}

}  // namespace
}  // namespace batchproof::lint
