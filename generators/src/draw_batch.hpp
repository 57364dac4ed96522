#pragma once

#include <rapidcheck/Gen.h>
#include <rapidcheck/Random.h>
#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/generators/batch_case.hpp>
#include <optional>

#include "payload_edit.hpp"

namespace batchproof::generators {

/// The changes that a generator makes between drawing and writing.
struct BatchEdits {
  bool with_fields = true;  ///< records list the fields that a handler must see
  std::optional<PayloadEdit> payload{};
};

/// One batch. The same random state gives the same batch, and the same plan whether plain or not.
fixtures::BatchCase draw_batch(fixtures::Source source, const BatchOptions& options, const BatchEdits& edits,
                               rc::Random random, bool plain);

/// Batches of a source after the edits. A batch shrinks once, to the same plan with the simplest text: the
/// search for a smaller counterexample removes records itself, which is cheaper there.
rc::Gen<fixtures::BatchCase> drawn_batch(fixtures::Source source, const BatchOptions& options,
                                         BatchEdits edits);

}  // namespace batchproof::generators
