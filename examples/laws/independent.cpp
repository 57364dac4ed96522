#include "law_examples.hpp"

namespace law_examples {

static std::string currency;

// An order without a currency has that of the order before.
void remember_the_currency(const bp::SqsRecord& record) {
  if (record.index() == 0) currency.clear();
  const auto order = nlohmann::json::parse(record.body());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
  if (order.contains("currency")) currency = order["currency"];
  if (currency.empty()) throw std::invalid_argument("no currency");
}

bp::properties::Report independent() {
  return bp::verify_handler<bp::SqsRecord>(
      remember_the_currency, {.accepted = {R"({"quantity": 2, "currency": "EUR"})", R"({"quantity": 1})"},
                              .rejected = {R"({"quantity": 0})"},
                              .cases = 100,
                              .seed = 7});
}

}  // namespace law_examples
