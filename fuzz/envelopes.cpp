// Opens bytes as every envelope: as they are, as an aggregate with its checksum, and compressed, since
// mutations would never get past the checksums.

#include <zlib.h>

#include <batchproof/envelopes.hpp>
#include <batchproof/fixtures/kinesis_message.hpp>
#include <exception>
#include <string>
#include <string_view>

#include "../fixtures/src/aggregate.hpp"
#include "support/decode_target.hpp"
#include "support/json_mutator.hpp"

using namespace batchproof;

namespace {

/// Reads each byte, so that a text that was freed is detected.
void touch(std::string_view text) {
  static volatile unsigned sum = 0;
  for (const char character : text) sum = sum + static_cast<unsigned char>(character);
}

std::string compressed(std::string text) {
  constexpr int gzip_window_bits = 15 + 16;
  z_stream stream{};
  fuzz::require(
      deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip_window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK,
      "zlib begins");
  std::string bytes(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  fuzz::require(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib compresses");
  bytes.resize(stream.total_out);
  deflateEnd(&stream);
  return bytes;
}

/// Opens an envelope: an exception other than an `InnerRecordError` ends the process.
template <class Open>
void open(Open&& opened) {
  try {
    opened();
  } catch (const InnerRecordError& error) {
    fuzz::require(!std::string_view(error.what()).empty(), "an InnerRecordError has a text");
  }
}

/// The record with this data must succeed, or fail by an `InnerRecordError`.
template <class Handler>
void process(const std::string& data, Handler&& handler) {
  const std::string payload = fixtures::kinesis_event({{.sequence_number = "7", .data = data}});
  const auto event = decode<KinesisStreamRecord>(payload);
  const auto batch = BatchProcessor<KinesisStreamRecord>().process(event, handler);
  const std::exception_ptr& failed = batch.messages().front().exception;
  if (failed) open([&] { std::rethrow_exception(failed); });
}

void process_as_each(const std::string& data) {
  process(data, user_records([](const UserRecord& record) {
            touch(record.data());
            touch(record.partition_key());
            touch(record.explicit_hash_key().value_or(""));
          }));
  process(data, cloudwatch_logs([](const LogEvent& event) {
            touch(event.id());
            touch(event.message());
            touch(event.log_group());
          }));
  process(data, dynamodb_change([](const TableChange&) {}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(fuzz::text_of(data, size));
  process_as_each(bytes);
  process_as_each(fixtures::aggregate_of(bytes));
  process_as_each(compressed(bytes));
  open([&] { touch(read_sns_message(bytes).message()); });
  open([&] { touch(read_eventbridge_event("body", bytes).detail()); });
  open([&] {
    for (const S3Notification& object : read_s3_notifications("body", bytes)) touch(object.key());
  });
  return 0;
}

BATCHPROOF_MUTATE_JSON(0)
