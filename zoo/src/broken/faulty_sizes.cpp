// Processors that fail above some size of a batch or a payload, or on a value that they did not expect.

#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <cstdint>
#include <stdexcept>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

using nlohmann::json;

std::string failures_among(const Messages& messages, std::size_t count) {
  return response_of(failed_identifiers(
      {messages.begin(), messages.begin() + static_cast<std::ptrdiff_t>(std::min(count, messages.size()))}));
}

std::string first_ten_failures(const Messages& messages) { return failures_among(messages, 10); }

/// Keeps one bit for each record in a word.
std::string failures_in_64_bits(const Messages& messages) {
  std::uint64_t failed = 0;
  for (std::size_t index = 0; index < messages.size(); ++index)
    if (messages[index].failed) failed |= std::uint64_t{1} << index % 64;
  Messages reported;
  for (std::size_t index = 0; index < std::min<std::size_t>(64, messages.size()); ++index)
    if ((failed >> index & 1U) != 0) reported.push_back(messages[index]);
  for (Message& message : reported) message.failed = true;
  return response_of(failed_identifiers(reported));
}

void handle_a_hundred(Messages& messages, RecordProbe& probe) {
  for (std::size_t index = 0; index < messages.size(); ++index) {
    if (index < 100) handle(messages[index], probe);
    messages[index].failed &= index < 100;
  }
}

/// Handles only the records for which `is_meant` is true; treats the others as done.
Subject pass_over(Source source, bool (*is_meant)(const json& record)) {
  return [=](std::string_view payload, RecordProbe& probe) {
    Messages messages;
    for (const json& record : records_in(payload, source)) {
      messages.push_back(read_message(record, source));
      if (is_meant(record)) {
        handle(messages.back(), probe);
      } else {
        messages.back().failed = false;
      }
    }
    return response_of(failed_identifiers(messages));
  };
}

BrokenProcessor passes_over(std::string name, std::string fault, Source source,
                            bool (*is_meant)(const json& record)) {
  return broken_processor(std::move(name), std::move(fault), "once-in-order", source,
                          pass_over(source, is_meant));
}

std::string body_of(const json& record) { return record.value("body", ""); }
std::string data_of(const json& record) { return record.at("kinesis").value("data", ""); }

bool fits_32_kilobytes(const json& record) { return body_of(record).size() <= 32'768; }
bool fits_64_kilobytes(const json& record) { return data_of(record).size() <= 65'536; }
bool says_something(const json& record) {
  const auto body = fixtures::parse_json_or_discard(body_of(record));
  return body.is_discarded() || !(body.is_null() || body.is_boolean());
}
bool is_no_test(const json& record) { return body_of(record).find("s3:TestEvent") == std::string::npos; }
bool has_data(const json& record) { return !data_of(record).empty(); }
bool is_not_packed(const json& record) { return !data_of(record).starts_with("H4sI"); }

bool is_no_poison(const json& record) {
  const json& attributes = record.at("attributes");
  if (!attributes.is_object()) return true;
  return std::stoul(attributes.value("ApproximateReceiveCount", "1")) <= 1'000;
}

bool has_no_status(const json& record) {
  return !record.contains("messageAttributes") || !record["messageAttributes"].contains("status");
}

bool was_not_removed_by_dynamodb(const json& record) { return !record.contains("userIdentity"); }

std::string refuse_other_regions(std::string_view payload, RecordProbe& probe) {
  for (const json& record : records_in(payload, sqs)) {
    if (!record.value("eventSourceARN", "").starts_with("arn:aws:")) throw std::runtime_error("not an ARN");
  }
  return respond(read_messages(payload, sqs), probe);
}

std::string look_for_fifo_in_the_arn(std::string_view payload, RecordProbe& probe) {
  const json records = records_in(payload, sqs);
  const bool is_fifo =
      !records.empty() && records[0].value("eventSourceARN", "").find("fifo") != std::string::npos;
  return respond(read_messages(payload, sqs), probe, is_fifo ? stopped_by_any : never_stopped);
}

/// Passes at most this many bytes of the body to the handler.
std::string cut_bodies(std::string_view payload, RecordProbe& probe) {
  constexpr std::size_t buffer_bytes = 65'535;
  Messages messages = read_messages(payload, sqs);
  for (Message& message : messages)
    handle(message, probe, fixtures::SeenFields{{"body", message.text.substr(0, buffer_bytes)}});
  return response_of(failed_identifiers(messages));
}

/// Passes the receive count to the handler in 16 bits.
std::string count_in_16_bits(std::string_view payload, RecordProbe& probe) {
  Messages messages;
  for (const json& record : records_in(payload, sqs)) {
    messages.push_back(read_message(record, sqs));
    const json& attributes = record.at("attributes");
    const bool counts = attributes.is_object() && attributes.contains("ApproximateReceiveCount");
    fixtures::SeenFields fields;
    if (counts) {
      const auto count =
          static_cast<std::uint16_t>(std::stoul(attributes["ApproximateReceiveCount"].get<std::string>()));
      fields.push_back({"attributes.ApproximateReceiveCount", std::to_string(count)});
    }
    handle(messages.back(), probe, std::move(fields));
  }
  return response_of(failed_identifiers(messages));
}

}  // namespace

std::vector<BrokenProcessor> faulty_sizes() {
  return {
      broken_report("reports_ten_records", "Failures after the tenth record are not reported.",
                    "nothing-lost", sqs, first_ten_failures),
      broken_report("keeps_failures_in_64_bits",
                    "The failure of a record after the 64th is taken for that of another one.",
                    "nothing-lost", sqs, failures_in_64_bits),
      broken_handling("handles_a_hundred", "Records after the hundredth are not handled, and count as done.",
                      "once-in-order", dynamodb, handle_a_hundred),
      passes_over("passes_over_long_bodies", "Bodies of more than 32 KB are skipped.", sqs,
                  fits_32_kilobytes),
      passes_over("passes_over_long_data", "Kinesis data of more than 64 KB is skipped.", kinesis,
                  fits_64_kilobytes),
      passes_over("takes_null_for_nothing_to_do", "A body that is null or a boolean is skipped.", sqs,
                  says_something),
      passes_over("passes_over_test_notifications", "The test notifications of S3 are skipped.", sqs,
                  is_no_test),
      passes_over("passes_over_empty_data", "Kinesis records without data are skipped.", kinesis, has_data),
      passes_over("passes_over_packed_data", "Kinesis data in the format of gzip is skipped.", kinesis,
                  is_not_packed),
      passes_over("takes_late_messages_for_poison",
                  "Messages that were received more than 1,000 times are skipped.", sqs, is_no_poison),
      passes_over("believes_a_status", "Messages with an attribute called status are skipped.", sqs,
                  has_no_status),
      passes_over("passes_over_expired_items", "Items whose time to live ran out are skipped.", dynamodb,
                  was_not_removed_by_dynamodb),
      broken_processor("knows_one_partition", "An ARN of another partition of AWS fails the whole batch.",
                       "nothing-extra", sqs, refuse_other_regions),
      broken_processor("takes_a_name_for_fifo", "A queue with fifo in its name stops at the first failure.",
                       "once-in-order", sqs, look_for_fifo_in_the_arn),
      broken_processor("cuts_bodies_at_64_kilobytes", "The handler sees 65,535 bytes of a body at most.",
                       "faithful", sqs, cut_bodies),
      broken_processor("counts_in_16_bits", "The handler sees the lower 16 bits of the receive count.",
                       "faithful", sqs, count_in_16_bits),
  };
}

}  // namespace batchproof::zoo::broken
