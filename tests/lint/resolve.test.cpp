#include <gmock/gmock.h>

#include <batchproof/lint/read_template.hpp>
#include <string>

#include "resolve/resolver.hpp"

namespace batchproof::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

constexpr const char* declarations = R"(
Parameters:
  Stage: {Type: String, Default: test}
  Sizes: {Type: CommaDelimitedList, Default: "1, 2,3"}
  Nothing: {Type: String}
  Letters: {Type: String, Default: eue}
  Stages: {Type: String, AllowedValues: [one, other]}
  Kept: {Type: "AWS::SSM::Parameter::Value<String>", Default: /name}
Mappings:
  Timeouts: {test: {Function: 20}, live: {Function: 60}}
  Loop: {a: {b: [!FindInMap [Loop, a, b]]}}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsTest: !Not [!Condition IsLive]
  IsEither: !Or [!Equals [!Ref Nothing, x], !Condition IsTest]
  IsBoth: !And [!Condition IsTest, !Equals [!Ref AWS::Region, eu-west-1]]
  IsItself: !Condition IsItself
  IsOther: !Equals [!Ref Stages, other]
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Value: )";

/// The value that a text resolves to within the declarations above.
class Resolved {
 public:
  explicit Resolved(const std::string& value) {
    application_.add(read_template(declarations + value + "\n"), "");
    application_.link();
    value_ = Resolver(application_, 0, choices_).resolve(*application_.root(0).find({"Resources", "Value"}));
  }

  const Value* operator->() const { return &value_; }
  std::optional<std::string> literal() const { return value_.literal(); }

 private:
  Application application_;
  Choices choices_;
  Value value_;
};

/// The resource that a value names; empty when it names none.
std::string named_by(const std::string& value) {
  const Resolved resolved(value);
  const Piece* const named = resolved->resource();
  return named == nullptr ? "" : named->text;
}

TEST(Resolver, KnowsTheDefaultsOfParameters) {
  EXPECT_THAT(Resolved("!Ref Stage").literal(), Optional(std::string("test")));
  EXPECT_EQ(Resolved("!Ref Sizes")->items.size(), 3U);
  EXPECT_THAT(Resolved("!Select [1, !Ref Sizes]").literal(), Optional(std::string("2")));
}

TEST(Resolver, SaysWhatItCannotKnow) {
  EXPECT_EQ(Resolved("!Ref Nothing")->why_unknown(), "the parameter Nothing has no default");
  EXPECT_EQ(Resolved("!Ref Kept")->why_unknown(), "Systems Manager keeps the parameter Kept");
  EXPECT_EQ(Resolved("!Ref AWS::Region")->why_unknown(), "AWS::Region is known only at deployment");
  EXPECT_EQ(Resolved("!Ref Elsewhere")->why_unknown(), "the template has no parameter or resource Elsewhere");
  EXPECT_EQ(Resolved("!ImportValue Arn")->why_unknown(), "no given template exports Arn");
  EXPECT_EQ(Resolved("\"{{resolve:ssm:/name:1}}\"")->why_unknown(),
            "the value of {{resolve:...}} is known only at deployment");
  EXPECT_EQ(Resolved("!GetAtt Queue.Arn")->why_unknown(),
            "a value of the resource Queue, which is known only at deployment");
  EXPECT_EQ(Resolved("!Sub [\"${A}\", {A: !Ref Nothing}]")->why_unknown(),
            "the parameter Nothing has no default");
}

TEST(Resolver, NamesTheResourceOfAReference) {
  EXPECT_EQ(named_by("!Ref Queue"), "Queue");
  EXPECT_EQ(named_by("!GetAtt [Queue, Arn]"), "Queue");
  EXPECT_EQ(named_by("!GetAtt [!Sub \"Qu${Letters}\", Arn]"), "Queue");
  EXPECT_EQ(named_by("!Ref Queue.Alias"), "Queue");
  EXPECT_EQ(named_by("!Sub \"arn:aws:sqs:${AWS::Region}:1:${Queue.QueueName}\""), "Queue");
  EXPECT_EQ(named_by("!Sub \"${Queue}${Value}\""), "");
}

TEST(Resolver, PutsTextsTogether) {
  EXPECT_THAT(Resolved("!Sub \"a-${Stage}-${!b}\"").literal(), Optional(std::string("a-test-${b}")));
  EXPECT_THAT(Resolved("!Sub [\"${A}${A}\", {A: !Ref Stage}]").literal(), Optional(std::string("testtest")));
  EXPECT_THAT(Resolved("!Join [\"-\", [a, !Ref Stage, !Ref AWS::NoValue]]").literal(),
              Optional(std::string("a-test")));
  EXPECT_THAT(Resolved("!Select [2, !Split [\":\", \"a:b:c\"]]").literal(), Optional(std::string("c")));
  EXPECT_EQ(Resolved("!Sub \"arn:${AWS::Partition}:sqs:x\"")->identity(), "arn:${AWS::Partition}:sqs:x");
  EXPECT_THAT(Resolved("!Sub \"arn:${AWS::Partition}:sqs:x-${Nothing}\"")->parts(),
              ElementsAre("arn", "${AWS::Partition}", "sqs", "x-${Nothing}"));
  EXPECT_EQ(Resolved("!Sub [\"${A}\", {A: !GetAZs x}]")->identity(), "");
  EXPECT_THAT(Resolved("{\"Fn::Length\": !Ref Sizes}").literal(), Optional(std::string("3")));
}

