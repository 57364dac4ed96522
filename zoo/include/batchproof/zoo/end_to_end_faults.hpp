#pragma once

// The end-to-end laws that catch broken processors:
//
//     const auto matrix = mutation_matrix(end_to_end_faults(), 200, {1});
//     gaps_in(matrix, fixtures::ids_of(simulator::end_to_end_laws()));  // empty: each law catches its faults

#include <batchproof/zoo/mutation_matrix.hpp>
#include <vector>

namespace batchproof::zoo {

/// The broken processors that end-to-end laws are known to catch; several laws may catch one.
///
/// `Fault::run` runs random worlds of the processor's source, and then searches for the smallest one, whose
/// messages are `LawTrial::size`; it searches only for laws that must catch it, since the search takes long.
/// It throws what `simulator::simulate_random_worlds` throws. Any thread may call this.
std::vector<Fault> end_to_end_faults();

}  // namespace batchproof::zoo
