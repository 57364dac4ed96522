// Shrinks a drawn batch: first to its plain twin, then to fewer records, with the same pattern.
//
//     return rc::makeSeq<SmallerBatches>(state, options);

#include <rapidcheck/Gen.h>
#include <rapidcheck/seq/Create.h>
#include <rapidcheck/shrinkable/Create.h>
#include <algorithm>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/generators/arbitrary.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::generators {
namespace {

using fixtures::BatchCase;
using fixtures::Source;

/// A batch, and its plain twin unless the batch is plain itself.
struct Shrunk {
  BatchCase batch;
  std::optional<BatchCase> plain;
};

BatchCase without(BatchCase batch, const std::vector<std::size_t>& places, std::size_t first,
                  std::size_t count) {
  for (std::size_t index = std::min(first + count, places.size()); index-- > first;) {
    batch.records.erase(batch.records.begin() + static_cast<std::ptrdiff_t>(places[index]));
  }
  return batch;
}

/// The records that can be removed without changing the options' pattern.
std::vector<std::size_t> removable_places(const BatchOptions& options, const BatchCase& batch) {
  const auto pattern = options.failure_pattern;
  const bool any_may_go = !pattern || pattern == FailurePattern::none || pattern == FailurePattern::all;
  std::vector<std::size_t> places;
  if (pattern == FailurePattern::alternating || pattern == FailurePattern::all_but_one) return places;
  places.reserve(batch.records.size());
  for (std::size_t index = 0; index < batch.records.size(); ++index) {
    if (any_may_go || !batch.records[index].rejected) places.push_back(index);
  }
  return places;
}

rc::Shrinkable<BatchCase> shrinkable_of(const std::shared_ptr<const Shrunk>& state,
                                        const BatchOptions& options);

/// Tries first the plain twin; then the batch without all removable records, without half of them, the other
/// half, a quarter, ... and at last without one record.
class SmallerBatches {
 public:
  SmallerBatches(std::shared_ptr<const Shrunk> state, const BatchOptions& options)
      : state_(std::move(state)),
        options_(options),
        places_(removable_places(options, state_->batch)),
        count_(std::min(places_.size(), state_->batch.records.size() -
                                            std::min(options.smallest_batch, state_->batch.records.size()))) {
  }

  rc::Maybe<rc::Shrinkable<BatchCase>> operator()() {
    if (std::exchange(starts_, false) && state_->plain) return shrunk({*state_->plain, std::nullopt});
    if (count_ == 0) return rc::Nothing;
    const std::size_t first = std::exchange(first_, first_ + count_);
    Shrunk smaller{without(state_->batch, places_, first, count_), std::nullopt};
    if (state_->plain) smaller.plain = without(*state_->plain, places_, first, count_);
    if (first_ >= places_.size()) {
      first_ = 0;
      count_ /= 2;
    }
    return shrunk(std::move(smaller));
  }

 private:
  rc::Maybe<rc::Shrinkable<BatchCase>> shrunk(Shrunk smaller) const {
    return shrinkable_of(std::make_shared<const Shrunk>(std::move(smaller)), options_);
  }

  std::shared_ptr<const Shrunk> state_;
  BatchOptions options_;
  std::vector<std::size_t> places_;
  std::size_t first_ = 0;
  std::size_t count_;
  bool starts_ = true;
};

rc::Shrinkable<BatchCase> shrinkable_of(const std::shared_ptr<const Shrunk>& state,
                                        const BatchOptions& options) {
  return rc::shrinkable::lambda([state] { return state->batch; },
                                [state, options] { return rc::makeSeq<SmallerBatches>(state, options); });
}

}  // namespace

rc::Gen<BatchCase> shrinking_batch(Source source, const BatchOptions& options) {
  return [options, cases = batch_case(source, options)](const rc::Random& random, int size) {
    const auto drawn = cases(random, size);
    return rc::shrinkable::lambda([drawn] { return drawn.value(); },
                                  [drawn, options] {
                                    const auto state = std::make_shared<const Shrunk>(
                                        Shrunk{drawn.value(), drawn.shrinks().next()->value()});
                                    return rc::makeSeq<SmallerBatches>(state, options);
                                  });
  };
}

std::ostream& print_batch(std::ostream& stream, const BatchCase& batch) {
  return stream << name(batch.source) << ", pattern " << batch.pattern() << '\n'
                << fixtures::info_of(batch.source).layout->write(batch, "\n");
}

}  // namespace batchproof::generators
