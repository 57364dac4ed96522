#include <set>

#include "law_examples.hpp"

namespace law_examples {

static std::set<std::string, std::less<>> seen;

// Delivery is at least once, and nobody wants to pay twice.
void refuse_duplicates(const bp::SqsRecord& record) {
  const auto order = nlohmann::json::parse(record.body());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
  if (!seen.emplace(record.message_id()).second) throw std::runtime_error("a duplicate");
}

bp::properties::Report repeatable() {
  return bp::verify_handler<bp::SqsRecord>(refuse_duplicates, {.accepted = {R"({"quantity": 2})"},
                                                               .rejected = {R"({"quantity": 0})"},
                                                               .cases = 100,
                                                               .seed = 7,
                                                               .before_each = [] { seen.clear(); }});
}

}  // namespace law_examples
