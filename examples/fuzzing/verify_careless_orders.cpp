// A test judges the cases that the fuzzer saved before all others.

#include <iostream>

#include "orders.hpp"

int main() {
  const auto report = bp::verify_handler<bp::SqsRecord>(handle_order_carelessly, contract_of_orders());
  std::cout << report << '\n';
  return report.passed() ? 0 : 1;
}
