// The places that the errors of types of nlohmann's name.

#include <batchproof/json.hpp>

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace batchproof::misfit_tests {
namespace {

struct Item {
  std::string sku;
  int quantity = 0;
  std::vector<double> prices;
  bool gift = false;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Item, sku, quantity, prices, gift)

struct Basket {
  std::vector<Item> items;
  std::map<std::string, int> counts;
  std::pair<int, std::string> buyer;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Basket, items, counts, buyer)

/// What is wrong with the payload, without what is the same in all errors.
template <class Payload>
std::string misfit(const std::string& body) {
  try {
    static_cast<void>(PayloadFormat<Payload>::read("body", body));
    return "fits";
  } catch (const PayloadError& error) {
    return std::string(error.what()).substr(std::string("body does not fit: ").size());
  } catch (const nlohmann::json::exception& error) {
    return std::string("nlohmann: ") + error.what();
  }
}

TEST(Misfits, NameTheValueOfAnotherKind) {
  EXPECT_EQ(misfit<Item>(R"({"sku":"a","quantity":"2","prices":[],"gift":true})"),
            "/quantity: a number expected, found a string");
  EXPECT_EQ(misfit<Item>(R"({"sku":null,"quantity":2,"prices":[],"gift":true})"),
            "/sku: a string expected, found null");
  EXPECT_EQ(misfit<Item>(R"({"sku":"a","quantity":2,"prices":[1,2.5,"3","4"],"gift":true})"),
            "/prices/2: a number expected, found a string");
  EXPECT_EQ(misfit<Item>(R"({"sku":"a","quantity":2,"prices":[1,2.5],"gift":1})"),
            "/gift: a boolean expected, found a number");
  EXPECT_EQ(misfit<Item>(R"({"sku":"a","quantity":2,"prices":"1","gift":true})"),
            "/prices: an array expected, found a string");
  EXPECT_EQ(misfit<Basket>(R"({"counts":{"a":1,"b~/c":[]}})"),
            "/counts/b~0~1c: a number expected, found an array");
  EXPECT_EQ(misfit<Basket>(R"({"buyer":["1","ann"]})"), "/buyer/0: a number expected, found a string");
}

TEST(Misfits, NameTheValueThatHasNoMembers) {
  EXPECT_EQ(misfit<Item>("[]"), "an object expected, found an array");
  EXPECT_EQ(misfit<Item>("true"), "an object or an array expected, found a boolean");
  EXPECT_EQ(misfit<Basket>(R"("none")"), "an object expected, found a string");
  EXPECT_EQ(misfit<Basket>(R"({"items":[[]]})"), "/items/0: an object expected, found an array");
  EXPECT_EQ(misfit<Basket>(R"({"buyer":{}})"), "/buyer: an array expected, found an object");
}

TEST(Misfits, NameTheMemberThatIsMissing) {
  EXPECT_EQ(misfit<Item>(R"({"sku":"a","prices":[],"gift":true})"), "/quantity: missing");
  EXPECT_EQ(misfit<Basket>(R"({"items":[{"sku":"a","quantity":2,"prices":[1],"gift":true},
                                        {"sku":"a","quantity":2,"gift":true}, {}]})"),
            "/items/1/prices: missing");
}

TEST(Misfits, NameTheFirstOfSeveral) {
  EXPECT_EQ(misfit<Item>(R"({"sku":"a","quantity":"2","prices":["3"],"gift":"yes"})"),
            "/quantity: a number expected, found a string");
}

TEST(Misfits, LeaveThePayloadAsItIs) {
  nlohmann::json tree = nlohmann::json::parse(R"({"sku":"a","quantity":"2","prices":[1,[],{}]})");
  const nlohmann::json before = tree;
  detail::TrialConversionTo<Item> conversion(tree);
  const char* const thrown = "[json.exception.type_error.302] type must be number, but is string";
  EXPECT_THROW(detail::name_misfit("body", tree, thrown, conversion), PayloadError);
  EXPECT_EQ(tree, before);
}

/// Two such texts may be meant by the same error.
struct Length {
  int mm = 0;
};
void from_json(const nlohmann::json& json, Length& length) {
  length.mm = json == "one" ? 1 : json.get<int>();
}
void to_json(nlohmann::json& json, const Length& length) { json = length.mm; }

struct Box {
  Length width;
  Length height;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Box, width, height)

TEST(Misfits, NameNoPlaceWhereSeveralMayBeMeant) {
  EXPECT_EQ(misfit<Box>(R"({"width":1,"height":"two"})"), "/height: a number expected, found a string");
  EXPECT_EQ(misfit<Box>(R"({"width":"one","height":"two"})"),
            "nlohmann: [json.exception.type_error.302] type must be number, but is string");
}

enum class State { open, closed };
NLOHMANN_JSON_SERIALIZE_ENUM(State, {{State::open, "open"}, {State::closed, "closed"}})

/// Members that are read whatever their value is.
struct Door {
  State state = State::open;
  nlohmann::json extra;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Door, state, extra)

struct House {
  std::map<std::string, Door> doors;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(House, doors)

TEST(Misfits, DoNotTakeAMapForTheObjectThatLacksAMember) {
  EXPECT_EQ(misfit<House>(R"({"doors":{"front":{"state":"open"}}})"), "/doors/front/extra: missing");
  EXPECT_EQ(misfit<House>(R"({"doors":{"front":{"state":"open"},"back":{"state":"open"}}})"),
            "nlohmann: [json.exception.out_of_range.403] key 'extra' not found");
}

TEST(Misfits, AreNotLookedForInALargePayload) {
  Item large{.sku = "a", .quantity = 1, .prices = std::vector<double>(20'000), .gift = true};
  nlohmann::json tree = large;
  tree["quantity"] = "2";
  for (std::size_t index = 0; index < 1'000; ++index) tree["more"].push_back("text");
  EXPECT_EQ(misfit<Item>(tree.dump()),
            "nlohmann: [json.exception.type_error.302] type must be number, but is string");
}

TEST(Misfits, KeepTheTextOfOtherErrors) {
  EXPECT_EQ(misfit<Basket>(R"({"buyer":[1]})"),
            "nlohmann: [json.exception.out_of_range.401] array index 1 is out of range");
}

}  // namespace
}  // namespace batchproof::misfit_tests
