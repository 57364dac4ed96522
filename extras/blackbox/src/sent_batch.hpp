#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <string>

namespace batchproof::blackbox {

/// A batch, and the event that holds it.
struct SentBatch {
  fixtures::BatchCase batch_case;
  std::string payload;
};

}  // namespace batchproof::blackbox
