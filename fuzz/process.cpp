// Processes an event and judges the response by the laws. The first three bytes of the input choose the
// source, the processor's options, and the meaning of the rest: a payload with any damage, or the choices for
// a batch as AWS sends it.

#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/judge_batch.hpp>
#include <batchproof/properties/law.hpp>
#include <chrono>
#include <string>

#include "support/batch_of_bytes.hpp"
#include "support/decode_target.hpp"
#include "support/json_mutator.hpp"

using namespace batchproof;

namespace {

constexpr std::size_t header_size = 3;

fixtures::ProcessorClaims claims_of(fixtures::Source source, unsigned options) {
  const auto& modes = fixtures::info_of(source).modes;
  fixtures::ProcessorClaims claims = modes[(options >> 1U & 1U) % modes.size()].claims;
  claims.raise_on_entire_batch_failure = (options & 1U) == 0;
  if ((options & 4U) != 0) claims.reserve = std::chrono::milliseconds(1 + (options >> 4U) * 64);
  return claims;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < header_size) return 0;
  constexpr std::size_t sources = fixtures::every_source.size() - fixtures::window_sources.size();
  const fixtures::Source source = fixtures::every_source[data[0] % sources];
  const bool is_damaged = (data[1] & 1U) == 0;
  const fixtures::ProcessorClaims claims = claims_of(source, data[2]);
  const fixtures::Subject subject = fixtures::library_processor(source, claims);
  const std::string_view rest = fuzz::text_of(data + header_size, size - header_size);
  const auto violated = is_damaged ? properties::judge_payload(properties::processor_laws(), subject, source,
                                                               claims, std::string(rest), data[1] >> 1U)
                                   : properties::judge_batch(properties::processor_laws(), subject, claims,
                                                             fuzz::batch_of_bytes(source, rest));
  if (violated) fuzz::require(false, violated->law->id, violated->text());
  return 0;
}

BATCHPROOF_MUTATE_JSON(header_size)
