// Types with nlohmann's from_json: no conversion of nlohmann's changes a number in silence.

#include <batchproof/json.hpp>

#include <gmock/gmock.h>

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "payloads.hpp"

namespace batchproof::conversion_tests {
namespace plain {

enum class Status { pending, shipped };
NLOHMANN_JSON_SERIALIZE_ENUM(Status, {{Status::pending, "pending"}, {Status::shipped, "shipped"}})

enum class Level : std::uint8_t { low, high };

struct Item {
  int quantity = 0;
  std::uint8_t level = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Item, quantity, level)

template <class Value>
struct Holder {
  Value value{};
  NLOHMANN_DEFINE_TYPE_INTRUSIVE(Holder, value)
};

/// With a from_json alone.
template <class Value>
struct Read {
  Value value{};
};

template <class Value>
void from_json(const nlohmann::json& json, Read<Value>& read) {
  json.at("value").get_to(read.value);
}

/// Two numbers of any type, with a from_json that names both, and a third that it does not read.
template <class First, class Second>
struct Pair {
  First first{};
  Second second{};
  NLOHMANN_DEFINE_TYPE_INTRUSIVE(Pair, first, second)
};

/// The same with a from_json alone.
template <class First, class Second>
struct ReadPair {
  First first{};
  Second second{};
};

template <class First, class Second>
void from_json(const nlohmann::json& json, ReadPair<First, Second>& pair) {
  json.at("first").get_to(pair.first);
  json.at("second").get_to(pair.second);
}

/// Of three channels, a signed number and one with a fraction.
struct Pixel {
  std::uint8_t red = 0, green = 0, blue = 0;
  int layer = 0;
  float opacity = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Pixel, red, green, blue, layer, opacity)

/// Holds a number that from_json calculates.
struct Balance {
  int debit = 0;
  int credit = 0;
  std::uint8_t id = 0;
};

void from_json(const nlohmann::json& json, Balance& balance) {
  json.at("debit").get_to(balance.debit);
  json.at("id").get_to(balance.id);
  balance.credit = static_cast<int>(-static_cast<long long>(balance.debit));
}

/// Holds a member that may be missing, which nlohmann 3.11 leaves to its users.
struct WithOptional {
  std::optional<int> value;
  std::unique_ptr<Item> item;
};

void from_json(const nlohmann::json& json, WithOptional& read) {
  if (json.contains("value")) read.value = json.at("value").get<int>();
  if (json.contains("item")) read.item = std::make_unique<Item>(json.at("item").get<Item>());
}

enum class Nullable { none, set };
NLOHMANN_JSON_SERIALIZE_ENUM(Nullable, {{Nullable::none, nullptr}, {Nullable::set, "set"}})

enum class Numbered { one, two };
NLOHMANN_JSON_SERIALIZE_ENUM(Numbered, {{Numbered::one, 1}, {Numbered::two, 2}})

struct Row {
  std::string sku;
  Status status = Status::pending;
};

void to_json(nlohmann::json& json, const Row& row) { json = {{"sku", row.sku}, {"status", row.status}}; }

void from_json(const nlohmann::json& json, Row& row) {
  for (const char letter : json.at("sku").get<std::string>())
    row.sku += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  json.at("status").get_to(row.status);
}

int conversions = 0;

/// Counts how often it is read.
template <class Value>
struct Counted {
  Value value{};
};

template <class Value>
void from_json(const nlohmann::json& json, Counted<Value>& counted) {
  ++conversions;
  json.at("value").get_to(counted.value);
}

struct Probabilities {
  std::vector<double> all;
};

void from_json(const nlohmann::json& json, Probabilities& probabilities) {
  for (const double one : json.at("all").get<std::vector<double>>()) {
    if (one < 0 || one > 1) throw std::invalid_argument("not a probability");
    probabilities.all.push_back(one);
  }
}

/// Keeps less than the payload holds.
struct Filtered {
  int level = 0;
  std::vector<int> positive;
};

void from_json(const nlohmann::json& json, Filtered& filtered) {
  filtered.level = std::min(json.at("level").get<int>(), 100);
  for (const int number : json.at("all").get<std::vector<int>>()) {
    if (number >= 0) filtered.positive.push_back(number);
  }
}

/// Reads texts as something else.
struct Texts {
  int quantity = 0;
  bool is_monday = false;
  std::string currency;
};

void from_json(const nlohmann::json& json, Texts& texts) {
  texts.quantity = std::stoi(json.at("quantity").get<std::string>());
  texts.is_monday = json.at("day").get<std::string>().starts_with("mon");
  texts.currency = json.at("currency").get<std::string>();
}

/// Reads members by operator[], which is undefined for one that is missing.
struct Coupon {
  std::string code;
};

void from_json(const nlohmann::json& json, Coupon& coupon) {
  if (json["has_coupon"].get<bool>()) coupon.code = json["coupon"].get<std::string>();
}

struct Price {
  double price = 0;
};

void from_json(const nlohmann::json& json, Price& price) {
  price.price = std::stod(json["price"].get<std::string>());
}
void to_json(nlohmann::json& json, const Price& price) { json = {{"price", price.price}}; }

struct Chosen {
  std::string name;
};

void from_json(const nlohmann::json& json, Chosen& chosen) {
  const int index = json["chosen"].get<int>();
  chosen.name = index < 0 ? "none" : json["names"][static_cast<std::size_t>(index)].get<std::string>();
}

/// Takes numbers apart.
struct Day {
  int year = 0;
  int month = 0;
  int day = 0;
};

void from_json(const nlohmann::json& json, Day& day) {
  const int date = json.at("date").get<int>();
  day = {date / 10'000, date / 100 % 100, date % 100};
}

struct Money {
  std::int64_t units = 0;
  std::int32_t nanos = 0;
};

void from_json(const nlohmann::json& json, Money& money) {
  const double total = json.at("total").get<double>();
  money.units = static_cast<std::int64_t>(total);
  money.nanos = static_cast<std::int32_t>(std::llround((total - static_cast<double>(money.units)) * 1e9));
}

struct Rate {
  int basis_points = 0;
};

void from_json(const nlohmann::json& json, Rate& rate) {
  const double share = json.at("rate").get<double>();
  if (share < 0 || share > 1) throw std::invalid_argument("no rate");
  rate.basis_points = static_cast<int>(std::lround(share * 10'000));
}

/// Reads texts and flags with a value for the rest.
enum class Vehicle { other, car };

struct Delivery {
  Vehicle vehicle = Vehicle::other;
  int active = 0;
  double discount = 0;
};

void from_json(const nlohmann::json& json, Delivery& delivery) {
  delivery.vehicle = json.at("vehicle").get<std::string>() == "car" ? Vehicle::car : Vehicle::other;
  delivery.active = json.at("active").get<bool>() ? 1 : 0;
  delivery.discount = std::atof(json.at("discount").get<std::string>().c_str());
}
void to_json(nlohmann::json& json, const Delivery& delivery) {
  json = {{"vehicle", delivery.vehicle == Vehicle::car ? "car" : "other"},
          {"active", delivery.active},
          {"discount", delivery.discount}};
}

struct Address {
  std::string line;
  Status status = Status::pending;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Address, line, status)

/// No conversion gives the same result twice.
struct Weighed {
  int quantity = 0;
  double weight = std::numeric_limits<double>::quiet_NaN();
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Weighed, quantity, weight)

struct Rounded {
  long kilograms = 0;
};

void from_json(const nlohmann::json& json, Rounded& rounded) {
  rounded.kilograms = std::lrint(json.at("kilograms").get<double>());
}

enum class Bill { open, paid };
NLOHMANN_JSON_SERIALIZE_ENUM(Bill, {{Bill::open, "open"}, {Bill::paid, "paid"}, {Bill::paid, "settled"}})

/// Bytes, which are no text that JSON can hold.
struct Seal {
  std::string bytes;
};

void from_json(const nlohmann::json& json, Seal& seal) {
  seal.bytes = json.at("bytes").get<std::string>() == "/w==" ? "\xFF" : "";
}
void to_json(nlohmann::json& json, const Seal& seal) { json = {{"bytes", seal.bytes}}; }

struct Country {
  std::string code;
};

void from_json(const nlohmann::json& json, Country& country) {
  country.code = json.at("region").get<std::string>().substr(0, 2);
}

}  // namespace plain

namespace {

using plain::conversions;
using plain::Counted;
using plain::Filtered;
using plain::Holder;
using plain::Item;
using plain::Probabilities;
using plain::Read;
using plain::Texts;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Optional;

std::string value_of(const std::string& json) { return R"({"value":)" + json + R"(,"other":2,"flag":true})"; }

/// Whether the two ways to have a from_json agree, and on what.
template <class Value>
std::optional<Value> read(const std::string& json) {
  const auto by_macro = read_body<Holder<Value>>(value_of(json));
  const auto by_hand = read_body<Read<Value>>(value_of(json));
  EXPECT_EQ(by_macro.payload.has_value(), by_hand.payload.has_value()) << json << '\n'
                                                                       << by_macro.cause << by_hand.cause;
  if (!by_macro.payload || !by_hand.payload) return std::nullopt;
  EXPECT_EQ(by_macro.payload->value, by_hand.payload->value) << json;
  return by_macro.payload->value;
}

template <class Value>
bool refuses(const std::string& json) {
  return !read<Value>(json);
}

TEST(Conversion, OfANumberThatAnIntegerCannotHoldFails) {
  for (const char* number :
       {"2.9", "-2.9", "0.5", "127.5", "128.5", "4294967298", "2147483648", "-2147483649", "true", "false",
        "1e300", "-1e300", "1e19", "18446744073709551615", "2.00000000000000000001", "2147483648.0", "1e400",
        "9007199254740992.5"})
    EXPECT_TRUE(refuses<int>(number)) << number;
  for (const char* number : {"-1", "4294967296", "-1.0", "-0.5", "-1e300"})
    EXPECT_TRUE(refuses<unsigned>(number)) << number;
  for (const char* number : {"256", "-1", "300.0", "300.5", "1e3", "true"})
    EXPECT_TRUE(refuses<std::uint8_t>(number)) << number;
  for (const char* number : {"-1", "18446744073709551616", "1e20"})
    EXPECT_TRUE(refuses<std::uint64_t>(number)) << number;
  for (const char* number : {"9223372036854775808", "18446744073709551615", "9007199254740993.5",
                             "9007199254740993.0", "9007199254740993e0"})
    EXPECT_TRUE(refuses<std::int64_t>(number)) << number;
  EXPECT_TRUE(refuses<std::uint64_t>("9223372036854775809.0"));
  EXPECT_TRUE(refuses<std::int16_t>("32768"));
  EXPECT_TRUE(refuses<plain::Level>("257"));
}

TEST(Conversion, OfANumberThatAnIntegerHoldsSucceeds) {
  for (const char* number : {"2", "2.0", "2e0", "20e-1"})
    EXPECT_THAT(read<int>(number), Optional(2)) << number;
  EXPECT_THAT(read<int>("-2147483648"), Optional(std::numeric_limits<int>::min()));
  EXPECT_THAT(read<int>("-1"), Optional(-1));
  EXPECT_THAT(read<int>("-0"), Optional(0));
  EXPECT_THAT(read<int>("1e2"), Optional(100));
  EXPECT_THAT(read<int>("1e3"), Optional(1000));
  EXPECT_THAT(read<std::uint8_t>("255"), Optional(255));
  EXPECT_THAT(read<std::uint64_t>("18446744073709551615"), Optional(18446744073709551615U));
  EXPECT_THAT(read<std::int64_t>("-9223372036854775808"), Optional(std::numeric_limits<std::int64_t>::min()));
  EXPECT_THAT(read<plain::Level>("1"), Optional(plain::Level::high));
}

TEST(Conversion, ToFloatingPointTakesTheNearestFiniteNumber) {
  EXPECT_THAT(read<double>("2.9"), Optional(2.9));
  EXPECT_THAT(read<double>("-299.99"), Optional(-299.99));
  EXPECT_THAT(read<double>("1e300"), Optional(1e300));
  EXPECT_THAT(read<double>("9007199254740993"), Optional(9007199254740992.0));
  EXPECT_THAT(read<double>("9007199254740993.0"), Optional(9007199254740992.0));
  EXPECT_THAT(read<double>("18446744073709551615"), Optional(18446744073709551616.0));
  EXPECT_THAT(read<double>("2.00000000000000000001"), Optional(2.0));
  EXPECT_THAT(read<float>("0.1"), Optional(0.1F));
  EXPECT_THAT(read<float>("16777217"), Optional(16777216.0F));
  EXPECT_TRUE(refuses<float>("1e39"));
  EXPECT_TRUE(refuses<double>("1e400"));
  EXPECT_TRUE(refuses<double>("true"));
  EXPECT_TRUE(refuses<float>("true"));
}

TEST(Conversion, ToABooleanTakesBooleansAlone) {
  EXPECT_THAT(read<bool>("false"), Optional(false));
  EXPECT_THAT(read<bool>("true"), Optional(true));
  EXPECT_TRUE(refuses<bool>("1"));
}

TEST(Conversion, IsCheckedInContainers) {
  EXPECT_THAT(read<std::vector<int>>("[300,-1,2.0]"), Optional(ElementsAre(300, -1, 2)));
  EXPECT_THAT(read<std::set<int>>("[900,300,300]"), Optional(ElementsAre(300, 900)));
  EXPECT_EQ((read<std::map<std::string, int>>(R"({"a":300})")->at("a")), 300);
  EXPECT_EQ((read<std::map<int, int>>("[[1000,2000]]")->at(1000)), 2000);
  EXPECT_TRUE(refuses<std::vector<int>>("[2,2.9]"));
  EXPECT_TRUE(refuses<std::vector<int>>("[2.9,2]"));
  EXPECT_TRUE(refuses<std::vector<int>>("[1,true]"));
  EXPECT_TRUE(refuses<std::set<std::uint8_t>>("[300,44]"));
  EXPECT_TRUE(refuses<std::set<std::uint8_t>>("[44,300]"));
  EXPECT_TRUE((refuses<std::array<std::uint8_t, 2>>("[44,300]")));
  EXPECT_TRUE((refuses<std::map<std::string, unsigned>>(R"({"a":1,"b":-1})")));
  EXPECT_TRUE((refuses<std::map<int, int>>("[[4294967298,1]]")));
  EXPECT_TRUE((refuses<std::map<std::string, std::vector<int>>>(R"({"a":[1],"b":[2.5]})")));
  EXPECT_TRUE((refuses<std::pair<std::uint8_t, int>>("[300,300]")));
}

TEST(Conversion, IsCheckedInNestedTypesAndOptionals) {
  const auto cause = [](const char* body) { return read_body<Holder<std::vector<Item>>>(body).cause; };
  EXPECT_EQ(cause(R"({"value":[{"quantity":300,"level":200}]})"), "");
  EXPECT_THAT(cause(R"({"value":[{"quantity":2,"level":1},{"quantity":2,"level":256}]})"),
              HasSubstr("body does not fit: /value/1/level: 256 is out of the type's range"));
  EXPECT_THAT(cause(R"({"value":[{"quantity":2.9,"level":2}]})"),
              HasSubstr("body does not fit: /value/0/quantity: 2.9 is not a whole number"));
  EXPECT_THAT(cause(R"({"value":[{"quantity":true,"level":1}]})"),
              HasSubstr("/value/0/quantity: true is a boolean where a number is expected"));
  const auto optional_cause = [](const char* body) {
    const auto event = decode<SqsRecord>(fixtures::sqs_event({{.message_id = "m1", .body = body}}));
    const BatchProcessor<SqsRecord> processor({.raise_on_entire_batch_failure = false});
    const auto batch = processor.process(event, typed<plain::WithOptional>([](const auto&) {}));
    return batch.messages()[0].cause;
  };
  EXPECT_EQ(optional_cause("{}"), "");
  EXPECT_EQ(optional_cause(R"({"value":300,"item":{"quantity":-7,"level":0}})"), "");
  EXPECT_THAT(optional_cause(R"({"value":2.9,"two":2})"), HasSubstr("/value: 2.9 is not a whole number"));
  EXPECT_THAT(optional_cause(R"({"item":{"quantity":4294967298,"level":2}})"),
              HasSubstr("/item/quantity: 4294967298"));
}

TEST(Conversion, PassesOverMembersThatTheTypeDoesNotName) {
  EXPECT_TRUE(
      read_body<Read<int>>(
          R"({"value":300,"a":1e300,"b":-5,"c":true,"d":[2.5,null,{"x":"y"}],"value2":3.5,"e":4294967297})")
          .payload);
  EXPECT_TRUE(read_body<Holder<Item>>(R"({"value":{"quantity":1,"level":0,"x":2.5,"y":300},"quantity":2.9})")
                  .payload);
}

TEST(Conversion, ToAnEnumerationThatDoesNotKnowTheNameFails) {
  EXPECT_THAT(read<plain::Status>(R"("shipped")"), Optional(plain::Status::shipped));
  EXPECT_THAT(read<plain::Status>(R"("pending")"), Optional(plain::Status::pending));
  const auto lost = read_body<Holder<plain::Status>>(R"({"value":"lost","previous":"pending"})");
  EXPECT_THAT(lost.cause, HasSubstr(R"(body does not fit: /value: "lost" is not a value of its type)"));
  EXPECT_FALSE(read_body<Holder<std::vector<plain::Status>>>(R"({"value":["pending","lost"]})").payload);
  EXPECT_FALSE(read_body<plain::Address>(R"({"line":"","status":""})").payload);
  EXPECT_FALSE(read_body<plain::Address>(R"({"line":"lost","status":"lost"})").payload);
  EXPECT_TRUE(read_body<plain::Address>(R"({"line":"lost","status":"PENDING"})").payload);  // a second name
  // Nothing says which member the text became.
  EXPECT_TRUE(read_body<Read<plain::Status>>(R"({"value":"lost"})").payload);
}

TEST(Conversion, LooksForTheNumbersAndTextsThatChangedOneByOneOnlyWhereSomeDid) {
  std::string numbers;
  std::string notes;
  std::string probabilities;
  for (int number = 0; number < 5000; ++number) {
    numbers += (number == 0 ? "" : ",") + std::to_string(200 + number) + ".25";
    notes += (number == 0 ? "{" : ",{") + std::string(R"("quantity":300,"level":7,"note":"n)") +
             std::to_string(number) + R"("})";
    probabilities += (number == 0 ? "0.5" : ",0.25");
  }
  conversions = 0;
  EXPECT_TRUE(read_body<Counted<std::vector<double>>>(R"({"value":[)" + numbers + "]}").payload);
  EXPECT_LT(conversions, 10);
  conversions = 0;
  EXPECT_TRUE(read_body<Counted<std::vector<Item>>>(R"({"value":[)" + notes + "]}").payload);
  EXPECT_LT(conversions, 10);
  conversions = 0;
  EXPECT_THAT(read_body<Counted<std::vector<int>>>(R"({"value":[1,2,)" + numbers + "]}").cause,
              HasSubstr("is not a whole number"));
  EXPECT_LT(conversions, 100);
  conversions = 0;
  EXPECT_TRUE(read_body<Counted<Probabilities>>(R"({"value":{"all":[)" + probabilities + "]}}").payload);
  EXPECT_LT(conversions, 10);
}

/// Where all are replaced together, one takes the place of another.
TEST(Conversion, OfSeveralNumbersAndBooleansFailsThoughOneBecomesAnother) {
  EXPECT_TRUE(refuses<std::vector<int>>("[true,false]"));
  EXPECT_TRUE(refuses<std::vector<int>>("[false,true,true,false]"));
  EXPECT_TRUE(refuses<std::set<int>>("[true]"));
  EXPECT_TRUE(refuses<std::set<int>>("[true,2]"));
  EXPECT_TRUE(refuses<std::set<std::uint8_t>>("[300,45]"));
  EXPECT_TRUE(refuses<std::vector<std::uint8_t>>("[256,-255]"));
  EXPECT_TRUE(refuses<std::vector<std::uint8_t>>("[256,257,258]"));
  EXPECT_TRUE(refuses<std::vector<int>>("[18446744073709551615,18446744073709551614]"));
  EXPECT_TRUE(refuses<std::vector<int>>("[-9223372036854775808,-9223372036854775807]"));
}

TEST(Conversion, FindsAnUnknownNameWhereverItStandsAmongCalculatedTexts) {
  for (const int place : {0, 500, 999}) {
    std::string rows;
    for (int row = 0; row < 1000; ++row) {
      rows += (row == 0 ? "" : ",") + std::string(R"({"sku":"ab)") + std::to_string(row) + R"(","status":")" +
              (row == place ? "lost" : "shipped") + R"("})";
    }
    EXPECT_THAT(
        read_body<Holder<std::vector<plain::Row>>>(R"({"value":[)" + rows + "]}").cause,
        HasSubstr("/value/" + std::to_string(place) + R"(/status: "lost" is not a value of its type)"));
  }
}

TEST(Conversion, ToAnEnumerationWhoseFirstNameIsNoTextFailsToo) {
  EXPECT_THAT(read<plain::Nullable>(R"("set")"), Optional(plain::Nullable::set));
  EXPECT_THAT(read<plain::Nullable>("null"), Optional(plain::Nullable::none));
  EXPECT_FALSE(read_body<Holder<plain::Nullable>>(R"({"value":"lost"})").payload);
  EXPECT_FALSE(read_body<Holder<plain::Numbered>>(R"({"value":"lost"})").payload);
}

TEST(Conversion, OfNumbersTakesNoOtherNumberForACast) {
  EXPECT_THAT(read<std::set<int>>("[300,300,44]"), Optional(ElementsAre(44, 300)));  // 300 % 256 is 44
  EXPECT_TRUE((refuses<std::pair<std::uint8_t, int>>("[300,300]")));
  EXPECT_TRUE((refuses<std::pair<int, std::uint8_t>>("[300,300]")));
  const auto kept = [](const char* body) { return read_body<Filtered>(body); };
  EXPECT_EQ(kept(R"({"level":356,"all":[1]})").cause, "");  // 356 % 256 is 100, the largest level
  EXPECT_EQ(kept(R"({"level":356,"all":[1]})").payload->level, 100);
  EXPECT_THAT(kept(R"({"level":1,"all":[-1,255,5]})").payload->positive, ElementsAre(255, 5));
}

TEST(Conversion, LeavesTextsThatAreCalculatedWithAlone) {
  for (const char* body : {R"({"quantity":"12","day":"monday","currency":"GBP"})",
                           R"({"quantity":"300","day":"","currency":"GBP"})"}) {
    const auto texts = read_body<Texts>(body);
    EXPECT_EQ(texts.cause, "") << body;
    EXPECT_GE(texts.payload->quantity, 12);
  }
  EXPECT_EQ(read_body<plain::Country>(R"({"region":"eu-west-1"})").payload->code, "eu");
  EXPECT_THAT(read_body<Texts>(R"({"quantity":"x","day":"","currency":"GBP"})").cause, HasSubstr("stoi"));
}

/// Its from_json calculates, in ways that lose nothing by a conversion of nlohmann's.
struct Invoice {
  std::int64_t cents = 0;
  int at_most_100 = 0;
  std::string upper_case;
};

void from_json(const nlohmann::json& json, Invoice& invoice) {
  invoice.cents = std::llround(json.at("price").get<double>() * 100);
  invoice.at_most_100 = static_cast<int>(std::min<std::int64_t>(json.at("count").get<std::int64_t>(), 100));
  for (const char letter : json.at("name").get<std::string>())
    invoice.upper_case += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  if (invoice.cents < 1) throw std::invalid_argument("a price expected");
}

TEST(Conversion, LeavesTheUsersOwnCalculationsAlone) {
  const auto read_invoice = [](const char* body) { return read_body<Invoice>(body); };
  const auto invoice = read_invoice(R"({"price":2.9,"count":1000,"name":"teapot"})");
  ASSERT_EQ(invoice.cause, "");
  EXPECT_EQ(invoice.payload->cents, 290);
  EXPECT_EQ(invoice.payload->at_most_100, 100);
  EXPECT_EQ(invoice.payload->upper_case, "TEAPOT");
  EXPECT_EQ(read_invoice(R"({"price":299.99,"count":-7,"name":""})").payload->cents, 29999);
  EXPECT_THAT(read_invoice(R"({"price":0.001,"count":1,"name":""})").cause,
              HasSubstr("body does not fit: a price expected"));
}

TEST(Conversion, RemovesNothingThatFromJsonReads) {
  EXPECT_EQ(read_body<plain::Coupon>(R"({"id":"1","has_coupon":false})").cause, "");
  EXPECT_EQ(read_body<plain::Price>(R"({"price":"12.50","sku":"a"})").payload->price, 12.5);
  EXPECT_EQ(read_body<plain::Chosen>(R"({"names":["a"],"chosen":-1})").payload->name, "none");
}

TEST(Conversion, TakesNoPartOfANumberForACast) {
  for (int day = 20'230'401; day <= 20'230'428; ++day)
    EXPECT_EQ(read_body<plain::Day>(R"({"date":)" + std::to_string(day) + "}").cause, "") << day;
  for (const char* total : {"19.99", "2.5", "-0.75", "1545084650.987"})
    EXPECT_EQ(read_body<plain::Money>(R"({"total":)" + std::string(total) + "}").cause, "") << total;
  EXPECT_EQ(read_body<plain::Rate>(R"({"rate":0.15})").payload->basis_points, 1'500);
}

TEST(Conversion, IsCheckedThoughNoResultIsEqualToItself) {
  for (const char* quantity : {"2.9", "4294967298", "true"})
    EXPECT_NE(read_body<plain::Weighed>(R"({"quantity":)" + std::string(quantity) + "}").cause, "")
        << quantity;
  EXPECT_EQ(read_body<plain::Weighed>(R"({"quantity":300})").payload->quantity, 300);
}

TEST(Conversion, LeavesBytesAlone) {
  EXPECT_EQ(read_body<plain::Seal>(R"({"bytes":"/w=="})").payload->bytes, "\xFF");
}

TEST(Conversion, OfNumbersAtTheLimitsOfTheirTypesSucceeds) {
  using plain::Pair;
  using plain::ReadPair;
  EXPECT_EQ(
      read_body<plain::Pixel>(R"({"red":255,"green":255,"blue":255,"layer":-1,"opacity":0.1,"unread":255})")
          .cause,
      "");
  EXPECT_EQ(read_body<plain::Balance>(R"({"debit":2147483647,"id":255})").cause, "");
  const std::string limits = R"({"first":-2147483648,"second":0,"unread":-2147483648})";
  EXPECT_EQ((read_body<Pair<int, int>>(limits).cause), "");
  EXPECT_EQ((read_body<ReadPair<int, int>>(limits).cause), "");
  const std::string small = R"({"first":65535,"second":-1,"unread":[65535,-1,0.1]})";
  EXPECT_EQ((read_body<Pair<std::uint16_t, int>>(small).cause), "");
  EXPECT_EQ((read_body<ReadPair<std::uint16_t, int>>(small).cause), "");
  EXPECT_EQ((read_body<ReadPair<std::uint16_t, float>>(small).cause), "");
  const std::string several = R"({"first":[255,255,7],"second":-1,"unread":0.1})";
  EXPECT_EQ((read_body<Pair<std::set<std::uint8_t>, int>>(several).cause), "");
  EXPECT_EQ((read_body<ReadPair<std::set<std::uint8_t>, int>>(several).cause), "");
  EXPECT_EQ(
      (read_body<ReadPair<std::set<std::uint8_t>, int>>(R"({"first":[255],"second":255,"unread":-1})").cause),
      "");
  EXPECT_EQ(
      (read_body<ReadPair<std::set<int>, int>>(R"({"first":[2147483647,2147483647],"second":-1})").cause),
      "");
  EXPECT_EQ((read_body<Pair<std::uint64_t, std::int64_t>>(
                 R"({"first":18446744073709551615,"second":-9223372036854775808,"unread":-1})")
                 .cause),
            "");
  EXPECT_EQ((read_body<ReadPair<std::uint64_t, int>>(R"({"first":1e19,"second":-1})").payload->first),
            10'000'000'000'000'000'000U);
}

TEST(Conversion, OfNumbersThatBecomeEachOtherFails) {
  using plain::Pair;
  using plain::ReadPair;
  const auto expect_misfit = [](const auto& read, const std::string& place) {
    EXPECT_THAT(read.cause, HasSubstr(place + " is out of the type's range"));
  };
  for (const std::string swapped : {R"({"first":-1,"second":255})", R"({"first":-56,"second":200})"}) {
    expect_misfit(read_body<Pair<std::uint8_t, std::int8_t>>(swapped), "");
    expect_misfit(read_body<ReadPair<std::uint8_t, std::int8_t>>(swapped), "");
  }
  const std::string wide = R"({"first":4294967295,"second":-1})";
  expect_misfit(read_body<Pair<std::int32_t, std::uint32_t>>(wide), "/first: 4294967295");
  expect_misfit(read_body<ReadPair<std::int32_t, std::uint32_t>>(wide), "");
  const std::string near = R"({"first":3000000000,"second":3000000001})";
  expect_misfit(read_body<Pair<double, std::int32_t>>(near), "/second: 3000000001");
  expect_misfit(read_body<Pair<float, std::int32_t>>(near), "/second: 3000000001");
  expect_misfit(read_body<ReadPair<double, std::int32_t>>(near), "/second: 3000000001");
  const std::string in_list = R"({"first":4294967296,"second":[4294967295]})";
  expect_misfit(read_body<Pair<double, std::vector<int>>>(in_list), "/second/0: 4294967295");
  expect_misfit(read_body<ReadPair<float, std::vector<int>>>(in_list), "/second/0: 4294967295");
  const std::string in_set = R"({"first":[4294967295,-1],"second":-1})";
  expect_misfit(read_body<Pair<std::set<int>, int>>(in_set), "/first/0: 4294967295");
  expect_misfit(read_body<ReadPair<std::set<int>, int>>(in_set), "/first/0: 4294967295");
  expect_misfit(
      read_body<Pair<std::int8_t, std::vector<long>>>(R"({"first":-2147483648,"second":[-2147483648,0]})"),
      "/first: -2147483648");
}

TEST(Conversion, LeavesRoundedNumbersAlone) {
  for (const char* kilograms : {"4.7", "4.2", "400.7", "-4.5"})
    EXPECT_EQ(read_body<plain::Rounded>(R"({"kilograms":)" + std::string(kilograms) + "}").cause, "")
        << kilograms;
}

TEST(Conversion, OfAWholeNumberDoesNotDependOnOtherNumbersThatAreRounded) {
  for (const char* weight : {"0.99999999999999999", "18446744073709551615.0", "1e15", "1.5"}) {
    const auto weighed = read_body<plain::Weighed>(R"({"quantity":2.0,"unread":)" + std::string(weight) +
                                                   R"(,"weight":)" + weight + "}");
    ASSERT_TRUE(weighed.payload) << weighed.cause;
    EXPECT_EQ(weighed.payload->quantity, 2);
  }
  EXPECT_THAT(
      read_body<plain::Weighed>(R"({"quantity":2.00000000000000000001,"weight":1.0})").cause,
      HasSubstr("/quantity: 2.0 was rounded: the number of the payload has more digits than a double holds"));
  EXPECT_THAT(
      read_body<plain::Weighed>(R"({"quantity":2.0,"unread":2.00000000000000000001,"weight":1.0})").cause,
      HasSubstr("/quantity: 2.0, or an equal number, was rounded: the number of the payload has more digits "
                "than a double holds"));
}

TEST(Conversion, ReadsNothingBehindANullByte) {
  for (const auto* const rest : {"", R"({"quantity":2,"weight":1})", "x"}) {
    const std::string body = R"({"quantity":1,"weight":1})" + std::string(1, '\0') + rest;
    EXPECT_THROW(PayloadFormat<plain::Weighed>::read("body", body), PayloadError) << rest;
  }
}

TEST(Conversion, ToAnEnumerationFailsBesideASecondNameOfAnother) {
  EXPECT_TRUE(read_body<Holder<std::vector<plain::Bill>>>(R"({"value":["settled","open"]})").payload);
  EXPECT_FALSE(read_body<Holder<std::vector<plain::Bill>>>(R"({"value":["settled","lost"]})").payload);
}

TEST(Conversion, LeavesTextsAndFlagsWithAValueForTheRestAlone) {
  for (const char* active : {"true", "false"}) {
    const std::string body =
        R"({"vehicle":"drone","active":)" + std::string(active) + R"(,"discount":"0.00"})";
    EXPECT_EQ(read_body<plain::Delivery>(body).cause, "") << body;
  }
}

TEST(Conversion, OfFloatsThatOverflowIsFoundInFewConversions) {
  std::string numbers = "1e39";
  for (int number = 0; number < 1000; ++number) numbers += ",1e300";
  conversions = 0;
  EXPECT_THAT((read_body<Counted<std::vector<float>>>(R"({"value":[)" + numbers + "]}").cause),
              HasSubstr("is out of the type's range"));
  EXPECT_TRUE(read_body<Counted<std::vector<double>>>(R"({"value":[)" + numbers + "]}").payload);
  EXPECT_LT(conversions, 50);
}

TEST(Conversion, OutsideOfTypedStaysTheUsersOwn) {
  EXPECT_EQ(nlohmann::json(2.9).get<int>(), 2);
  EXPECT_EQ(nlohmann::json(300).get<std::uint8_t>(), 44);
}

TEST(Conversion, OfNumbersOfDynamoDbIsCheckedToo) {
  const auto cause = [](const std::string& number) {
    return read_new_image<Holder<int>>(R"({"value":{"N":")" + number + R"("},"x":{"N":"2"}})").cause;
  };
  EXPECT_EQ(cause("300"), "");
  EXPECT_THAT(cause("2.9"), HasSubstr("dynamodb/NewImage does not fit: /value: 2.9 is not a whole number"));
  EXPECT_NE(cause("4294967298"), "");
  EXPECT_NE(cause("3804086584686624768"), "");
  EXPECT_NE(cause("110111111111111110000000000000000000000"), "");
  EXPECT_NE(cause("2.00000000000000000000000001"), "");
  EXPECT_NE(read_new_image<Holder<std::vector<int>>>(R"({"value":{"NS":["1","2.5"]}})").cause, "");
  EXPECT_NE(read_new_image<Holder<std::vector<int>>>(
                R"({"value":{"L":[{"N":"1"},{"N":"2.00000000000000000000001"}]}})")
                .cause,
            "");
  EXPECT_EQ(read_new_image<Holder<int>>(R"({"value":{"N":"2"},"x":{"N":"0.99999999999999999999"}})").cause,
            "");
  EXPECT_EQ(read_new_image<Holder<double>>(R"({"value":{"N":"12345678901234567890123456789012345678"}})")
                .payload->value,
            1.2345678901234568e37);
}

struct Image {
  std::vector<std::uint8_t> bytes;
  std::string text;
  nlohmann::json::binary_t binary;
  std::vector<std::vector<std::uint8_t>> set;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Image, bytes, text, binary, set)

TEST(Conversion, TakesBinaryValuesInTheFormOfTheirMembers) {
  const auto image = read_new_image<Image>(
      R"({"bytes":{"B":"AP8="},"text":{"B":"YWI="},"binary":{"B":"AQ=="},"set":{"BS":["AQID","AA=="]},"unread":{"B":""}})");
  ASSERT_EQ(image.cause, "");
  EXPECT_THAT(image.payload->bytes, ElementsAre(0, 255));
  EXPECT_EQ(image.payload->text, "ab");
  EXPECT_THAT(image.payload->binary, ElementsAre(1));
  EXPECT_THAT(image.payload->set, ElementsAre(ElementsAre(1, 2, 3), ElementsAre(0)));
  EXPECT_THAT(read_new_image<Image>(
                  R"({"bytes":{"N":"1"},"text":{"B":"YWI="},"binary":{"B":"AQ=="},"set":{"BS":[]}})")
                  .cause,
              HasSubstr("dynamodb/NewImage does not fit: "));
}

TEST(Conversion, OfAPayloadNestedTooDeepFailsItsRecordAndNotTheProcess) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_THAT(read_body<nlohmann::json>(deep).cause, HasSubstr("nested more than 512 levels deep"));
  EXPECT_THAT(read_body<Read<int>>(R"({"value":1,"x":)" + deep + "}").cause,
              HasSubstr("nested more than 512"));
  for (const std::size_t arrays : {512U, 513U})
    EXPECT_EQ(
        read_body<nlohmann::json>(std::string(arrays, '[') + std::string(arrays, ']')).payload.has_value(),
        arrays == 512);
  EXPECT_TRUE(read_body<nlohmann::json>("[2.9,true]").payload);
}

}  // namespace
}  // namespace batchproof::conversion_tests
