// The texts that count as JSON, compared with nlohmann's parser.

#include <batchproof/json.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <optional>
#include <random>
#include <string>
#include <string_view>

namespace batchproof::grammar_tests {
namespace {

/// A value of any kind, whose numbers are doubles.
struct Tree {
  nlohmann::json json;
};

nlohmann::json tree_of(PayloadValue& value) {
  using Kind = PayloadValue::Kind;
  nlohmann::json json;
  switch (value.kind()) {
    case Kind::boolean:
      return value.as<bool>();
    case Kind::number:
      return value.as<double>();
    case Kind::string:
      return value.as<std::string>();
    case Kind::array:
      json = nlohmann::json::array();
      value.for_each_element([&](PayloadValue& element) { json.push_back(tree_of(element)); });
      return json;
    case Kind::object:
      json = nlohmann::json::object();
      value.for_each_member(
          [](std::string_view, bool& wanted) { wanted = true; },
          [&](PayloadValue& member) { json[std::string(member.path().name)] = tree_of(member); });
      return json;
    default:
      return nullptr;
  }
}

void from_payload(PayloadValue& value, Tree& tree) { tree.json = tree_of(value); }

/// A value that nobody looks at.
struct Unread {};

void from_payload(PayloadValue&, Unread&) {}

nlohmann::json with_doubles(nlohmann::json json) {
  if (json.is_number()) return json.get<double>();
  if (json.is_structured()) {
    for (auto& child : json) child = with_doubles(std::move(child));
  }
  return json;
}

template <class Payload>
std::optional<Payload> read(std::string_view text) {
  try {
    return PayloadFormat<Payload>::read("body", text);
  } catch (const PayloadError&) {
    return std::nullopt;
  }
}

class Mutations {
 public:
  std::string next() {
    static constexpr std::array texts{
        R"({"a":[1,-2.5e+3,true,false,null,"x\u00e9\n\"y",{"b":{}}],"c":"é","d":[[],[{}]]})",
        R"([0,-0,1e5,0.1,"\ud83d\ude00"])",
        R"("abc\\")",
        "12",
        R"({"a":{"b":{"c":[1,2,{"d":"e"}]}}} )",
        "true"};
    std::string text = texts.at(below(texts.size()));
    for (std::size_t change = below(4); change > 0 && !text.empty(); --change) mutate(text);
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }

  void mutate(std::string& text) {
    static constexpr std::string_view characters = "{}[]\",:\\ 0123456789eE+-.truefalsn\t\n\x01\xc3\xa9u";
    const std::size_t place = below(text.size());
    switch (below(3)) {
      case 0:
        text[place] = characters[below(characters.size())];
        break;
      case 1:
        text.insert(place, 1, characters[below(characters.size())]);
        break;
      default:
        text.erase(place, 1 + below(3));
    }
  }

  std::mt19937_64 random_{7};
};

TEST(DescribedPayload, IsJsonWhereNlohmannsParserSaysSoAndOfTheSameValue) {
  Mutations mutations;
  int valid = 0;
  for (int count = 0; count < 5'000; ++count) {
    const std::string text = mutations.next();
    const auto theirs = nlohmann::json::parse(text, nullptr, false);
    const auto tree = read<Tree>(text);
    ASSERT_EQ(tree.has_value(), !theirs.is_discarded()) << text;
    if (!theirs.is_discarded()) {
      ++valid;
      ASSERT_EQ(tree->json, with_doubles(theirs)) << text;
    }
    ASSERT_TRUE(read<Unread>(text).has_value() || theirs.is_discarded()) << text;
    // A number beyond all doubles is JSON; nlohmann does not read it.
    ASSERT_TRUE(!read<Unread>(text) || !theirs.is_discarded() ||
                text.find_first_of("eE") != std::string::npos)
        << text;
  }
  EXPECT_GT(valid, 1'000);
}

TEST(DescribedPayload, MayBeginWithAByteOrderMark) {
  const std::string mark = "\xEF\xBB\xBF";
  for (const auto* const text : {R"({"a":1})", "7"}) {
    EXPECT_EQ(read<Tree>(mark + text)->json, with_doubles(nlohmann::json::parse(mark + text)));
    EXPECT_FALSE(read<Unread>(mark + mark + text));
  }
  EXPECT_FALSE(read<Unread>(mark));
}

TEST(DescribedPayload, DoesNotDependOnThePayloadReadBefore) {
  // simdjson may step behind the text; nothing of a longer payload may be left there.
  read<Unread>(std::string(200, ' ') + "[" + std::string(100, ',') + "]");
  for (const char* text : {"[[1,]", "[1]]", R"({"a":[1,})", "[", "]", ",", "1,", "[[[", R"({"a":])"}) {
    read<Unread>("[" + std::string(300, '[') + std::string(300, ']') + "]" + std::string(50, ','));
    EXPECT_FALSE(read<Unread>(text)) << text;
    EXPECT_FALSE(read<Tree>(text)) << text;
  }
}

}  // namespace
}  // namespace batchproof::grammar_tests
