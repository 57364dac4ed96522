// Processors that mistake different names, numbers or bodies for equal ones.

#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <map>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

using nlohmann::json;
using Key = std::string (*)(const std::string& name);

std::string in_lower_case(const std::string& name) {
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char character) { return static_cast<char>(std::tolower(character)); });
  return lower;
}

template <std::size_t size>
std::string first_of(const std::string& name) {
  return name.substr(0, size);
}

/// The name as a double, if all of it is a number.
std::string as_double(const std::string& name) {
  char* end = nullptr;
  const double number = std::strtod(name.c_str(), &end);
  return *end == '\0' ? std::to_string(number) : name;
}

std::string as_32_bits(const std::string& name) {
  if (name.empty() || name.find_first_not_of("0123456789") != std::string::npos) return name;
  std::uint32_t number = 0;
  for (const char digit : name) number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  return std::to_string(number);
}

std::string without_zeros_in_front(const std::string& name) {
  const auto digit = name.find_first_not_of('0');
  return digit == std::string::npos ? name : name.substr(digit);
}

std::string with_one_separator(const std::string& name) {
  std::string same = name;
  std::replace(same.begin(), same.end(), '_', '-');
  return same;
}

std::string in_order_of_characters(const std::string& name) {
  std::string sorted = name;
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

std::string crc_32(const std::string& name) {
  std::uint32_t sum = 0xFFFFFFFFU;
  for (const char character : name) {
    sum ^= static_cast<unsigned char>(character);
    for (int bit = 0; bit < 8; ++bit) sum = (sum & 1U) != 0 ? sum >> 1U ^ 0xEDB88320U : sum >> 1U;
  }
  return std::to_string(sum);
}

std::string fnv_1a(const std::string& name) {
  std::uint32_t sum = 2166136261U;
  for (const char character : name) sum = (sum ^ static_cast<unsigned char>(character)) * 16777619U;
  return std::to_string(sum);
}

template <std::uint32_t factor>
std::string sum_by(const std::string& name) {
  std::uint32_t sum = 0;
  for (const char character : name) sum = sum * factor + static_cast<unsigned char>(character);
  return std::to_string(sum);
}

/// Skips the message groups that have the same key as a failed one.
BrokenProcessor skips_by(std::string name, std::string fault, Key key) {
  const auto stopped = [key](const Messages& messages, std::size_t index) {
    const auto& group = messages[index].group;
    return any_failed_before(messages, index, [&](const Message& earlier) {
      return !group || !earlier.group || key(*group) == key(*earlier.group);
    });
  };
  return broken_order(std::move(name), std::move(fault), "skip-the-group", sqs_fifo, stopped,
                      {.skip_group_on_error = true});
}

/// Skips a message whose key is that of another message of the batch, as if it had handled it already.
BrokenProcessor drops_by(std::string name, std::string fault, Source source,
                         std::function<std::string(const json& record)> key) {
  return broken_processor(std::move(name), std::move(fault), "once-in-order", source,
                          [source, key = std::move(key), is_stopped = right_order(source, {})](
                              std::string_view payload, RecordProbe& probe) {
                            Messages messages;
                            std::map<std::string, std::string> identifiers;
                            for (const json& record : records_in(payload, source)) {
                              messages.push_back(read_message(record, source));
                              Message& message = messages.back();
                              const auto [handled, is_new] =
                                  identifiers.emplace(key(record), message.identifier);
                              if (!is_new && handled->second != message.identifier) {
                                message.failed = false;
                              } else if (!is_stopped(messages, messages.size() - 1)) {
                                handle(message, probe);
                              }
                            }
                            return response_of(failed_identifiers(messages));
                          });
}

std::function<std::string(const json& record)> of_message_id(Key key) {
  return [key](const json& record) { return key(record.at("messageId").get<std::string>()); };
}

/// The key of the deduplication id, or of the identifier for a message without one.
std::function<std::string(const json& record)> of_deduplication_id(Key key) {
  return [key](const json& record) {
    const json& attributes = record.at("attributes");
    if (!attributes.is_object() || !attributes.contains("MessageDeduplicationId"))
      return record.at("messageId").get<std::string>();
    return key(attributes["MessageDeduplicationId"].get<std::string>());
  };
}

std::string last_digits(const std::string& id) {
  return id.substr(id.size() - std::min<std::size_t>(12, id.size()));
}

std::string text_of(const json& record) {
  return record.contains("kinesis") ? record["kinesis"].value("data", "") : record.value("body", "");
}

std::string keys_of(const json& record) {
  const json& change = record.at("dynamodb");
  if (!change.contains("Keys") || !change["Keys"].contains("id")) return change.at("SequenceNumber");
  return fixtures::to_text(change["Keys"]["id"]) + record.value("eventName", "");
}

/// Sorts messages by their sequence numbers, which it reads into 64 bits.
void sort_by_64_bits(std::string_view payload, Messages& messages) {
  std::map<std::string, std::uint64_t> numbers;
  for (const json& record : records_in(payload, sqs_fifo)) {
    const json& attributes = record.at("attributes");
    if (!attributes.is_object()) return;
    std::uint64_t number = 0;
    for (const char digit : attributes.value("SequenceNumber", ""))
      number = number * 10 + static_cast<std::uint64_t>(digit - '0');
    numbers[record.at("messageId")] = number;
  }
  std::stable_sort(messages.begin(), messages.end(), [&](const Message& left, const Message& right) {
    return numbers[left.identifier] < numbers[right.identifier];
  });
}

std::string handle_sorted(std::string_view payload, RecordProbe& probe) {
  Messages messages = read_messages(payload, sqs_fifo);
  sort_by_64_bits(payload, messages);
  return respond(std::move(messages), probe, stopped_by_any);
}

}  // namespace

