#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/generators/payload_case.hpp>

#include "draw_batch.hpp"

namespace batchproof::generators {

rc::Gen<fixtures::BatchCase> payload_case(fixtures::Source source, const fixtures::PayloadList& accepted,
                                          const fixtures::PayloadList& rejected,
                                          const BatchOptions& options) {
  const fixtures::PayloadKind kind = fixtures::info_of(source).payload_kind;
  return drawn_batch(source, options, {.payload = PayloadEdit::choosing(kind, accepted, rejected)});
}

}  // namespace batchproof::generators
