// An item of DynamoDB as values:
//
//     const PayloadPath path{payload};
//     WholeItem whole(item, path);
//     take(whole);

#include <batchproof/json/conversion_check.hpp>
#include <batchproof/json/read_payload.hpp>
#include <vector>

#include "number_text.hpp"

namespace batchproof::inline v0_1::detail {
namespace {

using Kind = PayloadValue::Kind;
using Type = AttributeValue::Type;

Kind kind_of(Type type) {
  switch (type) {
    case Type::string:
      return Kind::string;
    case Type::number:
      return Kind::number;
    case Type::binary:
      return Kind::binary;
    case Type::boolean:
      return Kind::boolean;
    case Type::null:
      return Kind::null;
    case Type::map:
      return Kind::object;
    case Type::list:
    case Type::string_set:
    case Type::number_set:
    case Type::binary_set:
      break;
  }
  return Kind::array;
}

/// An element of a set.
class SetElement final : public PayloadValue {
 public:
  SetElement(Kind kind, std::string_view text, const PayloadPath& path)
      : PayloadValue(kind, path), text_(text) {}

  std::string_view token() override { return text_; }
  std::string_view text() override { return text_; }
  void for_each_element(CallbackRef<PayloadValue&>) override {}
  void for_each_member(CallbackRef<std::string_view, bool&>, CallbackRef<PayloadValue&>) override {}

 private:
  std::string_view text_;
};

void for_each_attribute(const AttributeMap& map, const PayloadPath& path,
                        CallbackRef<std::string_view, bool&> wanted, CallbackRef<PayloadValue&> take);

class ItemValue final : public PayloadValue {
 public:
  ItemValue(const AttributeValue& value, const PayloadPath& path)
      : PayloadValue(kind_of(value.type()), path), value_(value) {}

  std::string_view token() override {
    if (kind() == Kind::number) return value_.as_number().text();
    return value_.as_boolean() ? "true" : "false";
  }

  std::string_view text() override {
    return kind() == Kind::binary ? value_.as_binary() : value_.as_string();
  }

  void for_each_element(CallbackRef<PayloadValue&> take) override {
    std::size_t index = 0;
    const auto take_text = [&](Kind kind, std::string_view text) {
      const PayloadPath place = path().element(index++);
      SetElement element(kind, text, place);
      take(element);
    };
    switch (value_.type()) {
      case Type::string_set:
        for (const std::string_view text : value_.as_string_set()) take_text(Kind::string, text);
        break;
      case Type::number_set:
        for (const AttributeNumber& number : value_.as_number_set()) take_text(Kind::number, number.text());
        break;
      case Type::binary_set:
        for (const std::string_view bytes : value_.as_binary_set()) take_text(Kind::binary, bytes);
        break;
      default:
        for (const AttributeValue& attribute : value_.as_list()) {
          const PayloadPath place = path().element(index++);
          ItemValue element(attribute, place);
          take(element);
        }
    }
  }

  void for_each_member(CallbackRef<std::string_view, bool&> wanted,
                       CallbackRef<PayloadValue&> take) override {
    for_each_attribute(value_.as_map(), path(), wanted, take);
  }

 private:
  const AttributeValue& value_;
};

void for_each_attribute(const AttributeMap& map, const PayloadPath& path,
                        CallbackRef<std::string_view, bool&> wanted, CallbackRef<PayloadValue&> take) {
  for (const auto& [name, attribute] : map) {
    bool is_wanted = false;
    wanted(name, is_wanted);
    if (!is_wanted) continue;
    const PayloadPath place = path.member(name);
    ItemValue value(attribute, place);
    take(value);
  }
}

/// The whole item, which is not an attribute.
class WholeItem final : public PayloadValue {
 public:
  WholeItem(const AttributeMap& item, const PayloadPath& path)
      : PayloadValue(Kind::object, path), item_(item) {}

  std::string_view token() override { return {}; }
  std::string_view text() override { return {}; }
  void for_each_element(CallbackRef<PayloadValue&>) override {}
  void for_each_member(CallbackRef<std::string_view, bool&> wanted,
                       CallbackRef<PayloadValue&> take) override {
    for_each_attribute(item_, path(), wanted, take);
  }

 private:
  const AttributeMap& item_;
};

void add_if_rounded(std::string_view number, std::vector<double>& wholes) {
  double nearest = 0;
  if (rounds_to_whole(number) && read_number_text(number, nearest) == NumberFault::none)
    wholes.push_back(nearest);
}

void add_rounded_wholes(const AttributeValue& value, std::vector<double>& wholes) {
  switch (value.type()) {
    case Type::number:
      return add_if_rounded(value.as_number().text(), wholes);
    case Type::map:
      return detail::add_rounded_wholes(value.as_map(), wholes);
    case Type::list:
      for (const AttributeValue& element : value.as_list()) add_rounded_wholes(element, wholes);
      return;
    case Type::number_set:
      for (const auto& number : value.as_number_set()) add_if_rounded(number.text(), wholes);
      return;
    default:
      return;
  }
}

}  // namespace

void add_rounded_wholes(const AttributeMap& item, std::vector<double>& wholes) {
  for (const auto& entry : item) add_rounded_wholes(entry.value, wholes);
}

void read_item(std::string_view payload, const AttributeMap& item, CallbackRef<PayloadValue&> take) {
  const PayloadPath path{payload};
  WholeItem whole(item, path);
  take(whole);
}

}  // namespace batchproof::inline v0_1::detail
