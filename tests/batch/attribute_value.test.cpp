#include <batchproof/attribute_value.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/errors.hpp>
#include <batchproof/event.hpp>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "events.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using Type = AttributeValue::Type;

/// One attribute, with the event that keeps it alive.
struct Attribute {
  explicit Attribute(const std::string& json)
      : event(decode<DynamoDbRecord>(event_of(
            {dynamodb_record("1", R"({"before":{"S":"b"},"it":)" + json + R"(,"after":{"S":"a"}})")}))) {}

  AttributeValue operator*() const { return event.records()[0].new_image()->at("it"); }

  Event<DynamoDbRecord> event;
};

template <class Access>
std::string fault_of(const std::string& json, Access&& access) {
  const Attribute attribute(json);
  try {
    access(*attribute);
  } catch (const RecordError& error) {
    return error.what();
  }
  return "none";
}

TEST(AttributeValue, HasATypeThatIsWrittenWithEscapes) {
  EXPECT_EQ((*Attribute(R"({"\u0053":"text"})")).as_string(), "text");
  EXPECT_TRUE((*Attribute(R"({"B\u004FOL":true})")).as_boolean());
  const Attribute map(R"({"\u004d":{"\u0061":{"S\u0053":["x"]}}})");
  EXPECT_THAT((*map).as_map().at("a").as_string_set(), ElementsAre("x"));
  const auto twice = [] { (*Attribute(R"({"S":"text","\u0053":"other"})")).as_string(); };
  EXPECT_THROW(twice(), RecordError);
  EXPECT_THROW((*Attribute(R"({"S":"text","\u004e":"1"})")).type(), RecordError);
}

TEST(AttributeValue, HoldsAString) {
  const Attribute attribute(R"({"S":"caf\u00e9 \"x\""})");
  EXPECT_EQ((*attribute).type(), Type::string);
  EXPECT_EQ((*attribute).as_string(), "caf\xC3\xA9 \"x\"");
}

TEST(AttributeValue, HoldsANumberToItsLastDigit) {
  const std::string digits = "-12345678901234567890123456789012345678";
  const Attribute attribute(R"({"N":)" + in_quotes(digits) + "}");
  EXPECT_EQ((*attribute).type(), Type::number);
  EXPECT_EQ((*attribute).as_number().text(), digits);
  EXPECT_DOUBLE_EQ((*attribute).as_number().to_double(), -1.2345678901234568e37);
}

TEST(AttributeValue, HoldsBytes) {
  const Attribute attribute(R"({"B":"AAEC/w=="})");
  EXPECT_EQ((*attribute).type(), Type::binary);
  EXPECT_EQ((*attribute).as_binary(), std::string_view("\0\1\2\xFF", 4));
}

TEST(AttributeValue, HoldsASetOfStrings) {
  const Attribute attribute(R"({"SS":["Giraffe", "Hippo\n" ,"Zebra"]})");
  EXPECT_EQ((*attribute).type(), Type::string_set);
  EXPECT_THAT((*attribute).as_string_set(), ElementsAre("Giraffe", "Hippo\n", "Zebra"));
}

TEST(AttributeValue, HoldsASetOfNumbers) {
  const Attribute attribute(R"({"NS":["42.2","-19","7.5"]})");
  EXPECT_EQ((*attribute).type(), Type::number_set);
  const auto numbers = (*attribute).as_number_set();
  ASSERT_EQ(numbers.size(), 3U);
  EXPECT_EQ(numbers[0].text(), "42.2");
  EXPECT_EQ(numbers[1].to_int64(), -19);
}

TEST(AttributeValue, HoldsASetOfBytes) {
  const Attribute attribute(R"({"BS":["U3Vubnk=","UmFpbnk="]})");
  EXPECT_EQ((*attribute).type(), Type::binary_set);
  EXPECT_THAT((*attribute).as_binary_set(), ElementsAre("Sunny", "Rainy"));
}

TEST(AttributeValue, HoldsAMap) {
  const Attribute attribute(R"({"M":{"Name":{"S":"Joe"},"Deep":{"M":{"Age":{"N":"35"}}}}})");
  EXPECT_EQ((*attribute).type(), Type::map);
  const AttributeMap map = (*attribute).as_map();
  EXPECT_EQ(map.at("Name").as_string(), "Joe");
  EXPECT_EQ(map.at("Deep").as_map().at("Age").as_number().to_uint64(), 35U);
}

TEST(AttributeValue, HoldsAList) {
  const Attribute attribute(R"({"L":[ {"S":"Cookies"} , {"L":[{"N":"3.14"}]},{"NULL":true} ]})");
  EXPECT_EQ((*attribute).type(), Type::list);
  const auto list = (*attribute).as_list();
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[0].as_string(), "Cookies");
  EXPECT_EQ(list[1].as_list()[0].as_number().text(), "3.14");
  EXPECT_TRUE(list[2].is_null());
}

TEST(AttributeValue, HoldsNull) {
  const Attribute attribute(R"({"NULL":true})");
  EXPECT_EQ((*attribute).type(), Type::null);
  EXPECT_TRUE((*attribute).is_null());
}

