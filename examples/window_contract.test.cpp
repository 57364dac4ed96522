// The functions of a tumbling window, verified.

#include <batchproof/gtest.hpp>
#include <batchproof/window_laws.hpp>

namespace bp = batchproof;

struct Totals {
  int orders = 0;
  double turnover = 0;
  bool operator==(const Totals&) const = default;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Totals, orders, turnover)

void add_order(Totals& totals, const bp::KinesisStreamRecord& record) {
  const auto order = nlohmann::json::parse(record.data());
  totals.orders += 1;
  totals.turnover += order.at("price").get<double>();
}

void publish(const Totals&, const bp::Window&) {}

const bp::BatchProcessor<bp::KinesisStreamRecord> processor;

TEST(TotalsOfAWindow, HonourTheirContract) {
  EXPECT_TRUE(bp::verify_window<Totals>(
      add_order, publish, processor,
      {.accepted = {R"({"price": 2})", R"({"price": 7.5})"}, .rejected = {"{}", "not json"}}));
}

// A state whose JSON lacks a member.
struct Dearest {
  int orders = 0;
  double price = 0;
  bool operator==(const Dearest&) const = default;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Dearest, orders)

TEST(TheDearestOrder, IsForgottenByTheNextInvocation) {
  const auto report = bp::verify_window<Dearest>(
      [](Dearest& dearest, const bp::KinesisStreamRecord& record) {
        const auto order = nlohmann::json::parse(record.data());
        dearest.orders += 1;
        dearest.price = std::max(dearest.price, order.at("price").get<double>());
      },
      [](const Dearest&, const bp::Window&) {}, processor,
      {.accepted = {R"({"price": 2})"}, .rejected = {"{}"}});
  EXPECT_EQ(report.broken_law(), "window");
}
