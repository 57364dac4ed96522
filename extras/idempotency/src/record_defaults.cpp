#include <algorithm>
#include <batchproof/idempotency/record_defaults.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::inline v0_1::detail {
namespace {

/// What `read` returns; nothing when the field is missing or of another type: a record without it still has
/// the rest of its key.
template <class Value, class Read>
std::optional<Value> if_readable(Read&& read) {
  try {
    return read();
  } catch (const RecordError&) {
    return std::nullopt;
  }
}

template <class Record>
std::string key_in_stream(const Record& record) {
  std::string key;
  const auto arn = if_readable<std::string_view>([&] { return record.event_source_arn(); });
  if (arn) key.append(*arn).append("#");
  const auto event_id = if_readable<std::string_view>([&] { return record.event_id(); });
  return key.append(event_id.value_or(record.item_identifier()));
}

/// The brokers of a cluster in one order, since Lambda promises none.
std::string in_order(std::string_view bootstrap_servers) {
  std::vector<std::string_view> servers;
  while (!bootstrap_servers.empty()) {
    const std::size_t comma = std::min(bootstrap_servers.find(','), bootstrap_servers.size());
    servers.push_back(bootstrap_servers.substr(0, comma));
    bootstrap_servers.remove_prefix(std::min(comma + 1, bootstrap_servers.size()));
  }
  std::sort(servers.begin(), servers.end());
  std::string text;
  for (const std::string_view server : servers) text.append(server).append(",");
  return text;
}

void append_bytes(std::string& text, std::optional<std::string_view> bytes) {
  text.append(bytes ? std::to_string(bytes->size()) : "none").append(":").append(bytes.value_or(""));
}

}  // namespace

std::string default_key(const KinesisStreamRecord& record) { return key_in_stream(record); }
std::string default_key(const DynamoDbRecord& record) { return key_in_stream(record); }

std::string default_key(const KafkaRecord& record) {
  using std::chrono::milliseconds;
  using Time = std::chrono::system_clock::time_point;
  std::string key;
  const auto arn = if_readable<std::string_view>([&] { return record.event_source_arn(); });
  const auto servers = if_readable<std::string_view>([&] { return record.bootstrap_servers(); });
  if (arn) {
    key.append(*arn).append("#");
  } else if (servers) {
    key.append(in_order(*servers)).append("#");
  }
  key.append(record.item_identifier());
  if (const auto time = if_readable<Time>([&] { return record.timestamp(); }))
    key.append("#").append(std::to_string(time->time_since_epoch() / milliseconds(1)));
  return key;
}

std::string default_payload(const KafkaRecord& record) {
  std::string text;
  append_bytes(text, record.key());
  append_bytes(text, record.value());
  return text;
}

}  // namespace batchproof::inline v0_1::detail
