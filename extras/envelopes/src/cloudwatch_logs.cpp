#include <zlib.h>

#include <batchproof/envelopes/cloudwatch_logs.hpp>
#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include "members.hpp"

namespace batchproof::inline v0_1 {
namespace {

[[noreturn]] void fail_logs(const std::string& what_was_wrong) {
  throw InnerRecordError("kinesis/data is not a CloudWatch Logs message: " + what_was_wrong);
}

/// Frees zlib's memory, also when something throws.
struct EndInflating {
  void operator()(z_stream* stream) const noexcept { inflateEnd(stream); }
};

/// Reads gzip and zlib.
std::string uncompress(std::string_view data, std::size_t largest_bytes) {
  constexpr int gzip_or_zlib = MAX_WBITS + 32;
  constexpr std::size_t step_bytes = 64 << 10U;
  z_stream stream{};
  if (data.size() > std::numeric_limits<uInt>::max() || inflateInit2(&stream, gzip_or_zlib) != Z_OK)
    fail_logs("it cannot be uncompressed");
  const std::unique_ptr<z_stream, EndInflating> end(&stream);
  stream.next_in = reinterpret_cast<z_const Bytef*>(const_cast<char*>(data.data()));
  stream.avail_in = static_cast<uInt>(data.size());
  std::string text;
  for (int status = Z_OK; status != Z_STREAM_END;) {
    const std::size_t before = text.size();
    if (before > largest_bytes) fail_logs("it holds more than " + std::to_string(largest_bytes) + " bytes");
    text.resize(before + step_bytes);
    stream.next_out = reinterpret_cast<Bytef*>(text.data() + before);
    stream.avail_out = static_cast<uInt>(step_bytes);
    status = inflate(&stream, Z_NO_FLUSH);
    text.resize(before + step_bytes - stream.avail_out);
    const bool is_truncated =
        status == Z_BUF_ERROR || (status == Z_OK && stream.avail_in == 0 && stream.avail_out != 0);
    if (is_truncated) fail_logs("its compressed data ends too early");
    if (status != Z_OK && status != Z_STREAM_END) fail_logs("it is not compressed by gzip");
  }
  if (text.size() > largest_bytes)
    fail_logs("it holds more than " + std::to_string(largest_bytes) + " bytes");
  if (stream.avail_in != 0) fail_logs("other data follows the compressed data");
  return text;
}

std::chrono::system_clock::time_point time_of(const nlohmann::json& timestamp) {
  constexpr std::chrono::system_clock::time_point latest = std::chrono::system_clock::time_point::max();
  constexpr auto most = std::chrono::floor<std::chrono::milliseconds>(latest.time_since_epoch());
  const bool is_time = timestamp.is_number_unsigned() &&
                       timestamp.get<std::uint64_t>() <= static_cast<std::uint64_t>(most.count());
  if (!is_time) fail_logs("\"timestamp\" is not a time in milliseconds");
  return std::chrono::system_clock::time_point(std::chrono::milliseconds(timestamp.get<std::int64_t>()));
}

}  // namespace

std::vector<LogEvent> read_log_events(std::string_view data, std::size_t largest_bytes) {
  const std::string text = uncompress(data, largest_bytes);
  const nlohmann::json tree = detail::tree_of(text);
  if (tree.is_discarded()) fail_logs("its text is not JSON");
  std::vector<LogEvent> events;
  try {
    const std::string type = detail::text_of(tree, "messageType");
    if (type == "CONTROL_MESSAGE") return events;
    if (type != "DATA_MESSAGE") fail_logs("the message type " + type + " is not known");
    const auto batch = std::make_shared<const LogEvent::Batch>(
        LogEvent::Batch{detail::text_of(tree, "logGroup"), detail::text_of(tree, "logStream"),
                        detail::text_of(tree, "owner"), detail::texts_of(tree, "subscriptionFilters")});
    for (const nlohmann::json& log_event : detail::objects_of(tree, "logEvents")) {
      LogEvent& event = events.emplace_back();
      event.id_ = detail::text_of(log_event, "id");
      event.message_ = detail::text_of(log_event, "message");
      event.timestamp_ = time_of(detail::member_of(log_event, "timestamp"));
      event.batch_ = batch;
    }
  } catch (const detail::Misfit& misfit) {
    fail_logs(misfit.what());
  }
  return events;
}

}  // namespace batchproof::inline v0_1
