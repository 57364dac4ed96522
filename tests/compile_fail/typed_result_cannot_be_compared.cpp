// expect: batchproof: a number of this type could change unseen while from_json reads it
#include <batchproof/json.hpp>

namespace bp = batchproof;

class Order {
 public:
  int quantity() const { return quantity_; }

 private:
  friend void from_json(const nlohmann::json& json, Order& order) {
    json.at("quantity").get_to(order.quantity_);
  }
#ifdef MENDED
  friend void to_json(nlohmann::json& json, const Order& order) { json["quantity"] = order.quantity_; }
#endif

  int quantity_ = 0;
};

std::string use(std::string_view payload, const bp::BatchProcessor<bp::SqsRecord>& processor) {
  return bp::process_partial_response(payload, bp::typed<Order>([](const Order&) {}), processor);
}
