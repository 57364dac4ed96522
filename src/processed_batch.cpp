#include <batchproof/batch.hpp>

namespace batchproof {

template class ProcessedBatch<SqsRecord>;
template class ProcessedBatch<KinesisStreamRecord>;
template class ProcessedBatch<DynamoDbRecord>;

}  // namespace batchproof
