// Reads JSON text by simdjson's on-demand reader. That reader checks only the values that it walks through,
// so this file walks through all of them, also scalars that nobody reads.
//
//     JsonValue read(scratch, value, path);
//     use(read);
//     read.finish();

#include <simdjson.h>

#include <batchproof/detail/json_text.hpp>
#include <batchproof/json/read_payload.hpp>
#include <cstring>
#include <new>
#include <optional>
#include <string>

#include "number_text.hpp"
#include "payload_depth.hpp"
#include "payload_text.hpp"

namespace batchproof::inline v0_1::detail {
namespace {

namespace ondemand = simdjson::ondemand;
using Kind = PayloadValue::Kind;

/// The memory of the reader, kept so that a payload allocates nothing.
struct Scratch {
  ondemand::parser parser;
  std::string padded;   // the payload
  std::string strings;  // without their escapes; never more than the payload has
  std::uint8_t* free_part = nullptr;
  bool in_use = false;
};

void check(simdjson::error_code error, const PayloadPath& path) {
  if (error == simdjson::SUCCESS) return;
  if (error == simdjson::MEMALLOC) throw std::bad_alloc();
  path.fail("not JSON: " + std::string(simdjson::error_message(error)));
}

template <class Result, class Value>
void get_into(Result&& result, Value& value, const PayloadPath& path) {
  check(std::forward<Result>(result).get(value), path);
}

/// The text of a scalar, without the spaces after it.
std::string_view scalar(ondemand::value& value) {
  const std::string_view token = value.raw_json_token();
  return token.substr(0, token.find_last_not_of(" \t\n\r") + 1);
}

Kind kind_of(ondemand::value& value, const PayloadPath& path) {
  switch (*value.raw_json_token().data()) {
    case '{':
      check_depth_of_container(path, path.depth);
      return Kind::object;
    case '[':
      check_depth_of_container(path, path.depth);
      return Kind::array;
    case '"':
      return Kind::string;
    default:
      break;
  }
  const std::string_view token = scalar(value);
  if (token == "true" || token == "false") return Kind::boolean;
  if (token == "null") return Kind::null;
  if (is_number_text(token)) return Kind::number;
  path.fail("not JSON: \"" + beginning_of(token) + '"');
}

template <class Take>
void walk_array(ondemand::value& value, const PayloadPath& path, Take&& take_element) {
  ondemand::array array;
  get_into(value.get_array(), array, path);
  std::size_t index = 0;
  for (auto&& result : array) {
    const PayloadPath place = path.element(index++);
    ondemand::value element;
    get_into(result, element, place);
    take_element(element, place);
  }
}

template <class Take>
void walk_object(Scratch& scratch, ondemand::value& value, const PayloadPath& path, Take&& take_member) {
  ondemand::object object;
  get_into(value.get_object(), object, path);
  for (auto result : object) {
    ondemand::field field;
    get_into(std::move(result), field, path);
    std::string_view name;
    get_into(scratch.parser.unescape(field.key(), scratch.free_part), name, path);
    const PayloadPath place = path.member(name);
    take_member(field.value(), place);
  }
}

std::string_view read_string(Scratch& scratch, ondemand::value& value, const PayloadPath& path) {
  ondemand::raw_json_string raw;
  std::string_view text;
  get_into(value.get_raw_json_string(), raw, path);
  get_into(scratch.parser.unescape(raw, scratch.free_part), text, path);
  return text;
}

/// Walks through a value that nobody reads.
void pass_over(Scratch& scratch, ondemand::value& value, const PayloadPath& path) {
  const auto pass = [&](ondemand::value& inner, const PayloadPath& place) {
    pass_over(scratch, inner, place);
  };
  switch (kind_of(value, path)) {
    case Kind::object:
      return walk_object(scratch, value, path, pass);
    case Kind::array:
      return walk_array(value, path, pass);
    case Kind::string:
      read_string(scratch, value, path);  // otherwise simdjson takes it for a name when a colon follows
      return;
    default:
      return;
  }
}

class JsonValue final : public PayloadValue {
 public:
  JsonValue(Scratch& scratch, ondemand::value& value, const PayloadPath& path)
      : PayloadValue(kind_of(value, path), path), scratch_(scratch), value_(value) {}

