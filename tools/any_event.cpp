#include "any_event.hpp"

#include <batchproof/detail/foreign_event.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <nlohmann/json.hpp>
#include <optional>

#include "terminal.hpp"

namespace batchproof::tools {
namespace {

constexpr std::string_view first_source = "/Records/0/eventSource";

/// Nothing if the first record is from another source.
template <class Record>
std::optional<AnyEvent> try_decode(std::string_view payload) {
  try {
    return decode<Record>(payload);
  } catch (const EventError& error) {
    if (error.json_pointer() == first_source) return std::nullopt;
    throw;
  }
}

/// The source that the first record names, for the error message.
std::string wrong_source(std::string_view payload) {
  constexpr std::size_t widest = 80;
  const auto event = nlohmann::json::parse(payload, nullptr, false);
  const nlohmann::json::json_pointer place{std::string(first_source)};
  const std::string sources = fixtures::list_of_event_sources();
  if (!event.contains(place)) return "missing, and one of " + sources + " is expected";
  return "none of " + sources + ", but " + shorten_end(event.at(place).dump(), widest);
}

}  // namespace

AnyEvent decode_any(std::string_view payload) {
  for (const fixtures::Source source : fixtures::all_sources) {
    const auto decoded =
        fixtures::with_record_type(source, [&]<class Record>() { return try_decode<Record>(payload); });
    if (decoded) return *decoded;
  }
  const std::string description = detail::describe_foreign_event(payload);
  throw EventError(wrong_source(payload) + (description.empty() ? "" : "; this is " + description), 0,
                   std::string(first_source));
}

}  // namespace batchproof::tools
