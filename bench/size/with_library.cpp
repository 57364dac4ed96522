// Beside without_library.cpp: what the library adds to a program that handles messages.

#include <batchproof/batch.hpp>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>

int main() {
  const std::string payload{std::istreambuf_iterator<char>(std::cin), {}};
  const batchproof::BatchProcessor<batchproof::SqsRecord> processor;
  const auto handler = [](const batchproof::SqsRecord& record) {
    if (record.body().empty()) throw std::runtime_error("empty");
  };
  std::cout << batchproof::process_partial_response(payload, handler, processor);
}
