#include <batchproof/fixtures/dynamodb_change.hpp>
#include <utility>

#include "record_writer.hpp"

namespace batchproof::simulator {

WriteRecord dynamodb_writer(const std::vector<std::string>& payloads) {
  std::vector<fixtures::Item> items;
  items.reserve(payloads.size());
  for (const std::string& payload : payloads) items.push_back(fixtures::item(payload));
  fixtures::DynamoDbChange value{.keys = fixtures::item(R"({"id":{"S":""}})")};
  return [value = std::move(value), items = std::move(items)](const Message& message,
                                                              std::size_t payload) mutable {
    value.sequence_number = message.identifier;
    value.keys->front().text = group_name(message.group);
    value.new_image = items[payload];
    value.approximate_creation_date_time = began + message.sent_at;
    return to_case_record_without_fields(value);
  };
}

}  // namespace batchproof::simulator
