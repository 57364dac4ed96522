#include <array>
#include <batchproof/fixtures/dynamodb_change.hpp>
#include <batchproof/fixtures/hash.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <batchproof/fixtures/text_template.hpp>
#include <string>
#include <utility>

#include "marks.hpp"
#include "record_writer.hpp"

namespace batchproof::simulator {
namespace {

enum DynamoDbGap : std::size_t { change_id, number_of_change, item_key, created, dynamodb_gaps };

constexpr std::array named_changes{std::pair{Change::insert, "INSERT"}, std::pair{Change::modify, "MODIFY"},
                                   std::pair{Change::remove, "REMOVE"}};

/// All insertions come first, and then the modifications, whose old image is an accepted payload, and the
/// removals.
std::vector<fixtures::TextTemplate> dynamodb_templates(const std::vector<std::string>& payloads,
                                                       std::size_t accepted) {
  const std::uint64_t mark = first_mark(payloads);
  const std::vector<std::string> marks = texts_of_marks(mark);
  fixtures::DynamoDbChange value{.sequence_number = std::to_string(mark + number_of_change),
                                 .keys = fixtures::item(R"({"id":{"S":""}})"),
                                 .approximate_creation_date_time = time_of_mark(mark + created),
                                 .event_id = std::to_string(mark + change_id)};
  value.keys->front().text = std::to_string(mark + item_key);
  std::vector<fixtures::TextTemplate> templates;
  for (const auto& [change, name] : named_changes) {
    value.event_name = name;
    for (std::size_t payload = 0; payload < payloads.size(); ++payload) {
      value.new_image.reset();
      value.old_image.reset();
      if (change == Change::modify) value.old_image = fixtures::item(payloads[(payload + 1) % accepted]);
      (change == Change::remove ? value.old_image : value.new_image) = fixtures::item(payloads[payload]);
      templates.emplace_back(to_case_record_without_fields(value).json, marks);
    }
  }
  return templates;
}

/// 32 hexadecimal digits, like AWS's; no two records have the same.
std::string event_id_of(const std::string& sequence_number) {
  const std::uint64_t low = fixtures::hash_on(fixtures::empty_hash, sequence_number);
  std::string id = fixtures::message_id(fixtures::hash_on(low, sequence_number), low);
  std::erase(id, '-');
  return id;
}

}  // namespace

template <>
WriteRecord make_writer<DynamoDbRecord>(const World& world, const std::vector<std::string>& payloads,
                                        std::size_t accepted) {
  const std::chrono::milliseconds error(fixtures::has_windows(world.source) ? 0 : 1'000);
  return [templates = dynamodb_templates(payloads, accepted), count = payloads.size(), error,
          first = first_group(world), of_pipe = fixtures::is_pipe(world.source),
          texts = std::array<std::string, dynamodb_gaps>()](const Written& written,
                                                            fixtures::CaseRecord& record) mutable {
    const Message& message = written.message;
    texts[change_id] = of_pipe ? message.identifier : event_id_of(message.identifier);
    texts[number_of_change] = sequence_number_of(message);
    texts[item_key] = group_name(first + message.group);
    write_seconds(std::chrono::floor<std::chrono::seconds>(approximate_time(written, error)),
                  texts[created]);  // as AWS does
    record.item_identifier = message.identifier;
    templates[static_cast<std::size_t>(message.change) * count + written.payload].fill(texts, record.json);
  };
}

}  // namespace batchproof::simulator
