#include "fuzz_batch.hpp"

#include <algorithm>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/hash.hpp>
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
constexpr unsigned group_bits = 3U;        // none, a, b, c
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

/// A payload of the lists, chosen by a byte; nothing when both are empty.
std::optional<std::string> listed(const Payloads& lists, unsigned byte) {
  const std::size_t all = lists.accepted.size() + lists.rejected.size();
  if (all == 0) return std::nullopt;
  const std::size_t index = byte % all;
  return index < lists.accepted.size() ? lists.accepted[index].text()
                                       : lists.rejected[index - lists.accepted.size()].text();
}

/// The payload with some bytes replaced.
std::string changed(std::string payload, FuzzBytes& bytes) {
  const std::size_t place = bytes.take() % (payload.size() + 1);
  const unsigned sizes = bytes.take();
  return payload.replace(place, sizes & 15U, bytes.take(sizes >> 4U));
}

std::optional<std::string> payload_of(unsigned kind, FuzzBytes& bytes, const Payloads* lists) {
  const unsigned how = kind >> 2U & payload_bits;
  if (lists == nullptr) return how < 2 ? std::nullopt : std::optional(std::string(bytes.take(bytes.take())));
  if (how == 3) return std::string(bytes.take(bytes.take()));
  auto payload = listed(*lists, bytes.take());
  if (payload && how == 2) payload = changed(*std::move(payload), bytes);
  return payload;
}

std::string identifier_of(Source source, const PlainRecord& record, unsigned kind, std::size_t zeros) {
  if (source == Source::kafka)
    return fixtures::kafka_identifier("new-orders-" + std::to_string(kind & group_bits),
                                      8 + static_cast<std::int64_t>(record.place));
  if (fixtures::has_shards(source)) {
    std::string identifier = fixtures::plain_identifier(source, record.place);
    if (fixtures::is_stream(source)) identifier.append(zeros, '0');
    return identifier;
  }
  // Depends only on the payload, so that a handler may remember ids that it has seen.
  const std::uint64_t number = record.payload ? fixtures::hash_on(fixtures::empty_hash, *record.payload) : 0;
  return fixtures::message_id(number, record.place);
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
  const std::size_t most = std::min({enough, most_records, info.largest_batch});
  const std::size_t most_zeros =
      fixtures::is_stream(source) ? info.sequence_number_digits.most - info.sequence_number_digits.fewest - 2
                                  : 0;
  fixtures::BatchCase batch{.source = source, .records = {}};
  std::size_t zeros = 0;  // after the number, so that numbers of several lengths ascend
  for (PlainRecord plain; !bytes.empty() && batch.records.size() < most; ++plain.place) {
    const unsigned kind = bytes.take();
    plain.payload = payload_of(kind, bytes, payloads.lists);
    if (plain.payload && info.payload_kind == fixtures::PayloadKind::text)
      plain.payload = as_message(*plain.payload);
    if ((kind & more_digits_bit) != 0 && zeros < most_zeros) ++zeros;
    plain.identifier = identifier_of(source, plain, kind, zeros);
    plain.group.reset();
    const bool is_fifo = info.delivery == fixtures::DeliveryKind::fifo_queue;
    if (is_fifo || (kind & group_bits) != 0)
      plain.group = std::string(1, static_cast<char>('a' + (kind & group_bits)));
    fixtures::BatchCase alone{.source = source, .records = {}};
    try {
      alone.records.push_back(info.plain_record(plain));
    } catch (const std::exception&) {  // not an item of DynamoDB
      continue;
    }
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
  return batch;
}

}  // namespace batchproof::properties
