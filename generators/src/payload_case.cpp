#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/generators/payload_case.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "draw_batch.hpp"

namespace batchproof::generators {
namespace {

using fixtures::Item;
using fixtures::Source;

template <class Payload>
struct Payloads {
  std::vector<Payload> accepted;
  std::vector<Payload> rejected;

  const Payload& draw(Draws& draws, const RecordPlan& record) const {
    return draws.element(record.rejected ? rejected : accepted);
  }
};

/// Lets the failure pattern ask only for payloads that there are.
template <class Payload>
void fit_plan(const Payloads<Payload>& payloads, std::vector<RecordPlan>& plan) {
  if (payloads.accepted.empty() && payloads.rejected.empty()) plan.clear();
  for (RecordPlan& record : plan) {
    if (payloads.accepted.empty()) record.rejected = true;
    if (payloads.rejected.empty()) record.rejected = false;
    if (!record.group) record.group = 0;
  }
}

template <class Payload>
BatchEdits edits_of(const Payloads<Payload>& payloads) {
  return {.complete = true,
          .plan = [payloads](Draws&, std::vector<RecordPlan>& plan) { fit_plan(payloads, plan); }};
}

std::vector<Item> items(const std::vector<std::string>& texts) {
  std::vector<Item> read;
  read.reserve(texts.size());
  for (const std::string& text : texts) read.push_back(fixtures::item(text));
  return read;
}

void refuse_invalid_utf8(const std::vector<std::string>& bodies) {
  for (const std::string& body : bodies) {
    try {
      static_cast<void>(nlohmann::json(body).dump());
    } catch (const nlohmann::json::exception& error) {
      throw std::invalid_argument(std::string("a body that SQS could not hold: ") + error.what());
    }
  }
}

}  // namespace

rc::Gen<fixtures::BatchCase> payload_case(Source source, std::vector<std::string> accepted,
                                          std::vector<std::string> rejected, const BatchOptions& options) {
  const fixtures::PayloadKind kind = fixtures::info_of(source).payload_kind;
  if (kind == fixtures::PayloadKind::item) {
    const Payloads<Item> images{items(accepted), items(rejected)};
    BatchEdits edits = edits_of(images);
    edits.dynamodb = [images](Draws& draws, const RecordPlan& record, fixtures::DynamoDbChange& change) {
      if (change.event_name != "MODIFY") change.event_name = "INSERT";
      change.user_identity.reset();
      change.stream_view_type = "NEW_AND_OLD_IMAGES";
      change.new_image = images.draw(draws, record);
      // What was stored before is one that the handler would have accepted: a typed handler reads both
      // images.
      change.old_image.reset();
      if (change.event_name == "MODIFY" && !images.accepted.empty())
        change.old_image = draws.element(images.accepted);
    };
    return drawn_batch(source, options, std::move(edits));
  }
  if (kind == fixtures::PayloadKind::text) {
    refuse_invalid_utf8(accepted);
    refuse_invalid_utf8(rejected);
  }
  const Payloads<std::string> texts{std::move(accepted), std::move(rejected)};
  BatchEdits edits = edits_of(texts);
  edits.sqs = [texts](Draws& draws, const RecordPlan& record, fixtures::SqsMessage& message) {
    message.body = texts.draw(draws, record);
  };
  edits.kinesis = [texts](Draws& draws, const RecordPlan& record, fixtures::KinesisMessage& message) {
    message.data = texts.draw(draws, record);
  };
  return drawn_batch(source, options, std::move(edits));
}

}  // namespace batchproof::generators
