#include "draw_batch.hpp"

#include <rapidcheck/Gen.h>
#include <rapidcheck/seq/Create.h>
#include <rapidcheck/shrinkable/Create.h>
#include <array>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "dynamodb_draws.hpp"
#include "kafka_draws.hpp"
#include "kinesis_draws.hpp"
#include "record_template.hpp"
#include "sqs_draws.hpp"

namespace batchproof::generators {
namespace {

using fixtures::BatchCase;
using fixtures::CaseRecord;
using fixtures::Source;

/// Records of larger batches share payloads.
constexpr std::size_t most_own_payloads = 200;
constexpr std::size_t shared_payloads = 64;

// Placeholders of a template for a record's own number, group and sequence number: digits that occur nowhere
// else.
constexpr std::size_t number_placeholder = 7'177'617'517'417;
constexpr std::size_t group_placeholder = 9'199'819'719'619;
constexpr const char* sequence_number_placeholder = "31337000313370003133700031337";

/// Draws and writes the planned records one after the other.
template <class SourceDraws>
class RecordWriter {
 public:
  RecordWriter(SourceDraws source_draws, const BatchEdits& edits, bool with_fields, Draws& choices,
               TextDraws& text, std::optional<Draws> odd)
      : source_draws_(std::move(source_draws)),
        edits_(edits),
        with_fields_(with_fields),
        choices_(choices),
        text_(text),
        odd_(odd) {}

  std::vector<CaseRecord> write_all(const std::vector<RecordPlan>& plan) {
    const bool shares = plan.size() > most_own_payloads;
    std::vector<CaseRecord> records;
    records.reserve(plan.size());
    for (const RecordPlan& record : plan) {
      const bool by_template = shares && !record.largest_payload;
      records.push_back(by_template ? write_by_template(record) : write(record));
      records.back().rejected = record.rejected;
    }
    return records;
  }

 private:
  CaseRecord write(const RecordPlan& record) {
    auto value = source_draws_.draw(text_, record);
    if (edits_.payload) set_payload(value, *edits_.payload, choices_, record);
    const fixtures::JsonStyle style = draw_style(text_);
    if (!with_fields_) return to_case_record_without_fields(value, style);
    CaseRecord written = to_case_record(value, style);
    if (odd_ && odd_->one_in(8)) make_odd(*odd_, SourceDraws::odd_fields, written);
    return written;
  }

  /// Fills one of the templates for such a record, which is made on first use.
  CaseRecord write_by_template(const RecordPlan& record) {
    auto& templates = templates_[record.group ? 1 : 0][record.rejected && edits_.payload ? 1 : 0];
    templates.resize(shared_payloads);
    std::optional<RecordTemplate>& chosen = templates[text_.draws.below(shared_payloads)];
    if (!chosen) {
      RecordPlan placeholders{.number = number_placeholder,
                              .rejected = record.rejected,
                              .sequence_number = sequence_number_placeholder};
      if (record.group) placeholders.group = group_placeholder;
      const CaseRecord written = write(placeholders);
      placeholders.group = group_placeholder;
      chosen.emplace(written, gap_values(placeholders));
    }
    return chosen->fill(gap_values(record));
  }

  std::vector<std::string> gap_values(const RecordPlan& record) const {
    std::vector<std::string> values = source_draws_.numbered_texts(record);
    values.push_back(std::to_string(record.group.value_or(0)));
    return values;
  }

  SourceDraws source_draws_;
  const BatchEdits& edits_;
  bool with_fields_;
  Draws& choices_;
  TextDraws& text_;
  std::optional<Draws> odd_;
  std::array<std::array<std::vector<std::optional<RecordTemplate>>, 2>, 2> templates_{};  // of a large batch
};

}  // namespace

BatchCase draw_batch(Source source, const BatchOptions& options, const BatchEdits& edits, rc::Random random,
                     bool plain) {
  // The random state is split, so that the plan is the same whatever text is drawn.
  TextDraws text{Draws(random.split()), plain, options.hostile, options.largest_payload_size_bytes};
  Draws choices(random);
  std::optional<Draws> odd;  // has random numbers of its own, so that all other values stay
  if (options.odd_fields && !plain) odd.emplace(rc::Random(random).split());
  std::vector<RecordPlan> plan = draw_batch_plan(choices, source, options);
  if (edits.payload) edits.payload->fit(plan);
  const BatchTraits traits{
      .source = source, .fair_queue = options.fair_queue, .plain_names = plan.size() > most_own_payloads};
  const auto write = [&](auto source_draws) {
    RecordWriter writer(std::move(source_draws), edits, edits.with_fields && options.with_fields, choices,
                        text, odd);
    BatchCase batch{source, writer.write_all(plan)};
    batch.self_managed = source == Source::kafka && !plain && choices.one_in(4);
    if (auto* const arrange = fixtures::info_of(source).layout->arrange) arrange(batch.records);
    fixtures::keep_invocation(batch, edits.payload.has_value());
    return batch;
  };
  return fixtures::with_record_type(
      source, [&]<class Record>() { return write(typename DrawsOf<Record>::type(text, traits)); });
}

rc::Gen<BatchCase> drawn_batch(Source source, const BatchOptions& options, BatchEdits edits) {
  refuse_impossible(source, options);
  const auto shared_edits = std::make_shared<const BatchEdits>(std::move(edits));
  return [source, options, shared_edits](const rc::Random& random, int) {
    const auto draw = [=](bool plain) { return draw_batch(source, options, *shared_edits, random, plain); };
    return rc::shrinkable::lambda(
        [draw] { return draw(false); },
        [draw] { return rc::seq::just(rc::shrinkable::lambda([draw] { return draw(true); })); });
  };
}

}  // namespace batchproof::generators
