#pragma once

#include <batchproof/fixtures/source.hpp>
#include <batchproof/generators/batch_case.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "draws.hpp"

namespace batchproof::generators {

/// The properties of one record that laws depend on, before any text is drawn.
struct RecordPlan {
  std::size_t number = 0;              ///< its position, or that of its twin; makes its names unique
  std::optional<std::size_t> group{};  ///< its message group or partition key
  bool rejected = false;               ///< the handler must fail on it
  std::string sequence_number{};       ///< of a stream; ascending as numbers within a batch
  bool largest_payload = false;        ///< its payload has the largest size that the options allow
};

/// Throws `std::invalid_argument` for options that no batch can have.
void refuse_impossible(fixtures::Source source, const BatchOptions& options);

/// The largest batch that the options ask for.
std::size_t largest_batch_of(fixtures::Source source, const BatchOptions& options);

/// Draws as many records as the options allow, mostly in groups, with a failure pattern.
std::vector<RecordPlan> draw_batch_plan(Draws& draws, fixtures::Source source, const BatchOptions& options);

}  // namespace batchproof::generators
