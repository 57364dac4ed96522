#include "fuzz_batch.hpp"

#include <algorithm>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/hash.hpp>
#include <batchproof/fixtures/hostile_input.hpp>
#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <cstdint>
#include <exception>
#include <utility>

namespace batchproof::properties {
namespace {

using fixtures::PlainRecord;
using fixtures::Source;

// The bytes of a record: its properties, then those of its payload. Zeros are the plainest record.
constexpr unsigned group_bits = 3U;        // none, b, c or d; a to d on a FIFO queue
constexpr unsigned payload_bits = 3U;      // at bit 2: a listed payload, a changed one, or free bytes
constexpr unsigned rejected_bit = 16U;     // for a processor
constexpr unsigned more_digits_bit = 32U;  // the sequence numbers have more digits from here on

/// Text that SQS accepts: the characters of valid UTF-8; other bytes as one character each, without controls.
std::string as_message(std::string_view bytes) {
  std::string text;
  const bool is_text = detail::is_utf8(bytes);
  for (const char character : bytes) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') continue;
    if (is_text) {
      text += character;
    } else {
      detail::append_character(text, byte);
    }
  }
  return text;
}

/// A number below `count`, of as many bytes as that needs.
std::size_t take_below(std::size_t count, FuzzBytes& bytes) {
  std::size_t number = bytes.take();
  for (std::size_t reached = 256; reached < count; reached *= 256) number = number * 256 + bytes.take();
  return number % count;
}

/// A size below 255 is a byte; larger ones follow the byte 255, in two.
std::size_t take_size(FuzzBytes& bytes) {
  constexpr unsigned large = 255;
  const unsigned size = bytes.take();
  return size < large ? size : large + take_below(65'536, bytes);
}

/// A payload of the lists, chosen by bytes; nothing when both are empty.
std::optional<std::string> listed(const Payloads& lists, FuzzBytes& bytes) {
  const std::size_t all = lists.accepted.size() + lists.rejected.size();
  if (all == 0) return std::nullopt;
  const std::size_t index = take_below(all, bytes);
  return index < lists.accepted.size() ? lists.accepted[index].text()
                                       : lists.rejected[index - lists.accepted.size()].text();
}

/// The payload with some bytes replaced.
std::string changed(std::string payload, FuzzBytes& bytes) {
  const std::size_t place = take_below(payload.size() + 1, bytes);
  const unsigned sizes = bytes.take();
  return payload.replace(place, sizes & 15U, bytes.take(sizes >> 4U));
}

std::optional<std::string> payload_of(unsigned kind, FuzzBytes& bytes, const Payloads* lists) {
  const unsigned how = kind >> 2U & payload_bits;
  if (lists == nullptr)
    return how < 2 ? std::nullopt : std::optional(std::string(bytes.take(take_size(bytes))));
  if (how == 3) return std::string(bytes.take(take_size(bytes)));
  auto payload = listed(*lists, bytes);
  if (payload && how == 2) payload = changed(*std::move(payload), bytes);
  return payload;
}

/// A part of a batch's identifiers that batches of other bytes do not have, so that a handler may remember
/// those that it has seen.
std::uint64_t number_of(FuzzBytes bytes) { return fixtures::hash_on(fixtures::empty_hash, bytes.take_all()); }

std::string digits_of(std::uint64_t number, std::size_t count) {
  const std::string digits = std::to_string(number);
  return digits.size() > count ? digits.substr(digits.size() - count)
                               : std::string(count - digits.size(), '0') + digits;
}

std::string identifier_of(Source source, const PlainRecord& record, unsigned kind, std::size_t zeros,
                          std::uint64_t batch_number) {
  const std::string place = digits_of(record.place + 1, 8);
  if (source == Source::kafka) {
    return fixtures::kafka_identifier(
        "new-orders-" + std::to_string(batch_number) + '-' + std::to_string(kind & group_bits),
        8 + static_cast<std::int64_t>(record.place));
  }
  if (fixtures::is_stream(source) || fixtures::info_of(source).identifier_has_shard) {
    // A longer number begins with 1, so that it comes before the shorter ones as a text.
    const std::string number =
        (zeros == 0 ? '9' : '1') + digits_of(batch_number, 18) + place + std::string(zeros, '0');
    return fixtures::is_stream(source) ? number : "shardId-000000000006:" + number;
  }
  if (fixtures::has_shards(source)) return digits_of(batch_number, 20) + "0000" + place;  // an event id
  return fixtures::message_id(batch_number, record.place);
}

/// Whether the handler must reject this record; nothing when it was not called for it.
std::optional<bool> verdict_of(const fixtures::BatchCase& alone, const PlainRecord& record,
                               const FuzzPayloads& payloads) {
  if (record.payload && payloads.lists->accepted.has_text(*record.payload)) return false;
  if (record.payload && payloads.lists->rejected.has_text(*record.payload)) return true;
  if (record.payload && payloads.lists->classify)
    return payloads.lists->classify(*record.payload) == Verdict::rejected;
  return payloads.learn(alone);
}

}  // namespace

fixtures::BatchCase fuzz_batch(Source source, FuzzBytes& bytes, const FuzzPayloads& payloads,
                               std::size_t most_records) {
  constexpr std::size_t enough = 40;
  const fixtures::SourceInfo& info = fixtures::info_of(source);
  constexpr std::size_t identifier_digits = 27;
  const std::size_t most = std::min({enough, most_records, info.largest_batch});
  const std::size_t most_zeros =
      fixtures::is_stream(source) ? info.sequence_number_digits.most - identifier_digits : 0;
  fixtures::BatchCase batch{.source = source, .records = {}};
  const std::uint64_t batch_number = number_of(bytes);
  std::size_t zeros = 0;  // after the number, so that numbers of several lengths ascend
  for (PlainRecord plain; !bytes.empty() && batch.records.size() < most; ++plain.place) {
    const unsigned kind = bytes.take();
    plain.payload = payload_of(kind, bytes, payloads.lists);
    if (plain.payload && info.payload_kind == fixtures::PayloadKind::text)
      plain.payload = as_message(*plain.payload);
    if ((kind & more_digits_bit) != 0 && zeros < most_zeros) ++zeros;
    plain.identifier = identifier_of(source, plain, kind, zeros, batch_number);
    plain.group.reset();
    if (fixtures::is_fifo_queue(source) || (kind & group_bits) != 0)
      plain.group = std::string(1, static_cast<char>('a' + (kind & group_bits)));
    fixtures::BatchCase alone{.source = source, .records = {}};
    try {
      alone.records.push_back(info.plain_record(plain));
    } catch (const std::exception&) {  // not an item of DynamoDB
      continue;
    }
    if (!payloads.hostile && !fixtures::hostile_input(alone).empty()) continue;  // such as an empty message
    if (payloads.lists == nullptr) {
      alone.records.front().rejected = (kind & rejected_bit) != 0;
    } else if (const auto rejected = verdict_of(alone, plain, payloads)) {
      alone.records.front().rejected = *rejected;
    } else {
      continue;
    }
    batch.records.push_back(std::move(alone.records.front()));
  }
  if (auto* const arrange = info.layout->arrange) arrange(batch.records);
  fixtures::keep_invocation(batch, payloads.lists != nullptr);
  return batch;
}

}  // namespace batchproof::properties
