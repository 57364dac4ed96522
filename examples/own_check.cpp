// A handler with correct verdicts that leaves wrong entries in a table.

#include <batchproof/properties/verify.hpp>
#include <iostream>
#include <set>
#include <string>

#include <batchproof/batch.hpp>
#include <nlohmann/json.hpp>

namespace bp = batchproof;

// Stands in for the table that the function writes to.
static std::set<std::string, std::less<>> table;

void handle_order(const bp::SqsRecord& record) {
  table.emplace(record.message_id());
  const auto order = nlohmann::json::parse(record.body());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
}

std::string check_table(const bp::properties::Observation& run) {
  for (const auto& call : run.calls) {
    if (call.threw && table.contains(call.item_identifier)) {
      return "the table holds " + call.item_identifier + ", which was rejected";
    }
  }
  return "";
}

int main() {
  const bp::VerifyHandlerOptions contract{.accepted = {R"({"quantity": 2})"},
                                          .rejected = {R"({"quantity": 0})"},
                                          .seed = 7,
                                          .before_each = [] { table.clear(); },
                                          .check = check_table};
  std::cout << bp::verify_handler<bp::SqsRecord>(handle_order, contract).text() << '\n';
}
