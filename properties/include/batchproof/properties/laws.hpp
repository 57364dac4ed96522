#pragma once

// Every law by its name, for a test of one law alone:
//
//   verify_laws({&nothing_lost, 1}, source, subject, claims, settings);
//
// `Law::sentence` says what a law demands, and docs/laws.md shows an example of each. `processor_laws()` and
// `handler_laws()` list them. Each is defined in `properties/src/laws/<name>.cpp`.

#include <batchproof/properties/law.hpp>

namespace batchproof::properties {

/// @name Laws of a processor
/// @{
extern const Law nothing_lost;
extern const Law nothing_extra;
extern const Law once_in_order;
extern const Law fifo_stops;
extern const Law skip_the_group;
extern const Law checkpoint;
extern const Law partition;
extern const Law window;  ///< reads the state of the kit's functions, as `list_in_window` says
extern const Law contained;
extern const Law fresh;
extern const Law unreportable;
extern const Law empty_is_empty;
extern const Law right_source;
extern const Law total;
extern const Law independence;
extern const Law faithful;
extern const Law well_formed;
extern const Law in_time;
extern const Law late_is_reported;
extern const Law dead_letter;
extern const Law retry_later;
extern const Law survives;  ///< of a handler too
/// @}

/// @name Laws of a record handler
/// @{
extern const Law verdict;
extern const Law repeatable;
extern const Law independent;
extern const Law own_check;
/// @}

/// `window` for states of any form, of functions in C++ and in other languages: judges
/// `Observation::wrong_state`, which the subject sets.
extern const Law window_of_own_state;

/// Every batch violates it, so that each verification shows that it would have seen a violation.
extern const Law canary;

}  // namespace batchproof::properties
