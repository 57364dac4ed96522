#include <simdjson.h>

#include <batchproof/detail/json_text.hpp>
#include <batchproof/envelopes/eventbridge_event.hpp>
#include <nlohmann/json.hpp>

#include "members.hpp"

namespace batchproof::inline v0_1 {
namespace {

[[noreturn]] void fail_eventbridge(std::string_view name, const std::string& what_was_wrong) {
  throw InnerRecordError(std::string(name) + " is not an EventBridge event: " + what_was_wrong);
}

/// The detail exactly as it is written: a parsed tree would change its numbers. The text is known to be a
/// JSON object, whose `detail` is one too.
std::string raw_detail(std::string_view text) {
  simdjson::ondemand::parser parser;
  const simdjson::padded_string padded(text);
  auto document = parser.iterate(padded);
  std::string_view detail;
  for (auto field : document.get_object()) {
    if (std::string_view(field.unescaped_key()) != "detail") continue;
    simdjson::ondemand::object object = field.value().get_object();
    detail = object.raw_json();
  }
  return std::string(detail);
}

}  // namespace

EventBridgeEvent read_eventbridge_event(std::string_view name, std::string_view text) {
  text = detail::without_byte_order_mark(text);
  const nlohmann::json tree = detail::tree_of(text);
  if (tree.is_discarded()) fail_eventbridge(name, "not JSON");
  if (!tree.is_object()) fail_eventbridge(name, "not an object");
  EventBridgeEvent event;
  try {
    event.detail_type_ = detail::text_of(tree, "detail-type");
    event.source_ = detail::text_of(tree, "source");
    event.id_ = detail::optional_text(tree, "id").value_or("");
    event.account_ = detail::optional_text(tree, "account").value_or("");
    event.region_ = detail::optional_text(tree, "region").value_or("");
    event.time_ = detail::optional_text(tree, "time").value_or("");
    if (detail::optional_member(tree, "resources") != nullptr)
      event.resources_ = detail::texts_of(tree, "resources");
    event.replay_name_ = detail::optional_text(tree, "replay-name");
    if (!tree.contains("detail")) fail_eventbridge(name, "\"detail\" is missing");
  } catch (const detail::Misfit& misfit) {
    fail_eventbridge(name, misfit.what());
  }
  if (!tree["detail"].is_object()) fail_eventbridge(name, "\"detail\" is not an object");
  try {
    event.detail_ = raw_detail(text);
  } catch (const simdjson::simdjson_error& error) {  // such as a second detail that is a number
    fail_eventbridge(name, error.what());
  }
  return event;
}

}  // namespace batchproof::inline v0_1
