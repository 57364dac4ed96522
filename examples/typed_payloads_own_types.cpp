// Names of a payload that are not those of the program, and a type that is written in a way of its own.

#include <charconv>
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>

#include <batchproof/typed.hpp>

namespace bp = batchproof;

struct Money {
  long long cents = 0;
};

// "2.50" is 250 cents.
void from_payload(bp::PayloadValue& value, Money& money) {
  const auto text = value.as<std::string>();
  const auto point = text.find('.');
  if (point == std::string::npos || text.size() != point + 3)
    throw std::invalid_argument("an amount such as \"2.50\" expected, found \"" + text + '"');
  const std::string digits = text.substr(0, point) + text.substr(point + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), money.cents);
  if (error != std::errc() || end != digits.data() + digits.size())
    throw std::invalid_argument("an amount such as \"2.50\" expected, found \"" + text + '"');
}

struct Invoice {
  std::string customer_id;
  Money total;
};
BOOST_DESCRIBE_STRUCT(Invoice, (), (customer_id, total))

// The payload calls it customerId.
constexpr std::string_view json_name(const Invoice*, std::string_view name) {
  return name == "customer_id" ? "customerId" : name;
}

int main() {
  const bp::BatchProcessor<bp::SqsRecord> processor;
  const auto event = bp::decode<bp::SqsRecord>(R"({"Records": [
    {"messageId": "m1", "eventSource": "aws:sqs", "body": "{\"customerId\": \"c7\", \"total\": \"2.50\"}"},
    {"messageId": "m2", "eventSource": "aws:sqs", "body": "{\"customerId\": \"c8\", \"total\": \"2.5\"}"}
  ]})");
  const auto batch = processor.process(event, bp::typed<Invoice>([](const Invoice& invoice) {
                                         std::cout << invoice.customer_id << " pays " << invoice.total.cents
                                                   << " cents\n";
                                       }));
  std::cout << batch.messages()[1].cause << '\n';
}
