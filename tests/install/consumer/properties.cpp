// A processor under the laws, without GoogleTest.

#include <batchproof/properties/verify.hpp>
#include <iostream>

namespace bp = batchproof;

int main() {
  const bp::SqsFifoPartialProcessor processor;
  const auto report = bp::verify_processor<bp::SqsRecord>(
      [&](std::string_view payload, bp::RecordProbe& probe) {
        return bp::process_partial_response(payload, probe, processor);
      },
      {.fifo = true, .cases = 50});
  std::cout << report << '\n';
  return report.passed() ? 0 : 1;
}
