#include "payload_edit.hpp"

#include <batchproof/fixtures/json_text.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "damage.hpp"

namespace batchproof::generators {
namespace {

using fixtures::Payload;
using fixtures::PayloadKind;
using fixtures::PayloadList;

void refuse_invalid_utf8(const std::string& body) {
  try {
    static_cast<void>(fixtures::to_text(nlohmann::json(body)));
  } catch (const nlohmann::json::exception& error) {
    throw std::invalid_argument(std::string("a body that SQS could not hold: ") + error.what());
  }
}

/// SQS carries only Unicode: damaged characters become question marks.
std::string as_unicode(std::string text, const std::string& undamaged) {
  if (text == undamaged) return text;
  for (char& byte : text) {
    if (static_cast<unsigned char>(byte) >= 0x80) byte = '?';
  }
  return text;
}

}  // namespace

PayloadEdit PayloadEdit::choosing(PayloadKind kind, const PayloadList& accepted,
                                  const PayloadList& rejected) {
  PayloadEdit edit(kind, false);
  edit.accepted_ = edit.read(accepted);
  edit.rejected_ = edit.read(rejected);
  return edit;
}

PayloadEdit PayloadEdit::damaging(PayloadKind kind, const PayloadList& payloads) {
  PayloadEdit edit(kind, true);
  edit.accepted_ = edit.read(payloads);
  return edit;
}

std::vector<PayloadEdit::Choice> PayloadEdit::read(const PayloadList& payloads) const {
  std::vector<Choice> choices;
  choices.reserve(payloads.size());
  for (const Payload& payload : payloads) {
    choices.push_back({.payload = payload});
    if (payload.is_drawn()) continue;
    if (kind_ == PayloadKind::text) refuse_invalid_utf8(payload.text());
    if (kind_ == PayloadKind::item) choices.back().item = fixtures::item(payload.text());
  }
  return choices;
}

void PayloadEdit::fit(std::vector<RecordPlan>& plan) const {
  if (damages_) return;
  if (accepted_.empty() && rejected_.empty()) plan.clear();
  for (RecordPlan& record : plan) {
    if (accepted_.empty()) record.rejected = true;
    if (rejected_.empty()) record.rejected = false;
  }
}

const PayloadEdit::Choice& PayloadEdit::choose(Draws& draws, const RecordPlan& record) const {
  return draws.element(record.rejected && !damages_ ? rejected_ : accepted_);
}

std::string PayloadEdit::text_of(Draws& draws, const Choice& choice) const {
  if (!choice.payload.is_drawn()) return choice.payload.text();
  std::string text = choice.payload.draw(draws.next());
  if (kind_ == PayloadKind::text) refuse_invalid_utf8(text);
  return text;
}

fixtures::Item PayloadEdit::item_of(Draws& draws, const Choice& choice) const {
  return choice.payload.is_drawn() ? fixtures::item(choice.payload.draw(draws.next())) : choice.item;
}

std::string PayloadEdit::draw_text(Draws& draws, const RecordPlan& record) const {
  std::string text = text_of(draws, choose(draws, record));
  if (!damages_ || draws.one_in(4)) return text;
  std::string damaged = draw_damaged_text(draws, text);
  return kind_ == PayloadKind::text ? as_unicode(std::move(damaged), text) : damaged;
}

fixtures::Item PayloadEdit::draw_item(Draws& draws, const RecordPlan& record) const {
  const fixtures::Item item = item_of(draws, choose(draws, record));
  return !damages_ || draws.one_in(4) ? item : draw_damaged_item(draws, item);
}

std::optional<fixtures::Item> PayloadEdit::draw_accepted_item(Draws& draws) const {
  if (accepted_.empty()) return std::nullopt;
  return item_of(draws, draws.element(accepted_));
}

}  // namespace batchproof::generators
