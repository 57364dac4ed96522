#pragma once

#include <batchproof/fixtures/source.hpp>
#include <batchproof/generators/batch_case.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "draws.hpp"

namespace batchproof::generators {

/// The facts of one record that laws depend on, before there is any text.
struct RecordPlan {
  std::size_t number = 0;  ///< by which its names differ from those of other records: its position, or that
                           ///< of the record whose twin it is
  std::optional<std::size_t> group{};  ///< its message group or partition key
  bool rejected = false;               ///< the handler must fail on it
  std::string sequence_number{};       ///< ascending as numbers within a batch
  bool largest_payload = false;        ///< its payload has the largest size that the options allow
};

/// Throws `std::invalid_argument` for options that no batch can have.
void refuse_impossible(fixtures::Source source, const BatchOptions& options);

/// The largest batch that the options ask for.
std::size_t largest_batch_of(fixtures::Source source, const BatchOptions& options);

/// As many records as the options allow, in groups for the most part, with a failure pattern.
std::vector<RecordPlan> draw_batch_plan(Draws& draws, fixtures::Source source, const BatchOptions& options);

}  // namespace batchproof::generators
