#include <thread>

#include "law_examples.hpp"

namespace law_examples {

void write_audit_line(const std::string&) {}

void audit_while_parsing(const bp::SqsRecord& record) {
  std::thread audit(write_audit_line, std::string(record.body()));
  const auto order = nlohmann::json::parse(record.body());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
  audit.join();
}

bp::properties::Report survives() {
  return bp::verify_handler<bp::SqsRecord>(
      audit_while_parsing,
      {.accepted = {R"({"quantity": 2})"}, .rejected = {R"({"quantity": 0})"}, .seed = 7});
}

}  // namespace law_examples