TEST(AttributeValue, HoldsABoolean) {
  const Attribute yes(R"({"BOOL":true})");
  const Attribute no(R"({ "BOOL" : false })");
  EXPECT_EQ((*yes).type(), Type::boolean);
  EXPECT_TRUE((*yes).as_boolean());
  EXPECT_FALSE((*no).as_boolean());
}

TEST(AttributeValue, HoldsWhatIsEmpty) {
  EXPECT_EQ((*Attribute(R"({"S":""})")).as_string(), "");
  EXPECT_EQ((*Attribute(R"({"B":""})")).as_binary(), "");
  EXPECT_TRUE((*Attribute(R"({"L":[]})")).as_list().empty());
  EXPECT_TRUE((*Attribute(R"({"M":{}})")).as_map().empty());
  EXPECT_TRUE((*Attribute(R"({"SS":[]})")).as_string_set().empty());
}

TEST(AttributeValue, NamesBothTypesWhenAskedForAnother) {
  const std::string fault = fault_of(R"({"N":"5"})", [](AttributeValue value) { value.as_string(); });
  EXPECT_THAT(fault, HasSubstr("type S expected, found N"));
  EXPECT_THAT(fault, HasSubstr("/Records/0/dynamodb/NewImage"));
  EXPECT_THAT(fault_of(R"({"S":"5"})", [](AttributeValue value) { value.as_number(); }),
              HasSubstr("N expected, found S"));
  EXPECT_THAT(fault_of(R"({"S":""})", [](AttributeValue value) { value.as_binary(); }),
              HasSubstr("B expected, found S"));
  EXPECT_THAT(fault_of(R"({"L":[]})", [](AttributeValue value) { value.as_map(); }),
              HasSubstr("M expected, found L"));
  EXPECT_THAT(fault_of(R"({"M":{}})", [](AttributeValue value) { value.as_list(); }),
              HasSubstr("L expected, found M"));
  EXPECT_THAT(fault_of(R"({"NS":[]})", [](AttributeValue value) { value.as_string_set(); }),
              HasSubstr("SS expected, found NS"));
  EXPECT_THAT(fault_of(R"({"BS":[]})", [](AttributeValue value) { value.as_number_set(); }),
              HasSubstr("NS expected, found BS"));
  EXPECT_THAT(fault_of(R"({"SS":[]})", [](AttributeValue value) { value.as_binary_set(); }),
              HasSubstr("BS expected, found SS"));
  EXPECT_THAT(fault_of(R"({"NULL":true})", [](AttributeValue value) { value.as_boolean(); }),
              HasSubstr("BOOL expected, found NULL"));
}

TEST(AttributeValue, FailsWithoutHarmToItsNeighbours) {
  for (const char* json : {"17", "null", R"("text")", "[]", "{}", R"({"X":"1"})", R"({"S":"1","N":"1"})"}) {
    EXPECT_THAT(fault_of(json, [](AttributeValue value) { value.type(); }),
                EndsWith(R"(: not an attribute value, such as {"S": "text"}: )" + std::string(json)))
        << json;
    const Attribute attribute(json);
    EXPECT_EQ(attribute.event.records()[0].new_image()->at("after").as_string(), "a") << json;
  }
}

TEST(AttributeValue, RefusesContentOfTheWrongShape) {
  EXPECT_NE(fault_of(R"({"S":17})", [](AttributeValue value) { value.as_string(); }), "none");
  EXPECT_NE(fault_of(R"({"N":17})", [](AttributeValue value) { value.as_number(); }), "none");
  EXPECT_NE(fault_of(R"({"B":"?"})", [](AttributeValue value) { value.as_binary(); }), "none");
  EXPECT_NE(fault_of(R"({"BOOL":"true"})", [](AttributeValue value) { value.as_boolean(); }), "none");
  EXPECT_NE(fault_of(R"({"BOOL":truthy})", [](AttributeValue value) { value.as_boolean(); }), "none");
  EXPECT_NE(fault_of(R"({"M":[]})", [](AttributeValue value) { value.as_map(); }), "none");
  EXPECT_NE(fault_of(R"({"L":{}})", [](AttributeValue value) { value.as_list(); }), "none");
  EXPECT_NE(fault_of(R"({"L":null})", [](AttributeValue value) { value.as_list(); }), "none");
  EXPECT_NE(fault_of(R"({"SS":[1]})", [](AttributeValue value) { value.as_string_set(); }), "none");
  EXPECT_NE(fault_of(R"({"NS":"1"})", [](AttributeValue value) { value.as_number_set(); }), "none");
  EXPECT_NE(fault_of(R"({"BS":["?"]})", [](AttributeValue value) { value.as_binary_set(); }), "none");
}

