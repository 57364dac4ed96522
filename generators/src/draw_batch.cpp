#include "draw_batch.hpp"

#include <rapidcheck/Gen.h>
#include <rapidcheck/seq/Create.h>
#include <rapidcheck/shrinkable/Create.h>
#include <memory>
#include <utility>

namespace batchproof::generators {
namespace {

using fixtures::BatchCase;
using fixtures::Source;

template <class Value, class Edit>
void write_records(BatchCase& batch, std::vector<Value> values, const std::vector<RecordPlan>& plan,
                   Draws& choices, TextDraws& text, const Edit& edit) {
  for (std::size_t index = 0; index < values.size(); ++index) {
    if (edit) edit(choices, plan[index], values[index]);
    batch.records.push_back(to_case_record(values[index], draw_style(text)));
    batch.records.back().rejected = plan[index].rejected;
  }
}

}  // namespace

BatchCase draw_batch(Source source, const BatchOptions& options, const BatchEdits& edits, rc::Random random,
                     bool plain) {
  // Split, so that the plan is the same whatever text is drawn.
  TextDraws text{Draws(random.split()), plain, edits.complete};
  Draws choices(random);
  std::vector<RecordPlan> plan = draw_batch_plan(choices, options);
  if (edits.plan) edits.plan(choices, plan);
  BatchCase batch;
  batch.source = source;
  batch.records.reserve(plan.size());
  switch (source) {
    case Source::sqs:
    case Source::sqs_fifo:
      write_records(batch, draw_sqs_messages(text, plan, source == Source::sqs_fifo), plan, choices, text,
                    edits.sqs);
      break;
    case Source::kinesis:
      write_records(batch, draw_kinesis_messages(text, plan), plan, choices, text, edits.kinesis);
      break;
    case Source::dynamodb:
      write_records(batch, draw_dynamodb_changes(text, plan), plan, choices, text, edits.dynamodb);
      break;
  }
  return batch;
}

rc::Gen<BatchCase> drawn_batch(Source source, const BatchOptions& options, BatchEdits edits) {
  const auto shared_edits = std::make_shared<const BatchEdits>(std::move(edits));
  return [source, options, shared_edits](const rc::Random& random, int) {
    const auto draw = [=](bool plain) { return draw_batch(source, options, *shared_edits, random, plain); };
    return rc::shrinkable::lambda(
        [draw] { return draw(false); },
        [draw] { return rc::seq::just(rc::shrinkable::lambda([draw] { return draw(true); })); });
  };
}

}  // namespace batchproof::generators
