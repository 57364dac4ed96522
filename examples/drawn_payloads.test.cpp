// Tests of a record handler on payloads that are drawn, and on near misses of them.

#include <rapidcheck.h>
#include <nlohmann/json.hpp>

#include <batchproof/batch.hpp>
#include <batchproof/generators/payloads.hpp>
#include <batchproof/gtest.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bp = batchproof;

namespace {

void handle_order(const bp::SqsRecord& record) {
  const auto order = nlohmann::json::parse(record.body());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
}

// The same seed must give the same payload.
std::string draw_order(std::uint64_t seed) {
  return nlohmann::json{{"quantity", seed % 1000 + 1}, {"sku", "teapot-" + std::to_string(seed)}}.dump();
}

TEST(DrawnOrders, AreAcceptedAsTheExampleIs) {
  EXPECT_TRUE(bp::verify_handler<bp::SqsRecord>(
      handle_order, {.accepted = {R"({"quantity": 2})", draw_order},
                     .rejected = {"not json", [](std::uint64_t seed) {
                                    return R"({"quantity": -)" + std::to_string(seed % 1000) + "}";
                                  }}}));
}

TEST(DrawnOrders, ComeFromAGeneratorOfRapidCheck) {
  const auto orders = rc::gen::map(rc::gen::inRange(1, 1000), [](int quantity) {
    return nlohmann::json{{"quantity", quantity}}.dump();
  });
  EXPECT_TRUE(bp::verify_handler<bp::SqsRecord>(
      handle_order, {.accepted = {bp::generators::payloads_of(orders)}, .rejected = {"not json"}}));
}

// A second opinion on any payload, written in another way than the handler.
bp::Verdict classify_order(std::string_view payload) {
  const auto order = nlohmann::json::parse(payload, nullptr, false);
  const bool is_good = order.is_object() && order.contains("quantity") && order["quantity"].is_number() &&
                       order["quantity"] >= 1;
  return is_good ? bp::Verdict::accepted : bp::Verdict::rejected;
}

TEST(NearMisses, OfOrdersGetTheirVerdict) {
  EXPECT_TRUE(bp::verify_handler<bp::SqsRecord>(
      handle_order, {.accepted = {R"({"quantity": 2})"}, .rejected = {"{}"}, .classify = classify_order}));
}

}  // namespace
