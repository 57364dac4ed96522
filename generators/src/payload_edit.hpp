#pragma once

#include <batchproof/fixtures/item.hpp>
#include <batchproof/fixtures/payloads.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <optional>
#include <string>
#include <vector>

#include "batch_plan.hpp"

namespace batchproof::generators {

/// The payloads of a caller, which replace drawn ones. `set_payload`, beside the draws of each source, puts
/// one into a record.
class PayloadEdit {
 public:
  /// A record that its plan rejects gets a rejected payload, any other an accepted one. Throws
  /// `std::invalid_argument` for a payload that the source could not hold, and when drawing, if a function
  /// draws such a payload.
  static PayloadEdit choosing(fixtures::PayloadKind kind, const fixtures::PayloadList& accepted,
                              const fixtures::PayloadList& rejected);

  /// A record gets any of these payloads, mostly damaged. Throws as above.
  static PayloadEdit damaging(fixtures::PayloadKind kind, const fixtures::PayloadList& payloads);

  bool damages() const noexcept { return damages_; }

  /// Changes the plan so that it needs only payloads that exist.
  void fit(std::vector<RecordPlan>& plan) const;

  /// A payload of a message, text or bytes.
  std::string draw_text(Draws& draws, const RecordPlan& record) const;

  fixtures::Item draw_item(Draws& draws, const RecordPlan& record) const;

  /// An accepted item; nothing when there is none.
  std::optional<fixtures::Item> draw_accepted_item(Draws& draws) const;

 private:
  struct Choice {
    fixtures::Payload payload;
    fixtures::Item item{};  ///< the parsed text, when payloads are items
  };

  PayloadEdit(fixtures::PayloadKind kind, bool damages) : kind_(kind), damages_(damages) {}
  std::vector<Choice> read(const fixtures::PayloadList& payloads) const;
  const Choice& choose(Draws& draws, const RecordPlan& record) const;
  std::string text_of(Draws& draws, const Choice& choice) const;
  fixtures::Item item_of(Draws& draws, const Choice& choice) const;

  fixtures::PayloadKind kind_;
  bool damages_;
  std::vector<Choice> accepted_{};  // all payloads, when they are damaged
  std::vector<Choice> rejected_{};
};

}  // namespace batchproof::generators
