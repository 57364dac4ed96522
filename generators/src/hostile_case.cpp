#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/generators/hostile_case.hpp>

#include "draw_batch.hpp"

namespace batchproof::generators {

rc::Gen<fixtures::BatchCase> hostile_case(fixtures::Source source, fixtures::PayloadList payloads) {
  constexpr BatchOptions few_records{.largest_batch = 4, .smallest_batch = 1};
  const fixtures::PayloadKind kind = fixtures::info_of(source).payload_kind;
  if (payloads.empty()) payloads.push_back(kind == fixtures::PayloadKind::item ? "{}" : "");
  return drawn_batch(source, few_records, {.payload = PayloadEdit::damaging(kind, payloads)});
}

}  // namespace batchproof::generators
