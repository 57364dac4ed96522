#include <algorithm>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/simulator/world.hpp>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace batchproof::simulator {
namespace {

/// Orders of this quantity, with notes that a careless function confuses: they differ only at the end or in
/// case, and are long, or hold characters that must be escaped.
std::vector<std::string> orders(fixtures::Source source, const std::string& quantity) {
  const std::string late =
      "to be left with the neighbours on the ground floor if nobody opens, please: door ";
  std::vector<std::string> notes{late + "1", late + "2", "GIFT", "gift", R"(Grüße \"注文\" \\ \n)"};
  notes.push_back(std::string(400, 'x'));
  const bool is_item = fixtures::info_of(source).payload_kind == fixtures::PayloadKind::item;
  const auto order = [&](const std::string& rest) {
    return (is_item ? R"({"quantity":{"N":")" + quantity + R"("})" : R"({"quantity":)" + quantity) + rest +
           '}';
  };
  std::vector<std::string> payloads{order("")};
  for (const std::string& note : notes)
    payloads.push_back(order(is_item ? R"(,"note":{"S":")" + note + R"("})" : R"(,"note":")" + note + '"'));
  return payloads;
}

}  // namespace

World with_defaults(World world) {
  if (!world.batch_size) world.batch_size = fixtures::is_fifo_queue(world.source) ? 10 : 25;
  const bool needs_window = fixtures::is_standard_queue(world.source) && *world.batch_size > 10;
  if (!world.batch_window) world.batch_window = std::chrono::seconds(needs_window ? 1 : 0);
  if (!world.stream.shards) world.stream.shards = world.source == fixtures::Source::kafka ? 4 : 2;
  const auto records =
      static_cast<std::chrono::milliseconds::rep>(std::max<std::size_t>(*world.batch_size, 1));
  if (!world.handler_time) world.handler_time = world.function_timeout * 95 / (100 * records);
  if (world.accepted.empty()) world.accepted = orders(world.source, "2");
  if (world.rejected.empty()) world.rejected = orders(world.source, "0");
  return world;
}

}  // namespace batchproof::simulator
