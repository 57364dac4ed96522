#include <gmock/gmock.h>

#include <batchproof/lint/read_template.hpp>
#include <ostream>
#include <string>

#include "templates.hpp"

namespace batchproof::lint {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Node read_root(const std::string& text) { return read_template(text).root; }

const Node& at(const Node& root, std::initializer_list<std::string_view> keys) {
  const Node* const node = root.find(keys);
  if (node == nullptr) throw std::out_of_range("there is no such node");
  return *node;
}

TEST(ReadTemplate, TakesShortTagsForTheirLongForms) {
  const Node root = read_root(
      "Resources:\n  A: !Ref B\n  C: !GetAtt D.Arn\n  E: !Sub [x, {y: z}]\n  F: !If [G, !Ref H, 1]\n");
  EXPECT_EQ(at(root, {"Resources", "A", "Ref"}).text, "B");
  EXPECT_EQ(at(root, {"Resources", "C", "Fn::GetAtt"}).text, "D.Arn");
  EXPECT_EQ(at(root, {"Resources", "E", "Fn::Sub"}).items[1].entries[0].key, "y");
  EXPECT_EQ(at(root, {"Resources", "F", "Fn::If"}).items[1].entries[0].key, "Ref");
}

TEST(ReadTemplate, KeepsWhereEachKeyAndValueStands) {
  const Node root = read_root("Resources:\n  A:\n    B: 5\n");
  const Node& a = at(root, {"Resources", "A"});
  EXPECT_EQ(a.entries[0].place, (Place{.line = 3, .column = 5}));
  EXPECT_EQ(a.entries[0].value.place, (Place{.line = 3, .column = 8}));
}

TEST(ReadTemplate, KeepsThePlacesOfJsonToo) {
  const Node root = read_root("\n{\n\t\"Resources\": {\n  \"A\": [1,\n   22, \"x\"], \"B\" : true}}");
  const Node& resources = at(root, {"Resources"});
  EXPECT_EQ(root.entries[0].place, (Place{.line = 3, .column = 2}));
  EXPECT_EQ(resources.place, (Place{.line = 3, .column = 15}));
  EXPECT_EQ(resources.find("A")->items[1].place, (Place{.line = 5, .column = 4}));
  EXPECT_EQ(resources.find("A")->items[2].place, (Place{.line = 5, .column = 8}));
  EXPECT_EQ(resources.entries[1].place, (Place{.line = 5, .column = 14}));
  EXPECT_EQ(resources.find("B")->text, "true");
}

TEST(ReadTemplate, ReadsJsonThatIsNoYaml) {
  const std::string long_key(3000, 'k');
  const Node root =
      read_root("{\"" + long_key + "\": \"\\ud83d\\ude00\\/\", \"Resources\": {\"A\": null, \"B\": 1.50}}");
  EXPECT_EQ(root.find(long_key)->text, "\xF0\x9F\x98\x80/");
  EXPECT_EQ(at(root, {"Resources", "A"}).kind, Node::Kind::nothing);
  EXPECT_EQ(at(root, {"Resources", "B"}).text, "1.50");
}

TEST(ReadTemplate, ReadsYamlBetweenBraces) {
  EXPECT_EQ(at(read_root("{Resources: {A: !Ref B}}"), {"Resources", "A", "Ref"}).text, "B");
}

TEST(ReadTemplate, SkipsAByteOrderMark) {
  EXPECT_NO_THROW(read_template("\xEF\xBB\xBFResources: {}\n"));
  EXPECT_NO_THROW(read_template("\xEF\xBB\xBF{\"Resources\": {}}"));
}

TEST(ReadTemplate, WritesAliasesAndMergedKeysOut) {
  const Node root = read_root("A: &a {x: 1, y: 2}\nResources:\n  B: *a\n  C: {<<: *a, y: 3}\n");
  EXPECT_EQ(at(root, {"Resources", "B", "y"}).text, "2");
  EXPECT_EQ(at(root, {"Resources", "C", "x"}).text, "1");
  EXPECT_EQ(at(root, {"Resources", "C", "y"}).text, "3");
}

TEST(ReadTemplate, TakesTheLastOfAKeyThatStandsTwice) {
  const Template made = read_template("Resources:\n  A: {B: 1}\n  C: {}\n  A: {B: 2}\n");
  EXPECT_EQ(at(made.root, {"Resources", "A", "B"}).text, "2");
  EXPECT_EQ(at(made.root, {"Resources"}).entries.size(), 2U);
  ASSERT_EQ(made.repeated_keys.size(), 1U);
  EXPECT_EQ(made.repeated_keys[0].key, "A");
  EXPECT_EQ(made.repeated_keys[0].place.line, 4);
  EXPECT_EQ(made.repeated_keys[0].before.line, 2);
  EXPECT_EQ(read_template("{\"Resources\": {},\n \"Resources\": {\"A\": {}}}").repeated_keys.size(), 1U);
}

TEST(ReadTemplate, MergesEachMergeKey) {
  const Node root =
      read_root("A: &a {x: 1, y: 1}\nB: &b {y: 2, z: 2}\nResources:\n  C:\n    <<: *a\n    <<: *b\n");
  EXPECT_EQ(at(root, {"Resources", "C", "x"}).text, "1");
  EXPECT_EQ(at(root, {"Resources", "C", "y"}).text, "2");  // as PyYAML has it
  EXPECT_EQ(at(root, {"Resources", "C", "z"}).text, "2");
}

TEST(ReadTemplate, ReadsBlockTextsBehindTags) {
  const Node root = read_root("Resources:\n  A: !Sub |\n    one\n    two\n  B:\n    - !Ref >-\n      C\n");
  EXPECT_EQ(at(root, {"Resources", "A", "Fn::Sub"}).text, "one\ntwo\n");
  EXPECT_EQ(at(root, {"Resources", "B"}).items[0].entries[0].value.text, "C");
}

struct NoTemplate {
  const char* name;
  std::string text;
  const char* told;

