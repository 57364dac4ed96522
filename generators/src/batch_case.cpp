#include <batchproof/generators/batch_case.hpp>

#include "draw_batch.hpp"

namespace batchproof::generators {

rc::Gen<fixtures::BatchCase> batch_case(fixtures::Source source, const BatchOptions& options) {
  return drawn_batch(source, options, {});
}

}  // namespace batchproof::generators