std::vector<BrokenProcessor> faulty_names() {
  return {
      skips_by("groups_without_case", "Message groups that differ in case are one.", in_lower_case),
      skips_by("groups_by_their_first_16", "Message groups that begin with the same 16 characters are one.",
               first_of<16>),
      skips_by("groups_by_their_first_64", "Message groups that begin with the same 64 characters are one.",
               first_of<64>),
      skips_by("groups_as_doubles", "Message groups that are numbers are read into a double.", as_double),
      skips_by("groups_as_32_bits", "Message groups of digits are read into 32 bits.", as_32_bits),
      skips_by("groups_without_zeros_in_front", "Zeros in front of a message group do not count.",
               without_zeros_in_front),
      skips_by("groups_with_one_separator", "Message groups that differ in their separators are one.",
               with_one_separator),
      skips_by("groups_by_their_characters", "Message groups of the same characters are one.",
               in_order_of_characters),
      skips_by("groups_by_crc_32", "Message groups of one CRC32 are one.", crc_32),
      skips_by("groups_by_fnv_1a", "Message groups of one 32-bit FNV-1a are one.", fnv_1a),
      skips_by("groups_by_a_sum_of_31", "Message groups of one sum that multiplies by 31 are one.",
               sum_by<31>),
      drops_by("ids_by_their_first_32", "Message ids that begin with the same 32 characters are one.", sqs,
               of_message_id(first_of<32>)),
      drops_by("ids_by_their_last_12", "Message ids that end in the same 12 characters are one.", sqs,
               of_message_id(last_digits)),
      drops_by("ids_by_crc_32", "Message ids of one CRC32 are one.", sqs, of_message_id(crc_32)),
      drops_by("ids_by_fnv_1a", "Message ids of one 32-bit FNV-1a are one.", sqs, of_message_id(fnv_1a)),
      drops_by("deduplicates_without_case", "Deduplication ids that differ in case are one.", sqs_fifo,
               of_deduplication_id(in_lower_case)),
      drops_by("deduplicates_by_the_first_64",
               "Deduplication ids that begin with the same 64 characters are one.", sqs_fifo,
               of_deduplication_id(first_of<64>)),
      drops_by("bodies_for_messages", "Messages of one body are one.", sqs, text_of),
      drops_by("data_for_records", "Kinesis records of the same data are one.", kinesis, text_of),
      drops_by("items_by_their_partition_key",
               "Changes of the same kind of items with one partition key are one.", dynamodb, keys_of),
      broken_processor("sorts_by_64_bits",
                       "Messages are sorted by their sequence numbers, read into 64 bits.", "once-in-order",
                       sqs_fifo, handle_sorted),
  };
}

}  // namespace batchproof::zoo::broken
