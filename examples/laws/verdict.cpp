#include <iostream>

#include "law_examples.hpp"

namespace law_examples {

void log_what_goes_wrong(const bp::SqsRecord& record) {
  try {
    const auto order = nlohmann::json::parse(record.body());
    if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
  } catch (const std::exception& error) {
    std::clog << record.message_id() << ": " << error.what() << '\n';
  }
}

bp::properties::Report verdict() {
  return bp::verify_handler<bp::SqsRecord>(
      log_what_goes_wrong,
      {.accepted = {R"({"quantity": 2})"}, .rejected = {R"({"quantity": 0})"}, .cases = 100, .seed = 7});
}

}  // namespace law_examples
