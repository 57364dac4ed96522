#include "payload_edit.hpp"

#include <batchproof/fixtures/json_text.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "damage.hpp"

namespace batchproof::generators {
namespace {

using fixtures::PayloadKind;

void refuse_invalid_utf8(const std::string& body) {
  try {
    static_cast<void>(fixtures::to_text(nlohmann::json(body)));
  } catch (const nlohmann::json::exception& error) {
    throw std::invalid_argument(std::string("a body that SQS could not hold: ") + error.what());
  }
}

/// SQS carries Unicode alone: damaged characters become question marks.
std::string as_unicode(std::string text, const std::string& undamaged) {
  if (text == undamaged) return text;
  for (char& byte : text) {
    if (static_cast<unsigned char>(byte) >= 0x80) byte = '?';
  }
  return text;
}

}  // namespace

PayloadEdit PayloadEdit::choosing(PayloadKind kind, const std::vector<std::string>& accepted,
                                  const std::vector<std::string>& rejected) {
  PayloadEdit edit(kind, false);
  edit.accepted_ = edit.read(accepted);
  edit.rejected_ = edit.read(rejected);
  return edit;
}

PayloadEdit PayloadEdit::damaging(PayloadKind kind, const std::vector<std::string>& payloads) {
  PayloadEdit edit(kind, true);
  edit.accepted_ = edit.read(payloads);
  return edit;
}

std::vector<PayloadEdit::Payload> PayloadEdit::read(const std::vector<std::string>& texts) const {
  std::vector<Payload> payloads;
  payloads.reserve(texts.size());
  for (const std::string& text : texts) {
    if (kind_ == PayloadKind::text) refuse_invalid_utf8(text);
    payloads.push_back({.text = text});
    if (kind_ == PayloadKind::item) payloads.back().item = fixtures::item(text);
  }
  return payloads;
}

void PayloadEdit::fit(std::vector<RecordPlan>& plan) const {
  if (damages_) return;
  if (accepted_.empty() && rejected_.empty()) plan.clear();
  for (RecordPlan& record : plan) {
    if (accepted_.empty()) record.rejected = true;
    if (rejected_.empty()) record.rejected = false;
  }
}

const PayloadEdit::Payload& PayloadEdit::draw(Draws& draws, const RecordPlan& record) const {
  return draws.element(record.rejected && !damages_ ? rejected_ : accepted_);
}

std::string PayloadEdit::draw_text(Draws& draws, const RecordPlan& record) const {
  const std::string& text = draw(draws, record).text;
  if (!damages_ || draws.one_in(4)) return text;
  std::string damaged = draw_damaged_text(draws, text);
  return kind_ == PayloadKind::text ? as_unicode(std::move(damaged), text) : damaged;
}

fixtures::Item PayloadEdit::draw_item(Draws& draws, const RecordPlan& record) const {
  const fixtures::Item& item = draw(draws, record).item;
  return !damages_ || draws.one_in(4) ? item : draw_damaged_item(draws, item);
}

std::optional<fixtures::Item> PayloadEdit::draw_accepted_item(Draws& draws) const {
  if (accepted_.empty()) return std::nullopt;
  return draws.element(accepted_).item;
}

}  // namespace batchproof::generators
