#include <algorithm>
#include <array>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/laws/checkpoint.hpp>
#include <batchproof/properties/laws/contained.hpp>
#include <batchproof/properties/laws/empty_is_empty.hpp>
#include <batchproof/properties/laws/faithful.hpp>
#include <batchproof/properties/laws/fifo_stops.hpp>
#include <batchproof/properties/laws/fresh.hpp>
#include <batchproof/properties/laws/in_time.hpp>
#include <batchproof/properties/laws/independence.hpp>
#include <batchproof/properties/laws/independent.hpp>
#include <batchproof/properties/laws/late_is_reported.hpp>
#include <batchproof/properties/laws/nothing_extra.hpp>
#include <batchproof/properties/laws/nothing_lost.hpp>
#include <batchproof/properties/laws/once_in_order.hpp>
#include <batchproof/properties/laws/own_check.hpp>
#include <batchproof/properties/laws/repeatable.hpp>
#include <batchproof/properties/laws/right_source.hpp>
#include <batchproof/properties/laws/skip_the_group.hpp>
#include <batchproof/properties/laws/survives.hpp>
#include <batchproof/properties/laws/total.hpp>
#include <batchproof/properties/laws/unreportable.hpp>
#include <batchproof/properties/laws/verdict.hpp>
#include <batchproof/properties/laws/well_formed.hpp>

namespace batchproof::properties {

bool applies_always(fixtures::Source, const fixtures::ProcessorClaims&) { return true; }
bool judges_always(const fixtures::BatchCase&, const Observation&) { return true; }
bool judges_further_runs(const fixtures::BatchCase&, const Observation& observation) {
  return !observation.further_runs.empty();
}

std::span<const Law> processor_laws() noexcept {
  static const std::array laws{nothing_lost, nothing_extra,   once_in_order, fifo_stops,   skip_the_group,
                               checkpoint,   contained,       fresh,         unreportable, empty_is_empty,
                               right_source, total,           independence,  faithful,     well_formed,
                               in_time,      late_is_reported};
  return laws;
}

std::span<const std::string_view> laws_seen_from_inside() noexcept {
  static constexpr std::array<std::string_view, 2> ids{"all-failed", "mirror"};
  return ids;
}

std::span<const Law> handler_laws() noexcept {
  static const std::array laws{survives, verdict, repeatable, independent, own_check};
  return laws;
}

const Law* find_law(std::string_view id) noexcept {
  const auto laws = processor_laws();
  const auto found = std::find_if(laws.begin(), laws.end(), [&](const Law& law) { return law.id == id; });
  return found == laws.end() ? nullptr : &*found;
}

}  // namespace batchproof::properties
