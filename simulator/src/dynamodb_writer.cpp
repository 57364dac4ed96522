#include <batchproof/fixtures/dynamodb_change.hpp>
#include <string>
#include <utility>

#include "record_writer.hpp"

namespace batchproof::simulator {

/// The first `accepted` payloads are accepted. A modification has one of them as its old image.
WriteRecord dynamodb_writer(const std::vector<std::string>& payloads, std::size_t accepted) {
  std::vector<fixtures::Item> items;
  items.reserve(payloads.size());
  for (const std::string& payload : payloads) items.push_back(fixtures::item(payload));
  fixtures::DynamoDbChange value{.keys = fixtures::item(R"({"id":{"S":""}})")};
  return [value = std::move(value), items = std::move(items), accepted](const Written& written) mutable {
    const Message& message = written.message;
    value.sequence_number = message.identifier;
    value.keys->front().text = group_name(message.group);
    value.event_name = message.change == Change::insert   ? "INSERT"
                       : message.change == Change::modify ? "MODIFY"
                                                          : "REMOVE";
    value.new_image.reset();
    value.old_image.reset();
    if (message.change != Change::remove) value.new_image = items[written.payload];
    if (message.change == Change::remove) value.old_image = items[written.payload];
    if (message.change == Change::modify) value.old_image = items[(written.number + 1) % accepted];
    value.approximate_creation_date_time = began + message.sent_at;
    return to_case_record_without_fields(value);
  };
}

}  // namespace batchproof::simulator
