#include <batchproof/typed.hpp>

#include <gmock/gmock.h>

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "payloads.hpp"

namespace batchproof::described_tests {
namespace described {

enum class Status { pending, shipped };
BOOST_DESCRIBE_ENUM(Status, pending, shipped)

struct Item {
  std::string sku;
  int quantity = 0;
};
BOOST_DESCRIBE_STRUCT(Item, (), (sku, quantity))

struct Cents {
  std::int64_t amount = 0;
};

void from_payload(PayloadValue& value, Cents& cents) {
  const auto text = value.as<std::string>();
  if (!text.ends_with(" cents")) throw std::invalid_argument("an amount of cents expected");
  cents.amount = std::stoll(text);
}

struct Order {
  std::uint32_t order_id = 0;
  std::vector<Item> items;
  std::optional<std::string> note;
  std::optional<Status> status;
  std::map<std::string, double> weights;
  std::optional<Cents> price;
};
BOOST_DESCRIBE_STRUCT(Order, (), (order_id, items, note, status, weights, price))

constexpr std::string_view json_name(const Order*, std::string_view name) {
  return name == "order_id" ? "orderId" : name;
}

template <class Value>
struct Holder {
  Value value{};
  BOOST_DESCRIBE_CLASS(Holder, (), (value), (), ())
};

class Account {
 public:
  std::uint16_t number() const { return number_; }

