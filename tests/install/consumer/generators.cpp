// Your own property, over random batches.

#include <rapidcheck.h>
#include <batchproof/batch.hpp>
#include <batchproof/generators/batch_case.hpp>

namespace bp = batchproof;

int main() {
  const bool held = rc::check("every record is decoded", [] {
    const auto batch_case = *bp::generators::batch_case(bp::fixtures::Source::kinesis);
    RC_ASSERT(bp::decode<bp::KinesisStreamRecord>(batch_case.payload()).size() == batch_case.records.size());
  });
  return held ? 0 : 1;
}
