#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dynamodb_draws.hpp"

namespace batchproof::generators {
namespace {

using fixtures::DynamoDbChange;
using fixtures::Item;
using fixtures::ItemAttribute;
using Type = AttributeValue::Type;
using namespace std::string_view_literals;

constexpr std::array number_texts{"0"sv,
                                  "-1"sv,
                                  "2"sv,
                                  "3.14"sv,
                                  "-0.000000000000000000000000000000000001"sv,
                                  "12345678901234567890123456789012345678"sv,
                                  "-99999999999999999999.999999999999999999"sv,
                                  "9007199254740993"sv,
                                  "18446744073709551616"sv};

/// Between the keys of an item that a careless reader makes one text of.
constexpr std::array joints{""sv, ""sv, ""sv, "#"sv, "|"sv, ":"sv, "_"sv, "-"sv};

constexpr std::size_t deepest = 3;

/// Names of sort keys; some are also names of fields of the record itself.
constexpr std::array sort_key_names{"sort"sv,    "messageId"sv, "SequenceNumber"sv,
                                    "eventID"sv, "a"sv,         "Keys"sv};

Item draw_item(TextDraws& text, std::size_t depth);

std::string draw_element(TextDraws& text, Type type) {
  switch (type) {
    case Type::number:
    case Type::number_set:
      return std::string(text.draws.element(number_texts));
    case Type::binary:
    case Type::binary_set:
      return draw_bytes(text);
    default:
      return draw_text(text);
  }
}

ItemAttribute draw_value(TextDraws& text, std::size_t depth) {
  constexpr std::array types{Type::string, Type::number,     Type::null,       Type::boolean,
                             Type::binary, Type::string_set, Type::number_set, Type::binary_set,
                             Type::list,   Type::map};
  const std::size_t choices =
      depth < deepest ? types.size() : types.size() - 2;  // lists and maps are the last two
  ItemAttribute value{.type = types[text.draws.below(choices)]};
  switch (value.type) {
    case Type::null:
      break;
    case Type::boolean:
      value.boolean = text.draws.one_in(2);
      break;
    case Type::string_set:
    case Type::number_set:
    case Type::binary_set:
      for (std::size_t count = text.draws.between(1, 3); count > 0; --count) {
        std::string element = draw_element(text, value.type);
        if (std::find(value.set.begin(), value.set.end(), element) == value.set.end())
          value.set.push_back(std::move(element));
      }
      break;
    case Type::list:
      for (std::size_t count = text.draws.below(3); count > 0; --count) {
        value.attributes.push_back(draw_value(text, depth + 1));
      }
      break;
    case Type::map:
      value.attributes = draw_item(text, depth + 1);
      break;
    default:
      value.text = draw_element(text, value.type);
      break;
  }
  return value;
}

Item draw_item(TextDraws& text, std::size_t depth) {
  Item item;
  const std::size_t size = text.draws.below(4);
  for (std::size_t index = 0; index < size; ++index) {
    std::string name = draw_name(text, "attribute-", index, Alphabet::unicode);
    item.push_back(draw_value(text, depth));
    item.back().name = std::move(name);
  }
  return item;
}

void draw_kind(TextDraws& text, DynamoDbChange& change) {
  switch (text.draws.below(4)) {
    case 0:
      change.event_name = "MODIFY";
      break;
    case 1:
      change.event_name = "REMOVE";
      if (text.draws.one_in(2)) change.user_identity.emplace();
      break;
    default:
      break;
  }
}

/// True for items of the same attributes, in any order.
bool are_same(const Item& left, const Item& right) {
  return std::is_permutation(left.begin(), left.end(), right.begin(), right.end(),
                             [](const ItemAttribute& one, const ItemAttribute& other) {
                               if (one.type != Type::map || other.type != Type::map) return one == other;
                               return one.name == other.name && are_same(one.attributes, other.attributes);
                             });
}

/// Draws the images that the kind of change and the stream's view type include.
void draw_images(TextDraws& text, DynamoDbChange& change, const Item& keys) {
  const auto draw_image = [&] {
    Item image = draw_item(text, 0);
    image.insert(image.begin(), keys.begin(), keys.end());
    return image;
  };
  const auto& view_type = change.stream_view_type;
  const bool shows_new = view_type == "NEW_AND_OLD_IMAGES" || view_type == "NEW_IMAGE";
  const bool shows_old = view_type == "NEW_AND_OLD_IMAGES" || view_type == "OLD_IMAGE";
  if (shows_new && change.event_name != "REMOVE") change.new_image = draw_image();
  if (shows_old && change.event_name != "INSERT") change.old_image = draw_image();
  if (change.new_image && change.old_image &&
      are_same(*change.new_image, *change.old_image))  // no change, so no record of one
    change.new_image->push_back({.name = "changed", .type = Type::boolean, .boolean = true});
}

/// Adds the attribute to an image, if there is one.
void add_largest_attribute(TextDraws text, DynamoDbChange& change) {
  constexpr std::size_t most_bytes = 400'000;
  text.largest_size_bytes = std::min(text.largest_size_bytes, most_bytes);
  auto& image = change.new_image ? change.new_image : change.old_image;
  if (image) image->push_back({.name = "largest", .type = Type::string, .text = draw_largest_text(text)});
}

std::string draw_view_type(TextDraws& text) {
  constexpr std::array view_types{"NEW_AND_OLD_IMAGES"sv, "NEW_IMAGE"sv, "OLD_IMAGE"sv, "KEYS_ONLY"sv};
  return std::string(text.plain ? view_types[0] : text.draws.element(view_types));
}

/// DynamoDB Streams rounds to seconds; only changes in a Kinesis stream may have a precision.
void draw_precise_time(TextDraws& text, DynamoDbChange& change) {
  if (!text.draws.one_in(2)) return;
  *change.approximate_creation_date_time += std::chrono::milliseconds(text.draws.below(1000));
  constexpr std::array precisions{"MILLISECOND"sv, "MICROSECOND"sv};
  if (text.draws.one_in(2)) change.approximate_creation_date_time_precision = text.draws.element(precisions);
}

/// Leaves out fields that the API does not promise.
void leave_out_fields(TextDraws& text, DynamoDbChange& change) {
  const auto leave_out = [&text](auto& field) {
    if (text.draws.one_in(32)) field.reset();
  };
  leave_out(change.keys);
  leave_out(change.event_name);
  leave_out(change.stream_view_type);
  leave_out(change.approximate_creation_date_time);
  leave_out(change.size_bytes);
  if (!change.of_pipe) leave_out(change.event_id);  // in a pipe it is the identifier
  leave_out(change.event_version);
  leave_out(change.event_source_arn);
  leave_out(change.aws_region);
}

}  // namespace

DynamoDbDraws::DynamoDbDraws(TextDraws& text, const BatchTraits& traits)
    : partition_keys_(text, "key-", traits.plain_names, Alphabet::unicode),
      view_type_(draw_view_type(text)),
      of_pipe_(fixtures::is_pipe(traits.source)) {
  const Place place = draw_place(text);
  region_ = place.region;
  table_arn_ = arn(place, "dynamodb", "table/my-table/stream/2024-06-10T19:26:16.525");
  times_ = AscendingTimes(text, traits);
  if (text.plain || traits.plain_names || text.draws.one_in(2)) return;
  constexpr std::array types{Type::string, Type::number, Type::binary};
  sort_key_ = text.draws.element(sort_key_names);
  sort_type_ = text.draws.element(types);
  sort_key_decides_ = text.draws.one_in(2);
  if (text.draws.one_in(2)) first_digits_ = "90071992547409930";
  if (text.draws.one_in(2)) return;
  sort_type_ = Type::string;
  joined_by_ = text.draws.element(joints);
  sort_key_comes_first_ = text.draws.one_in(2);
}

/// Keys of several items that make one text when they are joined, or when they are sorted and joined.
std::pair<std::string, std::string> DynamoDbDraws::keys_that_join_alike(std::size_t group) const {
  const std::string joint(*joined_by_);
  switch (group) {
    case 0:
      return {"a" + joint + "b", "c"};
    case 1:
      return {"a", "b" + joint + "c"};
    case 2:
      return {"c", "a" + joint + "b"};
    default:
      return {"a", std::to_string(group)};
  }
}

/// All keys of an item together identify it. The plan says which records change the same item.
Item DynamoDbDraws::draw_keys(TextDraws& text, const RecordPlan& record) const {
  const std::string name = record.group ? partition_keys_.name(*record.group) : "key";
  if (sort_key_.empty()) return {{.name = "id", .type = Type::string, .text = name}};
  Item keys{{.name = "id", .type = Type::string, .text = sort_key_decides_ ? "key" : name},
            {.name = std::string(sort_key_), .type = sort_type_, .text = name}};
  if (!sort_key_decides_) keys[1].text = "1";
  if (sort_type_ == Type::number && sort_key_decides_)
    keys[1].text = std::string(first_digits_) + std::to_string(record.group.value_or(0));
  if (joined_by_ && record.group) {
    auto [first, second] = keys_that_join_alike(*record.group);
    if (sort_key_comes_first_) std::swap(first, second);
    keys[0].text = std::move(first);
    keys[1].text = std::move(second);
  }
  if (text.draws.one_in(2)) std::swap(keys[0], keys[1]);
  return keys;
}

DynamoDbChange DynamoDbDraws::draw(TextDraws& text, const RecordPlan& record) const {
  DynamoDbChange change;
  change.sequence_number = record.sequence_number;
  change.of_pipe = of_pipe_;
  const Item keys = draw_keys(text, record);
  change.keys = keys;
  change.stream_view_type = view_type_;
  change.event_source_arn = table_arn_;
  change.aws_region = region_;
  if (text.plain) {
    change.new_image = keys;
    return change;
  }
  draw_kind(text, change);
  draw_images(text, change, keys);
  if (record.largest_payload) add_largest_attribute(text, change);
  change.size_bytes = text.draws.between(1, 400'000);
  *change.approximate_creation_date_time +=
      std::chrono::floor<std::chrono::seconds>(times_.of(record.number));
  if (text.hostile) {
    draw_precise_time(text, change);
    leave_out_fields(text, change);
  }
  return change;
}

void set_payload(fixtures::DynamoDbChange& change, const PayloadEdit& edit, Draws& draws,
                 const RecordPlan& record) {
  change.new_image = edit.draw_item(draws, record);
  if (edit.damages()) {
    const bool is_removed = change.event_name == "REMOVE";
    const bool loses_image =
        draws.one_in(6);  // drawn for each kind, so that plain changes have the same items
    if (is_removed || loses_image) change.new_image.reset();
    if (is_removed) return;
    change.old_image.reset();
    change.stream_view_type = change.new_image ? "NEW_IMAGE" : "KEYS_ONLY";
    return;
  }
  // The handler would have accepted the image before the change: a typed handler reads both images.
  change.old_image = edit.draw_accepted_item(draws);
  if (change.event_name != "MODIFY") change.old_image.reset();
  if (change.old_image && are_same(*change.old_image, *change.new_image))
    change.old_image.reset();  // no change, so no record of one
  change.event_name = change.old_image ? "MODIFY" : "INSERT";
  change.user_identity.reset();
  change.stream_view_type = "NEW_AND_OLD_IMAGES";
}

}  // namespace batchproof::generators
