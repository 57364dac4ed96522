// Templates that are given together.

#include <gmock/gmock.h>

#include <batchproof/lint/lint.hpp>
#include <string>
#include <vector>

namespace batchproof::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string queues = R"(
Parameters: {Stage: {Type: String, Default: test}}
Resources:
  Parcels:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 10, QueueName: parcels}
Outputs:
  ParcelsArn:
    Value: !GetAtt Parcels.Arn
    Export: {Name: !Sub "${Stage}-parcels"}
)";

std::string functions(const std::string& arn) {
  return R"(
Transform: AWS::Serverless-2016-10-31
Parameters: {Stage: {Type: String, Default: test}, Arn: {Type: String}}
Resources:
  SortParcels:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 30
      Events:
        New:
          Type: SQS
          Properties:
            FunctionResponseTypes: [ReportBatchItemFailures]
            Queue: )" +
         arn + "\n";
}

std::vector<std::string> rules_in(const LintedFile& file) {
  std::vector<std::string> ids;
  for (const Finding& finding : file.linted.findings) ids.emplace_back(finding.rule->id);
  return ids;
}

std::vector<LintedFile> lint_both(const std::string& first, const std::string& second) {
  return lint({{"stacks/queues.yaml", first}, {"stacks/functions.yaml", second}});
}

TEST(Applications, ImportWhatAnotherTemplateExports) {
  const auto linted = lint_both(queues, functions("!ImportValue test-parcels"));
  EXPECT_THAT(rules_in(linted[0]), ElementsAre("no-dead-letter-queue", "visibility-timeout-too-short"));
  EXPECT_THAT(rules_in(linted[1]), IsEmpty());
  EXPECT_THAT(linted[1].linted.notes, IsEmpty());
  EXPECT_THAT(linted[1].linted.sources, SizeIs(1));
}

TEST(Applications, ImportByANameThatOnlyADeploymentKnows) {
  std::string exporting = queues;
  exporting.replace(exporting.find("${Stage}"), 8, "${AWS::Region}");
  const auto linted =
      lint_both(exporting, functions("!ImportValue {\"Fn::Sub\": \"${AWS::Region}-parcels\"}"));
  EXPECT_THAT(rules_in(linted[0]), SizeIs(2));
}

TEST(Applications, KnowNothingOfAnExportThatTwoTemplatesHave) {
  const auto linted =
      lint({{"a.yaml", queues}, {"b.yaml", queues}, {"c.yaml", functions("!ImportValue test-parcels")}});
  EXPECT_THAT(rules_in(linted[0]), IsEmpty());
  EXPECT_THAT(linted[2].linted.notes, SizeIs(1));
}

TEST(Applications, ReadAQueueThatAnotherTemplateNames) {
  const auto linted =
      lint_both(queues, functions("!Sub \"arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:parcels\""));
  EXPECT_THAT(rules_in(linted[0]), SizeIs(2));
}

TEST(Applications, PassParametersToNestedStacks) {
  const std::string parent = queues + R"(
)";
  std::string nesting = parent;
  nesting.insert(nesting.find("Outputs:"),
                 "  Nested:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n"
                 "      TemplateURL: ./functions.yaml\n      Parameters: {Arn: !GetAtt Parcels.Arn}\n");
  const auto linted = lint_both(nesting, functions("!Ref Arn"));
  EXPECT_THAT(rules_in(linted[0]), ElementsAre("no-dead-letter-queue", "visibility-timeout-too-short"));
  EXPECT_THAT(linted[1].linted.notes, IsEmpty());
}

TEST(Applications, ReadTheOutputsOfNestedStacks) {
  std::string nesting = functions("!GetAtt Nested.Outputs.ParcelsArn");
  nesting += "  Nested: {Type: AWS::Serverless::Application, Properties: {Location: queues.yaml}}\n";
  const auto linted = lint_both(queues, nesting);
  EXPECT_THAT(rules_in(linted[0]), SizeIs(2));
  EXPECT_THAT(linted[1].linted.notes, IsEmpty());
}

