#pragma once

// For each law a processor or handler that violates it and looks correct. docs/laws/ shows them. All are one
// program, since each program that includes the kit takes long to compile.

#include <batchproof/properties/verify.hpp>
#include <nlohmann/json.hpp>

namespace bp = batchproof;

namespace law_examples {

bp::properties::Report nothing_lost();
bp::properties::Report nothing_extra();
bp::properties::Report once_in_order();
bp::properties::Report fifo_stops();
bp::properties::Report skip_the_group();
bp::properties::Report checkpoint();
bp::properties::Report partition();
bp::properties::Report window();
bp::properties::Report contained();
bp::properties::Report fresh();
bp::properties::Report unreportable();
bp::properties::Report empty_is_empty();
bp::properties::Report right_source();
bp::properties::Report total();
bp::properties::Report independence();
bp::properties::Report faithful();
bp::properties::Report well_formed();
bp::properties::Report in_time();
bp::properties::Report late_is_reported();
bp::properties::Report dead_letter();
bp::properties::Report retry_later();
bp::properties::Report survives();
bp::properties::Report verdict();
bp::properties::Report repeatable();
bp::properties::Report independent();
bp::properties::Report own_check();
bp::properties::Report canary();

/// For processors that break several laws: `verify_processor` would name whichever it meets first.
inline bp::properties::Report verify_alone(const bp::properties::Law& law, bp::fixtures::Source source,
                                           const bp::fixtures::Subject& subject,
                                           const bp::fixtures::ProcessorClaims& claims = {},
                                           const bp::properties::VerifySettings& settings = {.seed = 7}) {
  return bp::properties::verify_laws({&law, 1}, source, subject, claims, settings);
}

}  // namespace law_examples