  friend void PrintTo(const NoTemplate& refused, std::ostream* stream) { *stream << refused.name; }
};

class NoTemplates : public ::testing::TestWithParam<NoTemplate> {};

TEST_P(NoTemplates, AreRefusedInOneLine) {
  try {
    read_template(GetParam().text);
    FAIL() << "was read";
  } catch (const TemplateError& error) {
    EXPECT_THAT(error.what(), HasSubstr(GetParam().told));
    EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
  }
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int time = 0; time < times; ++time) all += text;
  return all;
}

/// Each line stands for nine of the line before.
std::string billion_laughs() {
  std::string text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
  for (int level = 1; level < 10; ++level) {
    const std::string number = std::to_string(level);
    text +=
        "a" + number + ": &a" + number + " [" + repeated("*a" + std::to_string(level - 1) + ", ", 9) + "]\n";
  }
  return text + "Resources: {}\n";
}

std::string thousands_of_resources() {
  std::string text = "Resources:\n";
  for (int number = 0; number < 20'001; ++number) text += "  A" + std::to_string(number) + ": {}\n";
  return text;
}

std::string binary() {
  std::string bytes;
  for (int index = 0; index < 5000; ++index) bytes += static_cast<char>(index * 7919 % 251);
  return bytes;
}

INSTANTIATE_TEST_SUITE_P(
    All, NoTemplates,
    ::testing::Values(
        NoTemplate{"Empty", "", "there is nothing in it"},
        NoTemplate{"OnlyAComment", "# nothing\n", "there is nothing in it"},
        NoTemplate{"AText", "hello", "not a format that is read"},
        NoTemplate{"AList", "- a\n- b\n", "not a format that is read"},
        NoTemplate{"NoResources", "Parameters: {}\n", "not a format that is read"},
        NoTemplate{"ResourcesAreAList", "Resources: [a]\n", "line 1: Resources is not a map"},
        NoTemplate{"NotYaml", "Resources:\n  A: [1, 2\nB: 3\n", "not YAML: line 3"},
        NoTemplate{"ControlCharacterEscaped", "A: \"\\\x01\"\n",
                   "not YAML: line 1, column 6: control characters are not allowed"},
        NoTemplate{"NotJson", "{\"Resources\": {\"A\": ]}}", "not JSON: parse error at line 1"},
        NoTemplate{"TruncatedJson", "{\"Resources\": {", "not JSON: parse error at line 1"},
        NoTemplate{"Binary", binary(), "not YAML"}, NoTemplate{"Zeros", std::string(64, '\0'), "not YAML"},
        NoTemplate{"OpenBrackets", std::string(100'000, '['), "nested"},
        NoTemplate{"OpenBraces", std::string(100'000, '{'), "not JSON"},
        NoTemplate{"DeepYaml", "Resources: " + std::string(150, '[') + std::string(150, ']'),
                   "nested more than 100 levels deep"},
        NoTemplate{"DeepJson",
                   "{\"Resources\": " + std::string(100'000, '[') + std::string(100'000, ']') + "}",
                   "nested more than 100 levels deep"},
        NoTemplate{"DashesWithoutEnd", repeated("- ", 100'000), "nested"},
        NoTemplate{"QuestionMarksWithoutEnd", repeated("? ", 100'000), "nested"},
        NoTemplate{"BillionLaughs", billion_laughs(), "with the aliases written out"},
        NoTemplate{"AliasWithinItself", "Resources: &a {b: *a}\n",
                   "line 1: the alias *a names no value that is complete before it"},
        NoTemplate{"AliasOfNothing", "Resources: *a\n", "line 1: the alias *a names no value"},
        NoTemplate{"OnlyAVersion", "AWSTemplateFormatVersion: '2010-09-09'\n",
                   "the template has no Resources"},
        NoTemplate{"TerraformSource", "resource \"aws_sqs_queue\" \"a\" {\n}\n", "terraform show -json"},
        NoTemplate{"TerraformSourceWithACommentedResource",
                   "# data\ndata \"aws_region\" \"here\" {\n}\n/*resource \"null_resource\" \"a\" {}*/\n",
                   "terraform show -json"},
        NoTemplate{"KeyIsAList", "Resources:\n  ? [a]\n  : b\n", "line 2: a key must be a scalar"},
        NoTemplate{"TwoDocuments", "Resources: {}\n---\nResources: {}\n", "more than one YAML document"},
        NoTemplate{"ThousandsOfResources", thousands_of_resources(), "more than 20000 resources"},
        NoTemplate{"TooLarge", "Resources: {}\n#" + std::string(most_template_bytes, 'x'), "larger than"}),
    [](const auto& test) { return test.param.name; });

// As the CDK writes it for a stack that only has constructs without resources.
TEST(ReadTemplate, TakesAStackWithoutResources) {
  const auto made =
      read_template("Parameters: {BootstrapVersion: {Type: String}}\nRules: {CheckBootstrapVersion: {}}\n");
  ASSERT_NE(made.root.find("Resources"), nullptr);
  EXPECT_TRUE(made.root.find("Resources")->entries.empty());
}

/// With any part cut off or overwritten, the rest is read or refused; nothing else is thrown.
TEST(DamagedTemplates, AreReadOrRefused) {
  const std::string whole = read_file(sample_templates().front()).substr(0, 1500);
  for (std::size_t end = 0; end < whole.size(); end += 13) {
    for (const char damage : {'[', '}', ':', '&', '*', '!', '"', '\0', '\xFF'}) {
      std::string text = whole;
      text[end] = damage;
      try {
        read_template(text);
        read_template(text.substr(0, end));
      } catch (const TemplateError&) {
        continue;
      }
    }
  }
}

}  // namespace
}  // namespace batchproof::lint
