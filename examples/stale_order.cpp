// A handler that is right for each payload alone, and wrong in a batch.

#include <batchproof/properties/verify.hpp>
#include <iostream>

#include <batchproof/batch.hpp>
#include <nlohmann/json.hpp>

namespace bp = batchproof;

struct Order {
  double quantity = 0;
};

// One object for a whole batch: a message without a quantity gets that of the message before.
static Order order;

void handle_order(const bp::SqsRecord& record) {
  if (record.index() == 0) order = {};
  const auto json = nlohmann::json::parse(record.body());
  if (json.contains("quantity")) order.quantity = json["quantity"];
  if (order.quantity < 1) throw std::invalid_argument("quantity must be at least 1");
}

int main() {
  const bp::VerifyHandlerOptions contract{.accepted = {R"({"quantity": 2})"},
                                          .rejected = {R"({"quantity": 0})", R"({"sku": "teapot"})"},
                                          .seed = 7};
  std::cout << bp::verify_handler<bp::SqsRecord>(handle_order, contract).text() << '\n';
}
