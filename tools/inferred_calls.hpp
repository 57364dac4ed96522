#pragma once

// Infers from the answer of a function which records of an event it handled, where no log shows them.

#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/record_probe.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/runtime_api/invocation.hpp>
#include <batchproof/simulator/world.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::tools {

/// The payload of each record of an event, as it is in the event, to compare it; nothing for a change that
/// leaves no item.
using Payloads = std::vector<std::optional<std::string>>;

Payloads payloads_of(std::string_view event, fixtures::Source source);

/// What a world says of the function in it.
struct FunctionInWorld {
  fixtures::Source source;
  fixtures::ProcessorClaims claims;
  simulator::Design design;
  bool is_answer_read;
  std::set<std::string> rejected;  ///< payloads, as `payloads_of` has them
};

FunctionInWorld function_in(const simulator::World& world, const fixtures::ProcessorClaims& claims);

/// The calls that the log shows, and those of refused records, as `blackbox::with_refused` says. A batch that
/// the function must reject as a whole counts as reported when it fails as a whole.
std::vector<std::string> calls_in_log(const FunctionInWorld& function, std::string_view event,
                                      const Payloads& payloads, const runtime_api::Invocation& invocation,
                                      const std::vector<std::string>& logged);

/// Tells the probe which records of the event the function handled, as its answer shows: each record that is
/// not reported, and the first reported one of each message group or stream, but none of a stream after that,
/// nor of a standard queue whose function claims to stop. When the function fails as a whole on a batch that
/// it must reject as a whole, all of its records count as reported. When it fails as a whole in a world that
/// does not read the answer, or brings all of a batch back by the design `all_or_nothing`, the records up to
/// the first that it must reject count as handled. With `stops_early` what is reported after the first
/// failure does not count as handled. Nor does a record of Kafka that must succeed and is reported beside a
/// failure in another partition. `payloads` are those of the event, which is decoded once more: little beside
/// an invocation.
void note_inferred_calls(const FunctionInWorld& function, std::string_view event, const Payloads& payloads,
                         const runtime_api::Invocation& invocation, RecordProbe& probe);

}  // namespace batchproof::tools