TEST(AttributeValue, QuotesAWrongValueWithoutCuttingACharacter) {
  std::string text;
  for (int count = 0; count < 50; ++count) text += "\xE2\x9C\x93";
  const std::string fault =
      fault_of(R"({"S":)" + in_quotes(text) + "}", [](AttributeValue value) { value.as_map(); });
  EXPECT_EQ(fault.substr(fault.size() - 3), "\xE2\x9C\x93");
}

TEST(AttributeNumber, ConvertsIntegersExactly) {
  const auto as_int64 = [](const std::string& digits) {
    return (*Attribute(R"({"N":)" + in_quotes(digits) + "}")).as_number().to_int64();
  };
  const auto as_uint64 = [](const std::string& digits) {
    return (*Attribute(R"({"N":)" + in_quotes(digits) + "}")).as_number().to_uint64();
  };
  EXPECT_EQ(as_int64("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(as_int64("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(as_uint64("18446744073709551615"), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(as_int64("0"), 0);
}

TEST(AttributeNumber, RefusesWhatDoesNotFitAnInteger) {
  for (const char* digits :
       {"9223372036854775808", "-9223372036854775809", "1.5", "1E3", "", "abc", " 1", "1 ", "+1"}) {
    EXPECT_NE(fault_of(R"({"N":)" + in_quotes(digits) + "}",
                       [](AttributeValue value) { value.as_number().to_int64(); }),
              "none")
        << digits;
  }
  for (const char* digits : {"-1", "18446744073709551616", "1.5"}) {
    EXPECT_NE(fault_of(R"({"N":)" + in_quotes(digits) + "}",
                       [](AttributeValue value) { value.as_number().to_uint64(); }),
              "none")
        << digits;
  }
}

TEST(AttributeNumber, ConvertsToTheNearestDouble) {
  const auto as_double = [](const std::string& digits) {
    return (*Attribute(R"({"N":)" + in_quotes(digits) + "}")).as_number().to_double();
  };
  EXPECT_DOUBLE_EQ(as_double("3.14"), 3.14);
  EXPECT_DOUBLE_EQ(as_double("-9.9999999999999999999999999999999999999E+125"), -1e126);
  EXPECT_DOUBLE_EQ(as_double("1E-130"), 1e-130);
}

TEST(AttributeNumber, RefusesADoubleThatIsNone) {
  for (const char* digits : {"NaN", "nan", "inf", "-Infinity", "1E400", "", "0x10", "1,5"}) {
    EXPECT_NE(fault_of(R"({"N":)" + in_quotes(digits) + "}",
                       [](AttributeValue value) { value.as_number().to_double(); }),
              "none")
        << digits;
  }
}

TEST(AttributeMap, KeepsTheOrderOfThePayload) {
  const auto event = decode<DynamoDbRecord>(
      event_of({dynamodb_record("1", R"({"z":{"N":"1"}, "a" : {"N":"2"} ,"m\u00e9":{"N":"3"}})")}));
  const auto image = event.records()[0].new_image();
  ASSERT_TRUE(image);
  std::vector<std::string> names;
  for (const AttributeMap::Entry& entry : *image) names.emplace_back(entry.name);
  EXPECT_THAT(names, ElementsAre("z", "a", "m\xC3\xA9"));
  EXPECT_EQ(image->size(), 3U);
  EXPECT_FALSE(image->empty());
}

TEST(AttributeMap, FindsByName) {
  const auto event = decode<DynamoDbRecord>(event_of({dynamodb_record("1")}));
  const auto image = event.records()[0].new_image();
  ASSERT_TRUE(image);
  EXPECT_TRUE(image->contains("Id"));
  EXPECT_FALSE(image->contains("I"));
  EXPECT_FALSE(image->find("id"));
  EXPECT_EQ(image->find("Id")->as_number().text(), "101");
}

TEST(AttributeMap, NamesTheAttributeThatIsNotThere) {
  const auto event = decode<DynamoDbRecord>(event_of({dynamodb_record("1")}));
  try {
    event.records()[0].new_image()->at("Price");
    FAIL() << "found an attribute that is not there";
  } catch (const RecordError& error) {
    EXPECT_THAT(error.what(), HasSubstr("\"Price\""));
    EXPECT_EQ(error.json_pointer(), "/Records/0/dynamodb/NewImage");
  }
}

TEST(AttributeMap, MayBeWalkedWithoutAName) {
  const auto event = decode<DynamoDbRecord>(event_of({dynamodb_record("1")}));
  const DynamoDbRecord record = event.records()[0];
  std::string names;
  for (const auto& entry : *record.new_image()) names += entry.name;
  for (const auto& entry : record.keys().value()) names += entry.name;
  EXPECT_EQ(names, "IdMessageId");
  EXPECT_THROW(record.old_image().value(), std::bad_optional_access);
}

TEST(AttributeMap, LeavesItsViewsBehindWhenItGoes) {
  const auto event = decode<DynamoDbRecord>(event_of({dynamodb_record("1", R"({"text":{"S":"a\tb"}})")}));
  const std::string_view text = event.records()[0].new_image()->at("text").as_string();
  EXPECT_EQ(text, "a\tb");
}

}  // namespace
}  // namespace batchproof
