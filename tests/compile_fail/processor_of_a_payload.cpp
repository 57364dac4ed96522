// expect: batchproof: a processor is of SqsRecord, KinesisStreamRecord, DynamoDbRecord or KafkaRecord
#include <batchproof/batch.hpp>
#include <string>

namespace bp = batchproof;

struct Order {};

std::string use(std::string_view payload) {
#ifdef MENDED
  const bp::BatchProcessor<bp::SqsRecord> processor;
#else
  const bp::BatchProcessor<Order> processor;
#endif
  return bp::process_partial_response(
      payload, [](const auto&) {}, processor);
}
