#pragma once

// Reads the members of an envelope's JSON. Errors name the member:
//
//   const std::string name = text_of(record, "eventName");  // throws Misfit: "eventName" is missing

#include <batchproof/detail/json_text.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::inline v0_1::detail {

/// The JSON of a whole text; discarded when the text is not JSON. The parser alone would end at a null byte.
inline nlohmann::json tree_of(std::string_view text) {
  if (has_null_byte(text)) return nlohmann::json(nlohmann::json::value_t::discarded);
  return nlohmann::json::parse(text, nullptr, false);
}

/// The JSON is not what the service writes.
class Misfit : public std::runtime_error {
 public:
  Misfit(const std::string& member, const char* fault)
      : std::runtime_error('"' + member + "\" is " + fault) {}
};

/// Nothing also for null, and when `object` is another value.
inline const nlohmann::json* optional_member(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

inline const nlohmann::json& member_of(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) throw Misfit(name, "missing");
  return *found;
}

inline std::string text_in(const nlohmann::json& value, const char* name) {
  if (!value.is_string()) throw Misfit(name, "not a string");
  return value.get<std::string>();
}

inline std::string text_of(const nlohmann::json& object, const char* name) {
  return text_in(member_of(object, name), name);
}

inline std::optional<std::string> optional_text(const nlohmann::json& object, const char* name) {
  const nlohmann::json* const member = optional_member(object, name);
  return member == nullptr ? std::nullopt : std::optional(text_in(*member, name));
}

inline const nlohmann::json& object_of(const nlohmann::json& object, const char* name) {
  const nlohmann::json& member = member_of(object, name);
  if (!member.is_object()) throw Misfit(name, "not an object");
  return member;
}

inline const nlohmann::json& list_of(const nlohmann::json& object, const char* name) {
  const nlohmann::json& member = member_of(object, name);
  if (!member.is_array()) throw Misfit(name, "not a list");
  return member;
}

inline std::vector<std::string> texts_of(const nlohmann::json& object, const char* name) {
  std::vector<std::string> texts;
  for (const nlohmann::json& text : list_of(object, name)) {
    if (!text.is_string()) throw Misfit(name, "not a list of strings");
    texts.push_back(text.get<std::string>());
  }
  return texts;
}

/// A member that is a list of objects.
inline const nlohmann::json& objects_of(const nlohmann::json& object, const char* name) {
  const nlohmann::json& list = list_of(object, name);
  for (const nlohmann::json& item : list)
    if (!item.is_object()) throw Misfit(name, "not a list of objects");
  return list;
}

}  // namespace batchproof::inline v0_1::detail