  std::string_view token() override { return scalar(value_); }

  std::string_view text() override {
    if (!text_) text_ = read_string(scratch_, value_, path());
    return *text_;
  }

  void for_each_element(CallbackRef<PayloadValue&> take) override {
    begin();
    walk_array(value_, path(), [&](ondemand::value& element, const PayloadPath& place) {
      JsonValue read(scratch_, element, place);
      take(read);
      read.finish();
    });
  }

  void for_each_member(CallbackRef<std::string_view, bool&> wanted,
                       CallbackRef<PayloadValue&> take) override {
    begin();
    walk_object(scratch_, value_, path(), [&](ondemand::value& member, const PayloadPath& place) {
      bool is_wanted = false;
      wanted(place.name, is_wanted);
      if (!is_wanted) return pass_over(scratch_, member, place);
      JsonValue read(scratch_, member, place);
      take(read);
      read.finish();
    });
  }

  /// Checks a value that a `from_payload` did not read. Scalars were checked when their kind was determined.
  void finish() {
    const bool unread = !walked_ && !text_;
    if (unread && (kind() == Kind::object || kind() == Kind::array || kind() == Kind::string))
      pass_over(scratch_, value_, path());
  }

 private:
  void begin() {
    if (walked_) fail("its from_payload reads it twice");
    walked_ = true;
  }

  Scratch& scratch_;
  ondemand::value& value_;
  std::optional<std::string_view> text_;
  bool walked_ = false;
};

void read_with(Scratch& scratch, std::string_view payload, std::string_view text,
               CallbackRef<PayloadValue&> use) {
  text = without_byte_order_mark(text);  // as nlohmann's parser does
  // The text becomes the only element of an array, so that a scalar is a value like others, and text after it
  // is an error.
  const std::size_t size = text.size() + 2;
  const std::size_t padded_size = size + simdjson::SIMDJSON_PADDING;
  std::string& padded = scratch.padded;
  if (padded.size() < padded_size) {
    scratch.strings.resize(2 * padded_size);  // first: it is the larger one whatever throws
    padded.resize(2 * padded_size);
  }
  padded.front() = '[';
  text.copy(padded.data() + 1, text.size());
  padded[size - 1] = ']';
  std::memset(padded.data() + size, ' ',
              simdjson::SIMDJSON_PADDING);  // simdjson may read there, and must stop there
  scratch.free_part = reinterpret_cast<std::uint8_t*>(scratch.strings.data());

  const PayloadPath path{payload};
  ondemand::document document;
  get_into(scratch.parser.iterate(padded.data(), size, padded_size), document, path);
  ondemand::array elements;
  get_into(document.get_array(), elements, path);
  bool found = false;
  for (auto&& result : elements) {
    if (found) path.fail("not JSON: more than one value");
    found = true;
    ondemand::value value;
    get_into(result, value, path);
    JsonValue read(scratch, value, path);
    use(read);
    read.finish();
  }
  if (!found) path.fail("not JSON: it is empty");
  if (document.current_location().error() == simdjson::SUCCESS) path.fail("not JSON: text after the value");
}

}  // namespace

void read_json(std::string_view payload, std::string_view text, CallbackRef<PayloadValue&> use) {
  thread_local Scratch kept;
  if (kept.in_use) {  // a from_payload reads another payload
    Scratch other;
    return read_with(other, payload, text, use);
  }
  struct InUse {
    bool& flag;
    ~InUse() { flag = false; }
  } const in_use{kept.in_use};
  kept.in_use = true;
  read_with(kept, payload, text, use);
}

}  // namespace batchproof::inline v0_1::detail
