// The parts of reading a value that are the same for every type.

#include <batchproof/json/payload_error.hpp>
#include <batchproof/json/read_value.hpp>

#include "number_text.hpp"
#include "payload_text.hpp"

namespace batchproof::inline v0_1::detail {
namespace {

using Kind = PayloadValue::Kind;

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "a boolean";
    case Kind::number:
      return "a number";
    case Kind::string:
      return "a string";
    case Kind::binary:
      return "a binary value";
    case Kind::array:
      return "an array";
    case Kind::object:
      break;
  }
  return "an object";
}

/// A name as a part of a JSON pointer (RFC 6901).
std::string as_pointer_token(std::string_view name) {
  std::string token;
  for (const char character : beginning_of(name)) {
    if (character == '~') {
      token += "~0";
    } else if (character == '/') {
      token += "~1";
    } else {
      token += character;
    }
  }
  return token;
}

std::string range(const std::string& lowest, const std::string& highest) {
  return " is outside of " + lowest + " to " + highest;
}

[[noreturn]] void fail_number(const PayloadPath& path, std::string_view text, NumberFault fault,
                              const std::string& out_of_range) {
  const std::string number = beginning_of(text);
  switch (fault) {
    case NumberFault::not_whole:
      path.fail(number + " is not a whole number");
    case NumberFault::out_of_range:
      path.fail(number + out_of_range);
    default:
      path.fail("\"" + number + "\" is not a number");
  }
}

template <class Integer>
Integer whole_number(const PayloadPath& path, std::string_view text, Integer lowest, Integer highest) {
  Integer number{};
  auto fault = read_number_text(text, number);
  if (fault == NumberFault::none && (number < lowest || number > highest)) fault = NumberFault::out_of_range;
  if (fault != NumberFault::none)
    fail_number(path, text, fault, range(std::to_string(lowest), std::to_string(highest)));
  return number;
}

template <class Floating>
void floating_number(PayloadValue& value, Floating& number) {
  expect_kind(value, Kind::number, "a number");
  const std::string_view text = value.token();
  const auto fault = read_number_text(text, number);
  if (fault != NumberFault::none) fail_number(value.path(), text, fault, " is out of the type's range");
}

}  // namespace

void PayloadPath::fail(std::string_view reason) const {
  std::string pointer;
  const PayloadPath* place = this;
  for (; place->parent != nullptr; place = place->parent) {
    const bool is_element = place->name.data() == nullptr;
    pointer.insert(0, "/" + (is_element ? std::to_string(place->index) : as_pointer_token(place->name)));
  }
  throw PayloadError(place->name, std::move(pointer), reason);
}

void expect_kind(const PayloadValue& value, Kind kind, std::string_view expected) {
  if (value.kind() != kind)
    value.fail(std::string(expected) + " expected, found " + std::string(name_of(value.kind())));
}

std::int64_t read_signed(PayloadValue& value, std::int64_t lowest, std::int64_t highest) {
  expect_kind(value, Kind::number, "a whole number");
  return whole_number(value.path(), value.token(), lowest, highest);
}

std::uint64_t read_unsigned(PayloadValue& value, std::uint64_t highest) {
  expect_kind(value, Kind::number, "a whole number");
  return whole_number<std::uint64_t>(value.path(), value.token(), 0, highest);
}

std::int64_t read_signed_key(const PayloadPath& path, std::int64_t lowest, std::int64_t highest) {
  return whole_number(path, path.name, lowest, highest);
}

std::uint64_t read_unsigned_key(const PayloadPath& path, std::uint64_t highest) {
  return whole_number<std::uint64_t>(path, path.name, 0, highest);
}

void read_floating(PayloadValue& value, float& number) { floating_number(value, number); }
void read_floating(PayloadValue& value, double& number) { floating_number(value, number); }
void read_floating(PayloadValue& value, long double& number) { floating_number(value, number); }

bool read_boolean(PayloadValue& value) {
  expect_kind(value, Kind::boolean, "true or false");
  return value.token() == "true";
}

std::string_view read_text(PayloadValue& value) {
  if (value.kind() != Kind::binary) expect_kind(value, Kind::string, "a string");
  return value.text();
}

void fail_length(const PayloadValue& value, std::size_t expected, bool too_long) {
  value.fail("an array of " + std::to_string(expected) + " expected, found " + (too_long ? "more" : "fewer"));
}

void fail_reading(const PayloadValue& value, const std::exception& error) {
  if (dynamic_cast<const PayloadError*>(&error) != nullptr) throw;
  value.fail(error.what());
}

std::size_t read_name(PayloadValue& value, std::span<const std::string_view> names) {
  expect_kind(value, Kind::string, "a string");
  const std::string_view text = value.text();
  for (std::size_t index = 0; index < names.size(); ++index) {
    if (names[index] == text) return index;
  }
  std::string known;
  for (const std::string_view name : names) known.append(known.empty() ? "" : ", ").append(name);
  value.fail("\"" + beginning_of(text) + "\" is none of " + known);
}

void read_fields(PayloadValue& value, std::span<const Field> fields, void* object) {
  expect_kind(value, Kind::object, "an object");
  std::uint64_t seen = 0;
  std::size_t next = 0;  // fields mostly come in the order of the type
  const auto is_next = [&](std::string_view name) {
    for (std::size_t tried = 0; tried < fields.size();
         ++tried, next = next + 1 < fields.size() ? next + 1 : 0) {
      if (next < fields.size() && fields[next].name == name) return true;
    }
    return false;
  };
  value.for_each_member([&](std::string_view name, bool& wanted) { wanted = is_next(name); },
                        [&](PayloadValue& member) {
                          const std::uint64_t bit = std::uint64_t{1} << next;
                          if ((seen & bit) != 0) member.fail("comes twice");
                          seen |= bit;
                          const Field& field = fields[next++];
                          if (next == fields.size()) next = 0;
                          field.read(member, object);
                        });
  for (std::size_t index = 0; index < fields.size(); ++index) {
    if ((seen >> index & 1U) == 0 && !fields[index].optional)
      value.path().member(fields[index].name).fail("missing");
  }
}

}  // namespace batchproof::inline v0_1::detail
