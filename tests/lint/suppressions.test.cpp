#include <gmock/gmock.h>

#include <batchproof/lint/lint.hpp>
#include <string>

namespace batchproof::lint {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Breaks two rules: the queue has no dead-letter queue, and the event reports nothing.
std::string wrong_template() {
  return R"(Transform: AWS::Serverless-2016-10-31
Resources:
  Parcels:
    Type: AWS::SQS::Queue
  SortParcels:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        New: {Type: SQS, Properties: {Queue: !GetAtt Parcels.Arn}}
)";
}

std::string with(const std::string& line, const std::string& before) {
  std::string text = wrong_template();
  text.insert(text.find(before), line);
  return text;
}

TEST(Suppressions, IgnoreAFindingOnItsLine) {
  std::string text = wrong_template();
  text.insert(text.find("\n    Type: AWS::SQS"),
              "  # batchproof: ignore no-dead-letter-queue because nobody waits for it");
  const Linted linted = lint(text);
  EXPECT_THAT(linted.findings, SizeIs(1));
  ASSERT_THAT(linted.ignored, SizeIs(1));
  EXPECT_EQ(linted.ignored[0].rule->id, "no-dead-letter-queue");
  EXPECT_EQ(linted.ignored[0].ignored_because, "nobody waits for it");
  EXPECT_THAT(linted.notes, IsEmpty());
}

TEST(Suppressions, IgnoreAFindingBelowThem) {
  const Linted linted = lint(with(
      "  # batchproof: ignore no-dead-letter-queue because nobody waits for it\n  # more\n", "  Parcels:"));
  EXPECT_THAT(linted.findings, SizeIs(1));
  EXPECT_THAT(linted.ignored, SizeIs(1));
}

TEST(Suppressions, AreAboutAllThatStandsUnderTheirKey) {
  const Linted linted =
      lint(with("  # batchproof: ignore reporting-not-enabled because it throws\n", "  SortParcels:"));
  EXPECT_THAT(linted.ignored, SizeIs(1));
  const Linted elsewhere =
      lint(with("  # batchproof: ignore reporting-not-enabled because it throws\n", "  Parcels:"));
  EXPECT_THAT(elsewhere.ignored, IsEmpty());
}

TEST(Suppressions, NameSeveralRules) {
  const Linted linted =
      lint("# batchproof: ignore no-dead-letter-queue, reporting-not-enabled because it is a sample\n" +
           wrong_template().substr(wrong_template().find("Resources:")));
  EXPECT_THAT(linted.findings, IsEmpty());
  EXPECT_THAT(linted.ignored, SizeIs(2));
}

TEST(Suppressions, NeedAReasonAndARule) {
  const Linted linted = lint(with("  # batchproof: ignore no-dead-letter-queue\n", "  Parcels:"));
  EXPECT_THAT(linted.findings, SizeIs(2));
  ASSERT_THAT(linted.notes, SizeIs(1));
  EXPECT_THAT(linted.notes[0].text, HasSubstr("the reason is missing"));
  EXPECT_EQ(linted.notes[0].place.line, 3);
  const Linted misspelt = lint(with("  # batchproof: ignore no-dlq because of this\n", "  Parcels:"));
  ASSERT_THAT(misspelt.notes, SizeIs(1));
  EXPECT_THAT(misspelt.notes[0].text, HasSubstr("\"no-dlq\" is not a rule"));
}

TEST(Suppressions, StandInMetadataToo) {
  const Linted of_resource =
      lint(with("    Metadata: {batchproof: {ignore: {no-dead-letter-queue: nobody waits}}}\n",
                "    Type: AWS::SQS::Queue"));
  EXPECT_THAT(of_resource.findings, SizeIs(1));
  ASSERT_THAT(of_resource.ignored, SizeIs(1));
  EXPECT_EQ(of_resource.ignored[0].ignored_because, "nobody waits");
  const Linted of_template = lint(with(
      "Metadata: {batchproof: {ignore: [no-dead-letter-queue, reporting-not-enabled]}}\n", "Resources:"));
  EXPECT_THAT(of_template.findings, IsEmpty());
  EXPECT_THAT(of_template.ignored, SizeIs(2));
}

TEST(DisabledSources, AreWarnedOf) {
  std::string text = wrong_template();
  text.insert(text.find("}}\n"), ", Enabled: false");
  const Linted linted = lint(text);
  ASSERT_THAT(linted.findings, SizeIs(2));
  for (const Finding& finding : linted.findings) {
    EXPECT_EQ(finding.severity, Severity::warning);
    EXPECT_THAT(finding.violation.what, HasSubstr("; the event source is disabled"));
  }
}

TEST(DisabledSources, DoNotHideAnotherReaderOfTheirQueue) {
  std::string text = wrong_template();
  text.insert(text.find("}}\n"), ", Enabled: false");
  text += "        Also: {Type: SQS, Properties: {Queue: !GetAtt Parcels.Arn}}\n";
  const Linted linted = lint(text);
  ASSERT_THAT(linted.findings, SizeIs(3));
  EXPECT_EQ(linted.findings[0].rule->id, "no-dead-letter-queue");
  EXPECT_EQ(linted.findings[0].severity, Severity::error);
}

}  // namespace
}  // namespace batchproof::lint
