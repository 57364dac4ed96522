#include "support/decode_target.hpp"
#include "support/json_mutator.hpp"

using namespace batchproof;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::decode_and_read<KafkaRecord>(fuzz::text_of(data, size));
  return 0;
}

BATCHPROOF_MUTATE_JSON(0)
