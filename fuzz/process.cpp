// From event bytes to response bytes, under the laws. The first two bytes choose the source, the
// processor's options, and whether the rest is a payload, with any damage, or chooses a batch as AWS sends
// it.

#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/law.hpp>
#include <string>

#include "../properties/src/arrangement.hpp"
#include "../properties/src/remains.hpp"
#include "support/batch_of_bytes.hpp"
#include "support/decode_target.hpp"
#include "support/json_mutator.hpp"

using namespace batchproof;

namespace {

using properties::Arrangement;
using properties::Law;
using properties::LawInput;
using properties::Observation;

constexpr std::size_t header_size = 2;

fixtures::ProcessorClaims claims_of(fixtures::Source source, unsigned options) {
  const auto& modes = fixtures::info_of(source).modes;
  fixtures::ProcessorClaims claims = modes[(options >> 1U & 1U) % modes.size()].claims;
  claims.raise_on_entire_batch_failure = (options & 1U) == 0;
  if ((options & 4U) != 0) claims.reserve = std::chrono::milliseconds(1 + (options >> 4U) * 64);
  return claims;
}

Arrangement arrange(fixtures::Source source, const fixtures::ProcessorClaims& claims) {
  return {.name = "",
          .source = source,
          .claims = claims,
          .observe =
              [subject = fixtures::library_processor(source, claims)](
                  const fixtures::BatchCase& batch_case, std::string payload, properties::Watch watch) {
                return properties::observe(subject, batch_case, std::move(payload), watch);
              },
          .draw_batch = {}};
}

void require_lawful(const Arrangement& arrangement, LawInput input, const fixtures::BatchCase& batch_case,
                    const std::string& payload) {
  std::optional<Observation> observation;
  for (const Law& law : properties::processor_laws()) {
    if (law.input != input || !law.applies(arrangement.source, arrangement.claims)) continue;
    if (!observation) observation = observe_for(arrangement, input, batch_case, payload);
    if (!law.judges(batch_case, *observation)) continue;
    const auto violations = law.violations(batch_case, arrangement.claims, *observation);
    if (violations.empty()) continue;
    fuzz::require(false, law.id, violations.front() + "\npattern " + batch_case.pattern() + "\n" + payload);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < header_size) return 0;
  const fixtures::Source source = fixtures::all_sources[data[0] % fixtures::all_sources.size()];
  const bool is_damaged = (data[0] & 4U) == 0;
  const Arrangement arrangement = arrange(source, claims_of(source, data[1]));
  const std::string_view rest = fuzz::text_of(data + header_size, size - header_size);
  if (is_damaged) {
    const std::string payload(rest);
    require_lawful(arrangement, LawInput::damaged_payload,
                   properties::remaining_case(payload, source, data[0] >> 3U), payload);
    return 0;
  }
  const fixtures::BatchCase batch_case = fuzz::batch_of_bytes(source, rest);
  const std::string payload = batch_case.payload();
  for (const LawInput input :
       {LawInput::batch, LawInput::batch_again, LawInput::batch_in_part, LawInput::batch_before_deadline})
    require_lawful(arrangement, input, batch_case, payload);
  return 0;
}

BATCHPROOF_MUTATE_JSON(header_size)