TEST(Applications, NoteANestedStackThatWasNotGiven) {
  std::string nesting = functions("!GetAtt Nested.Outputs.ParcelsArn");
  nesting += "  Nested: {Type: AWS::Serverless::Application, Properties: {Location: elsewhere.yaml}}\n";
  const Linted linted = lint(nesting);
  ASSERT_THAT(linted.notes, SizeIs(1));
  EXPECT_THAT(linted.notes[0].text, HasSubstr("the template of the stack Nested was not given"));
}

TEST(Applications, EndValuesThatDependOnThemselves) {
  const std::string text = R"(
Resources:
  Own: {Type: AWS::Serverless::Application, Properties: {Location: b.yaml, Parameters: {Arn: !GetAtt Own.Outputs.Arn}}}
  SortParcels:
    Type: AWS::Serverless::Function
    Properties: {Events: {New: {Type: SQS, Properties: {Queue: !GetAtt Own.Outputs.Arn}}}}
)";
  const std::string nested =
      "Parameters: {Arn: {Type: String}}\nResources: {}\nOutputs: {Arn: {Value: !Ref Arn}}\n";
  EXPECT_NO_THROW(lint({{"a.yaml", text}, {"b.yaml", nested}}));
}

TEST(Applications, ReportEachFileByItself) {
  const auto linted = lint({{"a.yaml", queues}, {"b.yaml", "hello"}, {"c.yaml", functions("!Ref Arn")}});
  ASSERT_THAT(linted, SizeIs(3));
  EXPECT_EQ(linted[1].path, "b.yaml");
  EXPECT_THAT(linted[1].refused, HasSubstr("not a format that is read"));
  EXPECT_THAT(linted[2].linted.sources, SizeIs(1));
}

TEST(Applications, TakeGivenParametersForAllTemplates) {
  const auto linted =
      lint({{"a.yaml", queues}, {"b.yaml", functions("!Sub \"arn:aws:sqs:eu-west-1:1:${Arn}\"")}},
           {.parameters = {{"Arn", "parcels"}}});
  EXPECT_THAT(rules_in(linted[0]), SizeIs(2));
}

/// Filters are compared across templates too.
TEST(Applications, CompareTheReadersOfAQueueInSeveralTemplates) {
  const std::string reader = functions("!ImportValue test-parcels");
  const auto linted =
      lint({{"a.yaml", queues},
            {"b.yaml", reader + "            FilterCriteria: {Filters: [{Pattern: \"{}\"}]}\n"},
            {"c.yaml", reader}});
  EXPECT_THAT(rules_in(linted[1]), ElementsAre("filters-on-one-queue"));
}

TEST(Files, ThatMayBeOtherDataAreLeftOutUnlessTheyAreTemplates) {
  const auto is_read = [](const std::string& text) {
    return !lint(std::vector{TemplateFile{.path = "a", .text = text, .may_be_other_data = true}}).empty();
  };
  EXPECT_TRUE(is_read("Resources: {A: {Type: AWS::SQS::Queue}, B: {}}"));
  EXPECT_TRUE(is_read("Resources: {\"Fn::Transform\": {Name: AWS::Include}}"));
  EXPECT_TRUE(is_read("service: parcels\nfunctions: {}\n"));
  EXPECT_TRUE(is_read(R"({"format_version": "1.2", "terraform_version": "1.9.0"})"));
  EXPECT_TRUE(is_read("AWSTemplateFormatVersion: '2010-09-09'\n"));   // refused
  EXPECT_TRUE(is_read("Resources:\nA:\n  Type: AWS::SQS::Queue\n"));  // refused
  EXPECT_TRUE(is_read("Resources: {A: {Type: AWS::SQS::Queue}"));     // refused: not YAML
  for (const char* const other :
       {R"({"properties": {"Resources": {"type": "object"}}})",
        R"([{"Resources": {"A": {"Type": "AWS::A::B"}}}])", "Resources: {A: {Kinds: [AWS::A::B]}}",
        "Resources: {A: {Type: {Ref: B}}}", "Resources: [AWS::A::B]",
        R"({"version": 4, "terraform_version": "1.9.0"})"})
    EXPECT_FALSE(is_read(other)) << other;
}

}  // namespace
}  // namespace batchproof::lint
