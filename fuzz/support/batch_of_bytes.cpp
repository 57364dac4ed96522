// Makes a batch out of a fuzzer's bytes: some bytes a record, so that a change of one byte changes one
// record.
//
//     FuzzBytes left(bytes);
//     const Choice choice(left);
//     batch.records.push_back(change(choice, sequence_number));

#include "batch_of_bytes.hpp"

#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/dynamodb_change.hpp>
#include <batchproof/fixtures/fuzz_bytes.hpp>
#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/kinesis_message.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace batchproof::fuzz {
namespace {

using fixtures::FuzzBytes;
using fixtures::Source;

constexpr std::size_t most_records = 40;

/// The bytes if they are UTF-8; otherwise one character for each byte.
std::string as_text(std::string_view bytes) {
  if (detail::is_utf8(bytes)) return std::string(bytes);
  std::string text;
  for (const char byte : bytes) detail::append_character(text, static_cast<unsigned char>(byte));
  return text;
}

/// One record, chosen by the bytes.
struct Choice {
  explicit Choice(FuzzBytes& bytes) {
    const unsigned kind = bytes.take();
    rejected = (kind & 1U) != 0;
    if ((kind >> 1U & 3U) != 0) group = std::string(1, static_cast<char>('a' + (kind >> 1U & 3U)));
    is_twin = (kind & 8U) != 0;
    if ((kind & 16U) == 0) return;
    const unsigned spelling = bytes.take();
    style.escape_non_ascii = (spelling & 1U) != 0;
    style.escape_slash = (spelling & 2U) != 0;
    style.spaced = (spelling & 4U) != 0;
    style.field_order = spelling >> 4U;
    has_attribute = (spelling & 8U) != 0;
    payload = bytes.take(bytes.take());
  }

  bool rejected = false;
  std::optional<std::string> group{};
  bool is_twin = false;
  bool has_attribute = false;
  fixtures::JsonStyle style{};
  std::string payload = "{}";
};

fixtures::CaseRecord message(const Choice& choice, const std::string& identifier, bool fifo) {
  fixtures::SqsMessage message{
      .message_id = identifier, .body = as_text(choice.payload), .message_group_id = choice.group};
  if (fifo) message.event_source_arn += ".fifo";
  if (choice.has_attribute) {
    message.message_attributes = {{.name = "text", .string_value = message.body},
                                  {.name = "bytes", .data_type = "Binary", .binary_value = choice.payload}};
  }
  return to_case_record(message, choice.style);
}

fixtures::CaseRecord change(const Choice& choice, const std::string& sequence_number) {
  using Type = AttributeValue::Type;
  fixtures::DynamoDbChange change{
      .sequence_number = sequence_number,
      .keys = fixtures::Item{{.name = "id", .type = Type::string, .text = choice.group.value_or("none")}}};
  change.new_image = fixtures::Item{{.name = "text", .type = Type::string, .text = as_text(choice.payload)},
                                    {.name = "bytes", .type = Type::binary, .text = choice.payload}};
  if (choice.has_attribute) {
    change.old_image =
        fixtures::Item{{.name = as_text(choice.payload), .type = Type::map, .attributes = *change.new_image}};
  }
  return to_case_record(change, choice.style);
}

}  // namespace

fixtures::BatchCase batch_of_bytes(Source source, std::string_view bytes) {
  fixtures::BatchCase batch;
  batch.source = source;
  std::size_t position = 0;
  std::size_t zeros = 0;  // after the number, so that numbers of several lengths ascend
  for (FuzzBytes left(bytes); !left.empty() && batch.records.size() < most_records; ++position) {
    const Choice choice(left);
    if (choice.is_twin) ++zeros;
    const std::string sequence_number = std::to_string(position + 8) + std::string(zeros, '0');
    // Only a standard queue may deliver a message twice in one batch.
    const bool is_twin = choice.is_twin && source == Source::sqs && position > 0;
    const std::string message_id =
        is_twin ? batch.records.back().item_identifier : "m" + std::to_string(position);
    switch (source) {
      case Source::kinesis:
        batch.records.push_back(
            to_case_record(fixtures::KinesisMessage{.sequence_number = sequence_number,
                                                    .data = choice.payload,
                                                    .partition_key = choice.group.value_or("none")},
                           choice.style));
        break;
      case Source::dynamodb:
        batch.records.push_back(change(choice, sequence_number));
        break;
      case Source::kafka:
        batch.records.push_back(to_case_record(
            fixtures::KafkaMessage{
                .partition = choice.group ? choice.group->front() - 'a' : 0,
                .offset = static_cast<std::int64_t>(position) + 8,
                .value = choice.has_attribute ? std::nullopt : std::optional(choice.payload),
                .key = choice.group},
            choice.style));
        break;
      case Source::sqs:
      case Source::sqs_fifo:
        batch.records.push_back(message(choice, message_id, source == Source::sqs_fifo));
        break;
      default: {
        const fixtures::SourceInfo& info = fixtures::info_of(source);
        fixtures::PlainRecord record{
            .identifier = info.plain_identifier(position), .place = position, .group = choice.group};
        if (info.payload_kind != fixtures::PayloadKind::item) record.payload = as_text(choice.payload);
        batch.records.push_back(info.plain_record(record));
      }
    }
    batch.records.back().rejected = choice.rejected;
  }
  if (auto* const arrange = fixtures::info_of(source).layout->arrange) arrange(batch.records);
  return batch;
}

}  // namespace batchproof::fuzz
