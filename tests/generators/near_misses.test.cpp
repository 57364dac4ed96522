#include <batchproof/generators/near_misses.hpp>

#include <gmock/gmock.h>

#include <batchproof/fixtures/item.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace batchproof::generators {
namespace {

using fixtures::PayloadKind;
using ::testing::Contains;
using ::testing::Gt;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::set<std::string> all_of(PayloadKind kind, std::vector<std::string> payloads) {
  const NearMisses misses(kind, std::move(payloads));
  std::set<std::string> texts;
  for (std::size_t number = 0; number < misses.count(); ++number) texts.insert(misses.text(number));
  return texts;
}

TEST(NearMisses, MissOneFieldInEachWay) {
  EXPECT_THAT(all_of(PayloadKind::text, {R"({"quantity": 2})"}),
              UnorderedElementsAre("{}", R"({"quantity_": 2})", R"({"quantity": 2,"quantity":null})",
                                   R"({"quantity":null})", R"({"quantity":-1})", R"({"quantity":0.5})",
                                   R"({"quantity":1e30})", R"({"quantity":[]})", R"({"quantity":"2"})",
                                   R"({"quantity":true})", R"({"quantity":2.9})",
                                   R"({"quantity":4294967298})", R"({"quantity":9007199254740993})"));
}

TEST(NearMisses, ReachNestedFields) {
  const auto texts =
      all_of(PayloadKind::bytes, {R"({"order":{"items":[{"sku":"a"},{"sku":"b"}]},"paid":true})"});
  EXPECT_THAT(texts, Contains(R"({"order":{"items":[{"sku":"a"},{}]},"paid":true})"));
  EXPECT_THAT(texts, Contains(R"({"order":{"items":[{"sku_":"a"},{"sku":"b"}]},"paid":true})"));
  EXPECT_THAT(texts, Contains(R"({"order":{"items":[{"sku":"b"}]},"paid":true})"));
  EXPECT_THAT(texts, Contains(R"({"order":{"items":[{"sku":"a"},{"sku":""}]},"paid":true})"));
  EXPECT_THAT(texts, Contains(R"({"paid":true})"));
  EXPECT_THAT(texts, Contains(R"({"order":{"items":[{"sku":"a"},{"sku":"b"}]},"paid":"true"})"));
}

TEST(NearMisses, HoldATextThatIsTooLongForARecursiveReader) {
  EXPECT_THAT(all_of(PayloadKind::text, {R"({"name": "a"})"}), Contains(SizeIs(Gt(100'000U))));
}

TEST(NearMisses, AreJson) {
  for (const std::string& text : all_of(PayloadKind::text, {R"( { "a" : "x:\"y\"" , "b" : [ 1 , {} ] } )"}))
    EXPECT_TRUE(nlohmann::json::accept(text)) << text;
}

TEST(NearMisses, AreItemsThatDynamoDbCouldSend) {
  const auto texts =
      all_of(PayloadKind::item, {R"({"quantity":{"N":"2"},"customer":{"M":{"name":{"S":"x"}}}})"});
  EXPECT_THAT(texts, Contains(R"({"customer":{"M":{"name":{"S":"x"}}}})"));
  EXPECT_THAT(texts, Contains(R"({"quantity":{"S":"2"},"customer":{"M":{"name":{"S":"x"}}}})"));
  EXPECT_THAT(texts, Contains(R"({"quantity":{"N":"2"},"customer":{"M":{"name_":{"S":"x"}}}})"));
  for (const std::string& text : texts) EXPECT_NO_THROW(fixtures::item(text)) << text;
}

TEST(NearMisses, AreItemsChangedWithinLists) {
  const auto texts =
      all_of(PayloadKind::item, {R"({"lines":{"L":[{"M":{"quantity":{"N":"2"}}},{"S":"x"}]}})"});
  EXPECT_THAT(texts, Contains(R"({"lines":{"L":[{"M":{}},{"S":"x"}]}})"));
  EXPECT_THAT(texts, Contains(R"({"lines":{"L":[{"M":{"quantity":{"N":"-1"}}},{"S":"x"}]}})"));
  EXPECT_THAT(texts, Contains(R"({"lines":{"L":[{"M":{"quantity":{"N":"2"}}}]}})"));
  EXPECT_THAT(texts, Contains(R"({"lines":{"L":[{"M":{"quantity":{"N":"2"}}},{"S":"x"},{"S":"x"}]}})"));
  for (const std::string& text : texts) EXPECT_NO_THROW(fixtures::item(text)) << text;
}

TEST(NearMisses, ChangeAnElementOfAJsonArray) {
  const auto texts = all_of(PayloadKind::text, {R"([{"sku":"a"},{"sku":"b"}])"});
  EXPECT_THAT(texts, Contains(R"([{"sku":"b"}])"));
  EXPECT_THAT(texts, Contains(R"([{"sku":"a"},{"sku":"a"},{"sku":"b"}])"));
  EXPECT_THAT(texts, Contains(R"([{"sku":"a"},null])"));
  EXPECT_THAT(texts, Contains(R"([{"sku":"a"},{"sku_":"b"}])"));
}

TEST(NearMisses, ChangeAWordOfAText) {
  const auto texts = all_of(PayloadKind::text, {"order;12\n"});
  for (const char* const text :
       {"12\n", "order_;12\n", "order;order;12\n", "null;12\n", "order;", "order;12_\n", ";12\n", "order;\n",
        "order;null\n", "order;12\n12\n", "order;-1\n", "order;12.9\n", "order;4294967298\n"})
    EXPECT_THAT(texts, Contains(text));
  EXPECT_THAT(all_of(PayloadKind::text, {"a=1"}), Contains("a=1=1"));
  EXPECT_THAT(all_of(PayloadKind::text, {"<qty>2</qty>"}), Contains("<qty>-1</qty>"));
}

TEST(NearMisses, OfATextOfOneWordAreNotEmpty) {
  const auto texts = all_of(PayloadKind::text, {"order"});
  EXPECT_THAT(texts, Contains(" "));
  EXPECT_THAT(texts, Contains("order order"));
  EXPECT_THAT(texts, Not(Contains("")));
}

TEST(NearMisses, AreNoneOfWhatHasNoFields) {
  EXPECT_TRUE(all_of(PayloadKind::text, {"", " ", "{", "{}", "[]"}).empty());
  EXPECT_TRUE(all_of(PayloadKind::bytes, {std::string("order\x01", 6), "\xFForder"}).empty());
  EXPECT_TRUE(all_of(PayloadKind::item, {"order", "[1]"}).empty());
}

}  // namespace
}  // namespace batchproof::generators
