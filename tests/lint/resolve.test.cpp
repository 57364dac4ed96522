#include <gmock/gmock.h>

#include <batchproof/lint/read_template.hpp>
#include <batchproof/lint/resolve.hpp>
#include <string>

namespace batchproof::lint {
namespace {

using ::testing::Optional;

constexpr const char* declarations = R"(
Parameters:
  Stage: {Type: String, Default: test}
  Sizes: {Type: CommaDelimitedList, Default: "1, 2,3"}
  Nothing: {Type: String}
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
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Value: )";

/// What a value comes to within the declarations above.
class Resolved {
 public:
  explicit Resolved(const std::string& value) : root_(read_template(declarations + value + "\n")) {
    value_ = Resolver(root_).resolve(*root_.find({"Resources", "Value"}));
  }

  const Value* operator->() const { return &value_; }
  std::optional<std::string> literal() const { return value_.literal(); }

 private:
  Node root_;
  Value value_;
};

TEST(Resolver, KnowsTheDefaultsOfParameters) {
  EXPECT_THAT(Resolved("!Ref Stage").literal(), Optional(std::string("test")));
  EXPECT_EQ(Resolved("!Ref Sizes")->items.size(), 3U);
  EXPECT_THAT(Resolved("!Select [1, !Ref Sizes]").literal(), Optional(std::string("2")));
}

TEST(Resolver, SaysWhatItCannotKnow) {
  EXPECT_EQ(Resolved("!Ref Nothing")->why_unknown(), "the parameter Nothing has no default");
  EXPECT_EQ(Resolved("!Ref Kept")->why_unknown(), "the parameter Kept is kept by Systems Manager");
  EXPECT_EQ(Resolved("!Ref AWS::Region")->why_unknown(), "AWS::Region is known only at deployment");
  EXPECT_EQ(Resolved("!Ref Elsewhere")->why_unknown(), "the template has no parameter or resource Elsewhere");
  EXPECT_EQ(Resolved("!ImportValue Arn")->why_unknown(),
            "what Fn::ImportValue gives is known only at deployment");
  EXPECT_EQ(Resolved("\"{{resolve:ssm:/name:1}}\"")->why_unknown(),
            "what {{resolve:...}} comes to is known only at deployment");
  EXPECT_EQ(Resolved("!GetAtt Queue.Arn")->why_unknown(), "what Queue gives is known only at deployment");
  EXPECT_EQ(Resolved("!Sub [\"${A}\", {A: !Ref Nothing}]")->why_unknown(),
            "the parameter Nothing has no default");
}

TEST(Resolver, NamesTheResourceOfAReference) {
  EXPECT_EQ(Resolved("!Ref Queue")->resource(), "Queue");
  EXPECT_EQ(Resolved("!GetAtt [Queue, Arn]")->resource(), "Queue");
  EXPECT_EQ(Resolved("!Ref Queue.Alias")->resource(), "Queue");
  EXPECT_EQ(Resolved("!Sub \"arn:aws:sqs:${AWS::Region}:1:${Queue.QueueName}\"")->resource(), "Queue");
  EXPECT_EQ(Resolved("!Sub \"${Queue}${Value}\"")->resource(), "");
}

TEST(Resolver, PutsTextsTogether) {
  EXPECT_THAT(Resolved("!Sub \"a-${Stage}-${!b}\"").literal(), Optional(std::string("a-test-${b}")));
  EXPECT_THAT(Resolved("!Sub [\"${A}${A}\", {A: !Ref Stage}]").literal(), Optional(std::string("testtest")));
  EXPECT_THAT(Resolved("!Join [\"-\", [a, !Ref Stage, !Ref AWS::NoValue]]").literal(),
              Optional(std::string("a-test")));
  EXPECT_THAT(Resolved("!Select [2, !Split [\":\", \"a:b:c\"]]").literal(), Optional(std::string("c")));
  EXPECT_EQ(Resolved("!Sub \"arn:${AWS::Partition}:sqs:x\"")->pattern(), "arn:*:sqs:x");
}

TEST(Resolver, LooksMapsUp) {
  EXPECT_THAT(Resolved("!FindInMap [Timeouts, !Ref Stage, Function]").literal(), Optional(std::string("20")));
  EXPECT_EQ(Resolved("!FindInMap [Timeouts, !Ref AWS::Region, Function]")->kind, Value::Kind::unresolved);
  EXPECT_EQ(Resolved("!FindInMap [Timeouts, nowhere, Function]")->kind, Value::Kind::unresolved);
  EXPECT_EQ(Resolved("!FindInMap [Loop, a, b]")->kind, Value::Kind::unresolved);
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
  const Node root = read_template(std::string(declarations) + "!If [IsLive, a, b]\n");
  const Node& value = *root.find({"Resources", "Value"});
  EXPECT_THAT(Resolver(root).where("IsLive").resolve(value).literal(), Optional(std::string("a")));
}

TEST(Resolver, ReadsTheLongForms) {
  EXPECT_THAT(Resolved("{Fn::Join: [\"\", [{Ref: Stage}, x]]}").literal(), Optional(std::string("testx")));
  EXPECT_EQ(Resolved("{Fn::GetAtt: [Queue, Arn]}")->resource(), "Queue");
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
  EXPECT_EQ(Resolved(value)->why_unknown(), "it is too long a text");
}

}  // namespace
}  // namespace batchproof::lint
