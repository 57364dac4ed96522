#include <gmock/gmock.h>

#include <batchproof/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace batchproof {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct PlainOrder {
  int quantity = 0;
};
BOOST_DESCRIBE_STRUCT(PlainOrder, (), (quantity))

struct NlohmannOrder {
  int quantity = 0;
};
void from_json(const nlohmann::json& json, NlohmannOrder& order) {
  json.at("quantity").get_to(order.quantity);
}

/// Values `{"quantity":2}`, none, and `[]`.
const std::string three_values =
    R"({"eventSource":"aws:kafka","records":{"orders-0":[)"
    R"({"topic":"orders","partition":0,"offset":1,"value":"eyJxdWFudGl0eSI6Mn0="},)"
    R"({"topic":"orders","partition":0,"offset":2,"value":null},)"
    R"({"topic":"orders","partition":0,"offset":3,"value":"W10="}]}})";

template <class Order>
class TypedKafka : public ::testing::Test {};
using Orders = ::testing::Types<PlainOrder, NlohmannOrder>;
TYPED_TEST_SUITE(TypedKafka, Orders);

TYPED_TEST(TypedKafka, ReadsTheValueAndFailsATombstone) {
  std::vector<int> seen;
  const auto event = decode<KafkaRecord>(three_values);
  const auto batch = BatchProcessor<KafkaRecord>{}.process(
      event, typed<TypeParam>([&](const TypeParam& order) { seen.push_back(order.quantity); }));
  EXPECT_THAT(seen, ElementsAre(2));
  EXPECT_EQ(batch.messages()[1].cause, "value does not fit: a tombstone has none; take a std::optional");
  EXPECT_THAT(batch.messages()[2].cause, HasSubstr("value does not fit: "));
}

TYPED_TEST(TypedKafka, TakesATombstoneForNothingWhereTheTypeAllowsIt) {
  std::vector<int> seen;
  const auto event = decode<KafkaRecord>(three_values);
  const auto batch = BatchProcessor<KafkaRecord>{}.process(
      event, typed<std::optional<TypeParam>>([&](const std::optional<TypeParam>& order) {
        seen.push_back(order ? order->quantity : -1);
      }));
  EXPECT_THAT(seen, ElementsAre(2, -1));
  EXPECT_THAT(batch.response().item_identifiers(), ElementsAre(R"({"partition":"orders-0","offset":3})"));
}

TEST(TypedKafkaValue, FailsARecordWhoseValueIsNoBase64) {
  std::string payload = three_values;
  payload.replace(payload.find("W10="), 4, "****");
  const auto event = decode<KafkaRecord>(payload);
  const auto batch = BatchProcessor<KafkaRecord>{}.process(
      event, typed<std::optional<PlainOrder>>([](const std::optional<PlainOrder>&) {}));
  EXPECT_THAT(batch.messages()[2].cause, HasSubstr("not valid base64"));
}

}  // namespace
}  // namespace batchproof