 private:
  std::uint16_t number_ = 0;
  BOOST_DESCRIBE_CLASS(Account, (), (), (), (number_))
};

struct Tree {
  int value = 0;
  std::vector<Tree> children;
};
BOOST_DESCRIBE_STRUCT(Tree, (), (value, children))

struct Image {
  std::vector<std::uint8_t> bytes;
  std::string text;
  std::vector<std::vector<std::uint8_t>> set;
};
BOOST_DESCRIBE_STRUCT(Image, (), (bytes, text, set))

}  // namespace described

namespace {

using described::Holder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::Pair;
using ::testing::StartsWith;

template <class Value>
Handled<Value> read(const std::string& json) {
  const auto handled = read_body<Holder<Value>>(R"({"value":)" + json + "}");
  Handled<Value> value{std::nullopt, handled.cause};
  if (handled.payload) value.payload = handled.payload->value;
  return value;
}

/// The cause of a value that does not fit, behind the path of the value.
template <class Value>
std::string refused(const std::string& json) {
  const auto handled = read<Value>(json);
  EXPECT_FALSE(handled.payload) << json;
  constexpr std::string_view prefix = "body does not fit: /value: ";
  const auto begin = handled.cause.find(prefix);
  return begin == std::string::npos ? handled.cause : handled.cause.substr(begin + prefix.size());
}

TEST(DescribedPayload, IsReadWithItsItemsOptionalsEnumerationsAndMaps) {
  const auto order = read_body<described::Order>(
      R"( {"unknown":[{"a":[1,{}]}],"items":[{"quantity":2,"sku":"tea\u0070ot"},{"sku":"","quantity":-3}],"note":null,
           "status":"shipped","weights":{"a b":0.5,"c":-2},"orderId":4294967295,"price":"250 cents"} )");
  ASSERT_EQ(order.cause, "");
  EXPECT_EQ(order.payload->order_id, 4294967295);
  EXPECT_EQ(order.payload->items.at(0).sku, "teapot");
  EXPECT_EQ(order.payload->items.at(1).quantity, -3);
  EXPECT_EQ(order.payload->note, std::nullopt);
  EXPECT_EQ(order.payload->status, described::Status::shipped);
  EXPECT_THAT(order.payload->weights, ElementsAre(Pair("a b", 0.5), Pair("c", -2)));
  EXPECT_EQ(order.payload->price->amount, 250);
}

TEST(DescribedPayload, LeavesOptionalMembersEmptyWhichAreMissing) {
  const auto order = read_body<described::Order>(R"({"orderId":1,"items":[],"weights":{}})");
  ASSERT_EQ(order.cause, "");
  EXPECT_FALSE(order.payload->note);
  EXPECT_FALSE(order.payload->price);
}

TEST(DescribedPayload, NamesThePlaceOfWhatDoesNotFit) {
  const auto cause = [](const char* body) { return read_body<described::Order>(body).cause; };
  EXPECT_THAT(cause(R"({"items":[],"weights":{}})"), HasSubstr("body does not fit: /orderId: missing"));
  EXPECT_THAT(
      cause(R"({"orderId":1,"weights":{},"items":[{"sku":"a","quantity":1},{"sku":"b","quantity":2.5}]})"),
      HasSubstr("body does not fit: /items/1/quantity: 2.5 is not a whole number"));
  EXPECT_THAT(cause(R"({"orderId":1,"items":[],"weights":{"a/b~":"x"}})"),
              HasSubstr("/weights/a~1b~0: a number expected, found a string"));
  EXPECT_THAT(cause(R"({"orderId":1,"items":[],"weights":{},"status":"lost"})"),
              HasSubstr(R"(/status: "lost" is none of pending, shipped)"));
  EXPECT_THAT(cause(R"({"orderId":1,"items":[],"weights":{},"price":"2 euros"})"),
              HasSubstr("/price: an amount of cents expected"));
  EXPECT_THAT(cause(R"({"orderId":1,"items":[],"weights":{},"price":2})"),
              HasSubstr("/price: a string expected, found a number"));
  EXPECT_THAT(cause(R"({"orderId":1,"orderId":1,"items":[],"weights":{}})"),
              HasSubstr("/orderId: comes twice"));
  EXPECT_THAT(cause(R"({"orderId":1,"items":[],"weights":{"a":1,"a":1}})"),
              HasSubstr("/weights/a: comes twice"));
  EXPECT_THAT(cause("[]"), HasSubstr("body does not fit: an object expected, found an array"));
}

TEST(DescribedPayload, HoldsIntegersExactlyOrFails) {
  EXPECT_THAT(read<int>("2").payload, Optional(2));
  EXPECT_THAT(read<int>("-2147483648").payload, Optional(std::numeric_limits<int>::min()));
  EXPECT_EQ(refused<int>("2147483648"), "2147483648 is outside of -2147483648 to 2147483647");
  EXPECT_EQ(refused<int>("4294967298"), "4294967298 is outside of -2147483648 to 2147483647");
  EXPECT_EQ(refused<int>("2.9"), "2.9 is not a whole number");
  EXPECT_EQ(refused<int>("2.00000000000000000001"), "2.00000000000000000001 is not a whole number");
  EXPECT_EQ(refused<int>("1e300"), "1e300 is outside of -2147483648 to 2147483647");
  EXPECT_EQ(refused<int>("1e-300"), "1e-300 is not a whole number");
  EXPECT_EQ(refused<int>("true"), "a whole number expected, found a boolean");
  EXPECT_EQ(refused<int>("null"), "a whole number expected, found null");
  EXPECT_EQ(refused<int>(R"("2")"), "a whole number expected, found a string");
  EXPECT_EQ(refused<unsigned>("-1"), "-1 is outside of 0 to 4294967295");
  EXPECT_THAT(read<std::uint8_t>("255").payload, Optional(255));
  EXPECT_EQ(refused<std::uint8_t>("256"), "256 is outside of 0 to 255");
  EXPECT_EQ(refused<std::int8_t>("-129"), "-129 is outside of -128 to 127");
  EXPECT_THAT(read<std::uint64_t>("18446744073709551615").payload, Optional(18446744073709551615U));
  EXPECT_EQ(refused<std::uint64_t>("18446744073709551616"),
            "18446744073709551616 is outside of 0 to 18446744073709551615");
  EXPECT_THAT(refused<std::int64_t>("18446744073709551615"), HasSubstr("is outside of"));
  EXPECT_THAT(read<std::int64_t>("9007199254740993").payload, Optional(9007199254740993));
  EXPECT_THAT(refused<std::int64_t>("110111111111111110000000000000000000000"), HasSubstr("is outside of"));
}

TEST(DescribedPayload, TakesAnyWayToWriteAWholeNumber) {
  for (const char* two : {"2.0", "2e0", "20e-1", "0.2e1", "2.000000000000000000000000", "0.02E+2"})
    EXPECT_THAT(read<int>(two).payload, Optional(2)) << two;
  EXPECT_THAT(read<int>("1e2").payload, Optional(100));
  EXPECT_THAT(read<int>("-0").payload, Optional(0));
  EXPECT_THAT(read<unsigned>("-0.0").payload, Optional(0U));
  EXPECT_THAT(read<int>("0e99999999999999999999").payload, Optional(0));
  EXPECT_THAT(read<std::int64_t>("9007199254740993.0").payload, Optional(9007199254740993));
  EXPECT_EQ(refused<std::int64_t>("9007199254740992.5"), "9007199254740992.5 is not a whole number");
  EXPECT_THAT(refused<int>("1e99999999999999999999"), HasSubstr("is outside of"));
}

TEST(DescribedPayload, HoldsTheNearestFiniteFloatingPointNumber) {
  EXPECT_THAT(read<double>("9007199254740993").payload, Optional(9007199254740992.0));
  EXPECT_THAT(read<double>("18446744073709551615").payload, Optional(18446744073709551616.0));
  EXPECT_THAT(read<double>("110111111111111110000000000000000000000").payload,
              Optional(1.1011111111111111e38));
  EXPECT_THAT(read<double>("0.1").payload, Optional(0.1));
  EXPECT_THAT(read<double>("1e-400").payload, Optional(0.0));
  EXPECT_THAT(read<double>("0.00001e-400").payload, Optional(0.0));
  EXPECT_THAT(read<float>("0.1").payload, Optional(0.1F));
  EXPECT_EQ(refused<double>("1e400"), "1e400 is out of the type's range");
  EXPECT_EQ(refused<double>("-1e400"), "-1e400 is out of the type's range");
  EXPECT_EQ(refused<float>("1e39"), "1e39 is out of the type's range");
  EXPECT_EQ(refused<double>("true"), "a number expected, found a boolean");
}

TEST(DescribedPayload, NeverMakesABooleanOfANumber) {
  EXPECT_THAT(read<bool>("true").payload, Optional(true));
  EXPECT_THAT(read<bool>("false").payload, Optional(false));
  EXPECT_EQ(refused<bool>("1"), "true or false expected, found a number");
  EXPECT_EQ(refused<bool>(R"("true")"), "true or false expected, found a string");
}

TEST(DescribedPayload, ReadsContainersElementByElement) {
  EXPECT_THAT(read<std::vector<bool>>("[true,false]").payload, Optional(ElementsAre(true, false)));
  EXPECT_THAT(read<std::set<int>>("[3,1,3]").payload, Optional(ElementsAre(1, 3)));
  EXPECT_THAT((read<std::map<int, int>>(R"({"7":1,"-8":2})").payload),
              Optional(ElementsAre(Pair(-8, 2), Pair(7, 1))));
  EXPECT_EQ((read<std::unordered_map<std::string, int>>(R"({"a":1})").payload->at("a")), 1);
  EXPECT_EQ((read<std::pair<int, std::string>>(R"([1,"a"])").payload), std::make_pair(1, std::string("a")));
  EXPECT_THAT((read<std::array<int, 2>>("[1,2]").payload), Optional(ElementsAre(1, 2)));
  EXPECT_EQ((read<std::tuple<>>("[]").payload), std::tuple<>());
  EXPECT_EQ((refused<std::array<int, 2>>("[1]")), "an array of 2 expected, found fewer");
  EXPECT_EQ((refused<std::pair<int, int>>("[1,2,3]")), "an array of 2 expected, found more");
  EXPECT_THAT((refused<std::vector<std::optional<int>>>("[1,null,2.5]")),
              HasSubstr("/value/2: 2.5 is not a whole"));
  EXPECT_THAT((refused<std::map<std::uint8_t, int>>(R"({"256":1})")),
              HasSubstr("/value/256: 256 is outside of 0 to 255"));
  EXPECT_THAT((refused<std::map<int, int>>(R"({"a":1})")), HasSubstr(R"(/value/a: "a" is not a number)"));
  EXPECT_THAT((refused<std::map<int, int>>(R"({"1":1,"1.0":1})")), HasSubstr("comes twice"));
}

TEST(DescribedPayload, MayBeAContainerOrAScalarItself) {
  EXPECT_THAT(read_body<std::vector<int>>(" [1, 2] ").payload, Optional(ElementsAre(1, 2)));
  EXPECT_THAT(read_body<int>("5").payload, Optional(5));
  EXPECT_THAT(read_body<std::string>(R"("a")").payload, Optional(std::string("a")));
  EXPECT_THAT(read_body<int>("5.5").cause, HasSubstr("body does not fit: 5.5 is not a whole number"));
}

TEST(DescribedPayload, MayHavePrivateMembers) {
  EXPECT_EQ(read_body<described::Account>(R"({"number_":7})").payload->number(), 7);
}

TEST(DescribedPayload, MustBeJsonThroughout) {
  for (const char* body : {"",
                           " ",
                           "not json",
                           "{",
                           "}",
                           "{}{}",
                           R"({"value":1} x)",
                           R"({"value":1},)",
                           R"({"value":1}])",
                           R"({"value":1)",
                           R"({"value":1}[])",
                           R"({"value":01})",
                           R"({"value":1.})",
                           R"({"value":+1})",
                           R"({"value":.5})",
                           R"({"value":1e})",
                           R"({"value":NaN})",
                           R"({"value":Infinity})",
                           R"({"value":tru})",
                           R"({"value":1,"x":nope})",
                           R"({"value":1,"x":01})",
                           R"({"value":1,"x":"\q"})",
                           R"({"value":1,"x":[1}})",
                           R"({"value":1,"x":{"a"}})",
                           R"({"value":1,})",
                           R"({value:1})",
                           R"({"value":1,"x":"\ud800"})",
                           "{\"value\":1,\"x\":\"\n\"}",
                           R"({"value":1 "x":2})",
                           R"({"value":nulls})"}) {
    const auto handled = read_body<Holder<std::optional<int>>>(body);
    EXPECT_FALSE(handled.payload) << body;
    EXPECT_THAT(handled.cause, HasSubstr("body does not fit: ")) << body;
  }
}

TEST(DescribedPayload, RefusesBytesThatAreNoText) {
  const auto event = decode<KinesisStreamRecord>(
      fixtures::kinesis_event({{.sequence_number = "1", .data = "{\"value\":\"\xff\"}"}}));
  const BatchProcessor<KinesisStreamRecord> processor({.raise_on_entire_batch_failure = false});
  const auto batch = processor.process(event, typed<Holder<std::string>>([](const auto&) {}));
  EXPECT_THAT(batch.messages()[0].cause, HasSubstr("kinesis/data does not fit: not JSON: "));
}

TEST(DescribedPayload, NestedTooDeepFailsItsRecordAndNotTheProcess) {
  std::string tree = R"({"value":1,"children":[]})";
  for (int level = 0; level < 300; ++level) tree = R"({"value":1,"children":[)" + tree + "]}";
  EXPECT_THAT(read_body<described::Tree>(tree).cause, HasSubstr("nested more than 512 levels deep"));
  for (const std::size_t arrays : {511U, 512U}) {
    const std::string body = R"({"value":1,"x":)" + std::string(arrays, '[') + std::string(arrays, ']') + "}";
    EXPECT_EQ(read_body<Holder<int>>(body).payload.has_value(), arrays == 511) << "with the object around it";
  }
  const std::string unread =
      R"({"value":1,"x":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  EXPECT_THAT(read_body<Holder<int>>(unread).cause, HasSubstr("does not fit: "));
}

TEST(DescribedPayload, IsReadFromAnItemOfDynamoDb) {
  const auto order = read_new_image<described::Order>(
      R"({"orderId":{"N":"7"},"items":{"L":[{"M":{"sku":{"S":"teapot"},"quantity":{"N":"2"}}}]},"note":{"NULL":true},)"
      R"("status":{"S":"pending"},"weights":{"M":{"a":{"N":"0.25"}}},"unknown":{"B":"AQ=="}})");
  ASSERT_EQ(order.cause, "");
  EXPECT_EQ(order.payload->order_id, 7);
  EXPECT_EQ(order.payload->items.at(0).quantity, 2);
  EXPECT_THAT(order.payload->weights, ElementsAre(Pair("a", 0.25)));
}

TEST(DescribedPayload, TakesBinaryValuesAsBytesOrText) {
  const auto image = read_new_image<described::Image>(
      R"({"bytes":{"B":"AP8="},"text":{"B":"YWI="},"set":{"BS":["AQID","AA=="]}})");
  ASSERT_EQ(image.cause, "");
  EXPECT_THAT(image.payload->bytes, ElementsAre(0, 255));
  EXPECT_EQ(image.payload->text, "ab");
  EXPECT_THAT(image.payload->set, ElementsAre(ElementsAre(1, 2, 3), ElementsAre(0)));
  EXPECT_THAT(read<std::vector<std::uint8_t>>("[0,255]").payload, Optional(ElementsAre(0, 255)));
  EXPECT_THAT(refused<std::vector<std::uint8_t>>(R"("AQ==")"), "an array expected, found a string");
}

TEST(DescribedPayload, HoldsNumbersOfDynamoDbAsExactlyAsAnyOther) {
  const auto cause = [](const std::string& number) {
    return read_new_image<Holder<int>>(R"({"value":{"N":")" + number + R"("}})").cause;
  };
  EXPECT_EQ(cause("2"), "");
  EXPECT_THAT(cause("2.9"), HasSubstr("dynamodb/NewImage does not fit: /value: 2.9 is not a whole number"));
  EXPECT_THAT(cause("4294967298"), HasSubstr("is outside of"));
  EXPECT_THAT(cause("110111111111111110000000000000000000000"), HasSubstr("is outside of"));
  EXPECT_THAT(read_new_image<Holder<std::set<int>>>(R"({"value":{"NS":["1","2.5"]}})").cause,
              HasSubstr("/value/1: 2.5 is not a whole number"));
  EXPECT_THAT(read_new_image<Holder<std::set<std::string>>>(R"({"value":{"SS":["a"]}})").payload->value,
              ElementsAre("a"));
  EXPECT_THAT(read_new_image<Holder<double>>(R"({"value":{"N":"12345678901234567890123456789012345678"}})")
                  .payload->value,
              1.2345678901234568e37);
  EXPECT_THAT(read_new_image<Holder<std::string>>(R"({"value":{"N":"1"}})").cause,
              HasSubstr("a string expected, found a number"));
  EXPECT_THAT(read_new_image<Holder<int>>(R"({"value":{"BOOL":true}})").cause, HasSubstr("found a boolean"));
}

struct Nested {
  int value = 0;
};

void from_payload(PayloadValue& value, Nested& nested) {
  nested.value = read_body<Holder<int>>(value.as<std::string>()).payload.value().value;
}

TEST(DescribedPayload, MayReadAnotherPayloadWhileItIsRead) {
  const auto outer = read_body<std::vector<Nested>>(R"(["{\"value\":1}","{\"value\":2}"])");
  ASSERT_EQ(outer.cause, "");
  EXPECT_EQ(outer.payload->at(0).value, 1);
  EXPECT_EQ(outer.payload->at(1).value, 2);
}

struct Twice {};

void from_payload(PayloadValue& value, Twice&) {
  value.as<std::vector<int>>();
  value.as<std::vector<int>>();
}

struct Careless {};

void from_payload(PayloadValue&, Careless&) {}

TEST(DescribedPayload, IsReadOnceByAFromPayload) {
  EXPECT_THAT(read_body<Twice>("[1]").cause, HasSubstr("its from_payload reads it twice"));
  EXPECT_TRUE(read_body<Careless>("[1]").payload);
  EXPECT_THAT(read_body<Careless>("[1,nope]").cause, HasSubstr("not JSON"));
}

}  // namespace
}  // namespace batchproof::described_tests
