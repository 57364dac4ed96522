#include <set>

#include "law_examples.hpp"

namespace law_examples {

static std::vector<std::string> waiting;
static std::set<std::string, std::less<>> written;  // stands in for a table

// Two orders a write halve the bill.
void write_two_at_a_time(const bp::SqsRecord& record) {
  const auto order = nlohmann::json::parse(record.body());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
  waiting.emplace_back(record.message_id());
  if (waiting.size() < 2) return;
  written.insert(waiting.begin(), waiting.end());
  waiting.clear();
}

void forget_everything() {
  waiting.clear();
  written.clear();
}

std::string find_what_is_not_written(const bp::properties::Observation& run) {
  for (const auto& call : run.calls) {
    if (!call.threw && !written.contains(call.item_identifier))
      return call.item_identifier + " is not written";
  }
  return "";
}

bp::properties::Report own_check() {
  return bp::verify_handler<bp::SqsRecord>(write_two_at_a_time, {.accepted = {R"({"quantity": 2})"},
                                                                 .rejected = {R"({"quantity": 0})"},
                                                                 .cases = 100,
                                                                 .seed = 7,
                                                                 .before_each = forget_everything,
                                                                 .check = find_what_is_not_written});
}

}  // namespace law_examples
