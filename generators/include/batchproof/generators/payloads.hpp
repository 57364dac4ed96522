#pragma once

// A RapidCheck generator as payloads of a contract:
//
//   verify_handler<bp::SqsRecord>(handle_order, {.accepted = {payloads_of(orders())}});
//
// Unlike <batchproof/fixtures/payloads.hpp> it includes RapidCheck, which takes long to compile.

#include <rapidcheck/Gen.h>
#include <rapidcheck/GenerationFailure.h>
#include <rapidcheck/Random.h>
#include <batchproof/fixtures/payloads.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

namespace batchproof::generators {

/// Draws from the generator, at RapidCheck's largest size since ranges are narrow at small ones. The same
/// seed gives the same payload. Throws `std::invalid_argument` when a generator that filters finds nothing in
/// ten tries. The generator does not shrink the payload of a counterexample: see `.classify`.
inline fixtures::DrawPayload payloads_of(rc::Gen<std::string> generator) {
  return [generator = std::move(generator)](std::uint64_t seed) -> std::string {
    constexpr int most_tries = 10;
    rc::Random random(seed);
    for (int tries = 0; tries < most_tries; ++tries) {
      try {
        return generator(random.split(), rc::kNominalSize).value();
      } catch (const rc::GenerationFailure&) {
      }
    }
    throw std::invalid_argument("payloads_of: the generator of payloads gave up");
  };
}

}  // namespace batchproof::generators
