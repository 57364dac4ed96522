// The input is a DynamoDB item. If the fixtures' reader, which uses nlohmann's tree, accepts it, the
// library's reader must return the same values.

#include <algorithm>
#include <batchproof/fixtures/item.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/decode_target.hpp"
#include "support/json_mutator.hpp"

using namespace batchproof;

namespace {

using Type = AttributeValue::Type;

void require_same(const AttributeMap& map, const fixtures::Item& item);

template <class Seen, class Text>
void require_same_set(const std::vector<Seen>& seen, const std::vector<std::string>& sent, Text&& text) {
  fuzz::require(seen.size() == sent.size(), "a set is as large as it was sent");
  for (std::size_t index = 0; index < seen.size(); ++index)
    fuzz::require(text(seen[index]) == sent[index], "the element of a set is as it was sent", sent[index]);
}

void require_same(const AttributeValue& value, const fixtures::ItemAttribute& sent) {
  const auto as_it_is = [](std::string_view text) { return text; };
  const auto digits = [](const AttributeNumber& number) { return number.text(); };
  fuzz::require(value.type() == sent.type, "an attribute is of the type that was sent", sent.name);
  switch (sent.type) {
    case Type::string:
      return fuzz::require(value.as_string() == sent.text, "a string is as it was sent", sent.text);
    case Type::number:
      return fuzz::require(value.as_number().text() == sent.text, "a number is as it was sent", sent.text);
    case Type::binary:
      return fuzz::require(value.as_binary() == sent.text, "bytes are as they were sent");
    case Type::string_set:
      return require_same_set(value.as_string_set(), sent.set, as_it_is);
    case Type::number_set:
      return require_same_set(value.as_number_set(), sent.set, digits);
    case Type::binary_set:
      return require_same_set(value.as_binary_set(), sent.set, as_it_is);
    case Type::map:
      return require_same(value.as_map(), sent.attributes);
    case Type::list: {
      const std::vector<AttributeValue> elements = value.as_list();
      fuzz::require(elements.size() == sent.attributes.size(), "a list is as long as it was sent");
      for (std::size_t index = 0; index < elements.size(); ++index)
        require_same(elements[index], sent.attributes[index]);
      return;
    }
    case Type::null:
      return;
    case Type::boolean:
      return fuzz::require(value.as_boolean() == sent.boolean, "a boolean is as it was sent");
  }
}

/// The tree keeps only one of two attributes with the same name, so such maps cannot be compared.
bool has_twins(const AttributeMap& map) {
  std::vector<std::string_view> names;
  for (const AttributeMap::Entry& entry : map) names.push_back(entry.name);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

void require_same(const AttributeMap& map, const fixtures::Item& item) {
  if (has_twins(map)) return;
  fuzz::require(map.size() == item.size(), "an item has as many attributes as were sent");
  for (const fixtures::ItemAttribute& sent : item) require_same(map.at(sent.name), sent);
}

std::optional<fixtures::Item> item_of(std::string_view text) {
  try {
    return fixtures::item(text);
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

/// The fixtures' reader checks base64 less strictly, and keeps only one of two types of a value.
void compare(const DynamoDbRecord& record, const fixtures::Item& item) {
  try {
    require_same(*record.new_image(), item);
  } catch (const RecordError& error) {
    const std::string_view what = error.what();
    const bool is_known = what.find("not valid base64") != std::string_view::npos ||
                          what.find("comes twice") != std::string_view::npos;
    fuzz::require(is_known, "an item that is right is read", what);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const std::string payload =
      R"({"Records":[{"eventSource":"aws:dynamodb","dynamodb":{"SequenceNumber":"1","NewImage":)" +
      std::string(text) + "}}]}";
  try {
    const auto event = decode<DynamoDbRecord>(payload);
    fuzz::Accessors accessors;
    for (const DynamoDbRecord& record : event.records()) accessors.read(record);
    accessors.require_unchanged();
    if (event.size() != 1) return 0;
    if (const auto item = item_of(text)) compare(event.records()[0], *item);
  } catch (const EventError& error) {
    fuzz::require_useful(error);
  }
  return 0;
}

BATCHPROOF_MUTATE_JSON(0)