TEST(Resolver, LooksMapsUp) {
  EXPECT_THAT(Resolved("!FindInMap [Timeouts, !Ref Stage, Function]").literal(), Optional(std::string("20")));
  EXPECT_EQ(Resolved("!FindInMap [Timeouts, !Ref AWS::Region, Function]")->kind, Value::Kind::unresolved);
  EXPECT_EQ(Resolved("!FindInMap [Timeouts, nowhere, Function]")->kind, Value::Kind::unresolved);
  EXPECT_EQ(Resolved("!FindInMap [Loop, a, b]")->kind, Value::Kind::unresolved);
  EXPECT_THAT(Resolved("!FindInMap [Timeouts, nowhere, Function, {DefaultValue: 7}]").literal(),
              Optional(std::string("7")));
  EXPECT_EQ(Resolved("!FindInMap [Timeouts, !Ref AWS::Region, Function]")->why_unknown(),
            "AWS::Region is known only at deployment");
}

TEST(Resolver, ChoosesByConditions) {
  EXPECT_THAT(Resolved("!If [IsLive, a, b]").literal(), Optional(std::string("b")));
  EXPECT_THAT(Resolved("!If [IsTest, a, b]").literal(), Optional(std::string("a")));
  EXPECT_THAT(Resolved("!If [IsEither, a, b]").literal(), Optional(std::string("a")));
  EXPECT_THAT(Resolved("!If [IsBoth, a, a]").literal(), Optional(std::string("a")));
  EXPECT_EQ(Resolved("!If [IsBoth, a, b]")->why_unknown(),
            "the condition IsBoth is known only at deployment");
  EXPECT_EQ(Resolved("!If [IsItself, a, b]")->kind, Value::Kind::unresolved);
  EXPECT_EQ(Resolved("!If [IsTest, !Ref AWS::NoValue, b]")->kind, Value::Kind::absent);
}

TEST(Resolver, TakesTheConditionOfAResourceForGiven) {
  Application application;
  application.add(read_template(std::string(declarations) + "!If [IsLive, a, b]\n"), "");
  Choices choices;
  const Resolver resolver(application, 0, choices);
  const Node& value = *application.root(0).find({"Resources", "Value"});
  EXPECT_THAT(resolver.where("IsLive").resolve(value).literal(), Optional(std::string("a")));
}

TEST(Resolver, AsksForTheValuesThatADeploymentChooses) {
  Application application;
  application.add(read_template(std::string(declarations) + "!If [IsOther, !Ref Stages, b]\n"), "");
  const Node& value = *application.root(0).find({"Resources", "Value"});
  Choices none;
  EXPECT_EQ(Resolver(application, 0, none).resolve(value).why_unknown(),
            "the condition IsOther is known only at deployment");
  ASSERT_TRUE(none.open());
  EXPECT_EQ(none.open()->name, "Stages");  // which decides the condition
  EXPECT_THAT(none.open()->values, ElementsAre("one", "other"));
  Choices one;
  one.choose(*none.open(), "one");
  EXPECT_THAT(Resolver(application, 0, one).resolve(value).literal(), Optional(std::string("b")));
  Choices other;
  other.choose(*none.open(), "other");
  EXPECT_THAT(Resolver(application, 0, other).resolve(value).literal(), Optional(std::string("other")));
}

TEST(Resolver, TakesAGivenValueForTheDefault) {
  Application application(GivenParameters{{"Stage", "live"}});
  application.add(read_template(std::string(declarations) + "!If [IsLive, !Ref Stage, b]\n"), "");
  Choices choices;
  EXPECT_THAT(
      Resolver(application, 0, choices).resolve(*application.root(0).find({"Resources", "Value"})).literal(),
      Optional(std::string("live")));
}

TEST(Resolver, ReadsTheLongForms) {
  EXPECT_THAT(Resolved("{Fn::Join: [\"\", [{Ref: Stage}, x]]}").literal(), Optional(std::string("testx")));
  EXPECT_EQ(named_by("{Fn::GetAtt: [Queue, Arn]}"), "Queue");
}

TEST(Resolver, SurvivesFunctionsThatAreWrong) {
  for (const std::string name : {"Ref", "Fn::GetAtt", "Fn::Sub", "Fn::Join", "Fn::If", "Fn::FindInMap",
                                 "Fn::Select", "Fn::Split", "Fn::Base64", "Condition"}) {
    for (const std::string argument :
         {"[]", "{}", "x", "~", "[x]", "[x, y]", "[x, y, z]", "[[], []]", "[{}, {}]", "[99, [a]]", "\"${\"",
          "[[], [], []]", "[\"${x}\", [y]]", "[-1, [a]]"}) {
      std::string text = "{\"";
      text += name;
      text += "\": ";
      text += argument;
      text += "}";
      EXPECT_NO_THROW(Resolved{text}) << text;
    }
  }
}

TEST(Resolver, EndsATextThatGrowsWithoutEnd) {
  std::string value = "x";
  for (int level = 0; level < 30; ++level) {
    value.insert(0, "!Sub [\"${A}${A}\", {A: ");
    value += "}]";
  }
  EXPECT_EQ(Resolved(value)->why_unknown(), "the text is too long");
}

}  // namespace
}  // namespace batchproof::lint
