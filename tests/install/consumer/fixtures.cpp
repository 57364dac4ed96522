// The event files that were installed.

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/event_files.hpp>
#include <iostream>

namespace bp = batchproof;

int main() {
  const auto names = bp::fixtures::event_file_names();
  const auto sample = bp::fixtures::event_file("sample_orders/sqs");
  const auto event = bp::decode<bp::SqsRecord>(sample.event);
  std::cout << names.size() << " event files; the sample has " << event.size() << " records\n";
  return names.empty() || event.empty() ? 1 : 0;
}
