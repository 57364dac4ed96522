#include "answer_text.hpp"

namespace batchproof::properties {

std::string answer_text(const Observation& observation) {
  if (observation.process_end) return *observation.process_end;
  return observation.response ? *observation.response : "threw: " + observation.error;
}

}  // namespace batchproof::properties
