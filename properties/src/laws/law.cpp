#include <array>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {

bool applies_always(fixtures::Source, const fixtures::ProcessorClaims&) { return true; }
bool judges_always(const Evidence&) { return true; }
bool has_further_runs(const Evidence& evidence) { return !evidence.run.further_runs.empty(); }

std::vector<Violation> violations_of(const Law& law, const Evidence& evidence) {
  return law.judges(evidence) ? law.violations(evidence) : std::vector<Violation>();
}

std::span<const Law> processor_laws() noexcept {
  static const std::array laws{
      nothing_lost,     nothing_extra, once_in_order, fifo_stops, skip_the_group, checkpoint,
      partition,        window,        contained,     fresh,      unreportable,   empty_is_empty,
      right_source,     total,         independence,  faithful,   well_formed,    in_time,
      late_is_reported, dead_letter,   retry_later,   survives};
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

}  // namespace batchproof::properties
