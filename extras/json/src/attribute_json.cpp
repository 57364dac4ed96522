#include <batchproof/json/attribute_json.hpp>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace batchproof::inline v0_1 {

namespace {

/// An integer that 64 bits hold stays exact; any other number becomes the nearest double.
nlohmann::json number_to_json(const AttributeNumber& number) {
  const std::string_view text = number.text();
  const char* const end = text.data() + text.size();
  std::int64_t integer = 0;
  if (const auto [stop, error] = std::from_chars(text.data(), end, integer);
      error == std::errc() && stop == end) {
    return integer;
  }
  std::uint64_t large = 0;
  if (const auto [stop, error] = std::from_chars(text.data(), end, large);
      error == std::errc() && stop == end) {
    return large;
  }
  return number.to_double();
}

}  // namespace

nlohmann::json to_json(const AttributeValue& value) {
  using Type = AttributeValue::Type;
  const auto binary = [](std::string_view bytes) {
    return nlohmann::json::binary(std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
  };
  auto array = nlohmann::json::array();
  switch (value.type()) {
    case Type::string:
      return value.as_string();
    case Type::number:
      return number_to_json(value.as_number());
    case Type::binary:
      return binary(value.as_binary());
    case Type::boolean:
      return value.as_boolean();
    case Type::null:
      return nullptr;
    case Type::map:
      return to_json(value.as_map());
    case Type::list:
      for (const AttributeValue& element : value.as_list()) array.push_back(to_json(element));
      break;
    case Type::string_set:
      for (const std::string_view element : value.as_string_set()) array.push_back(element);
      break;
    case Type::number_set:
      for (const AttributeNumber& element : value.as_number_set()) array.push_back(number_to_json(element));
      break;
    case Type::binary_set:
      for (const std::string_view element : value.as_binary_set()) array.push_back(binary(element));
      break;
  }
  return array;
}

nlohmann::json to_json(const AttributeMap& map) {
  auto object = nlohmann::json::object();
  for (const auto& [name, value] : map) object[std::string(name)] = to_json(value);
  return object;
}

}  // namespace batchproof::inline v0_1
