// What a test does with the cases that the fuzzer saved: they come first.

#include <iostream>

#include "orders.hpp"

int main() {
  const auto report = bp::verify_handler<bp::SqsRecord>(handle_order_carelessly, contract_of_orders());
  std::cout << report << '\n';
  return report.passed() ? 0 : 1;
}
