#pragma once

// Reads the payload of a record of any source for a typed handler:
//
//   payload_of<Order>(record);

#include <batchproof/detail/record_head.hpp>
#include <batchproof/dynamodb_record.hpp>
#include <batchproof/json/change.hpp>
#include <batchproof/json/read_payload.hpp>
#include <optional>
#include <string_view>
#include <type_traits>

namespace batchproof::inline v0_1::detail {

template <class Payload>
inline constexpr bool is_change_v = false;
template <class Old, class New>
inline constexpr bool is_change_v<Change<Old, New>> = true;

template <class Payload, class Text>
Payload read_text_payload(std::string_view payload, Text&& text) {
  static_assert(!is_change_v<Payload>, "batchproof: a bp::Change is the payload of a DynamoDbRecord alone");
  if constexpr (!is_change_v<Payload>) {
    return contain_reading(payload, [&] { return PayloadFormat<Payload>::read(payload, text()); });
  }
}

/// A record without a payload, such as a tombstone of Kafka, becomes an empty `std::optional`, and fits no
/// other type.
template <class Payload, HasPayloadField Record>
Payload payload_of(const Record& record) {
  using RecordPayload = PayloadField<Record>;
  if constexpr (!is_optional_v<decltype(RecordPayload::text(record))>) {
    return read_text_payload<Payload>(RecordPayload::name, [&] { return RecordPayload::text(record); });
  } else {
    const auto read = [&]<class Value>(std::type_identity<Value>) -> Payload {
      return read_text_payload<Value>(RecordPayload::name, [&] {
        const auto text = RecordPayload::text(record);
        if (!text) throw PayloadError(RecordPayload::name, "", "a tombstone has none; take a std::optional");
        return *text;
      });
    };
    if constexpr (is_optional_v<Payload>) {
      const bool is_tombstone =
          contain_reading(RecordPayload::name, [&] { return !RecordPayload::text(record); });
      return is_tombstone ? std::nullopt : read(std::type_identity<typename Payload::value_type>());
    } else {
      return read(std::type_identity<Payload>());
    }
  }
}

/// The payload of a record within another one, with its name for errors. `inner_payload(record)`, beside the
/// type of such a record, returns it; it lives as long as the record.
struct InnerPayload {
  std::string_view name;
  std::string_view text;
};

template <class Payload, class Inner>
requires requires(const Inner& inner) { inner_payload(inner); }
Payload payload_of(const Inner& inner) {
  const InnerPayload payload = inner_payload(inner);
  return read_text_payload<Payload>(payload.name, [&] { return payload.text; });
}

template <class Image, class ReadMap>
std::optional<Image> read_image(std::string_view payload, ReadMap&& read_map) {
  return contain_reading(payload, [&]() -> std::optional<Image> {
    const OptionalAttributeMap image = read_map();
    if (!image) return std::nullopt;
    return PayloadFormat<Image>::read(payload, *image);
  });
}

/// Makes `typed<Order>` short for `typed<Change<Order>>`.
template <class Payload>
struct ChangeOf {
  using type = Change<Payload>;
};
template <class Old, class New>
struct ChangeOf<Change<Old, New>> {
  using type = Change<Old, New>;
};

template <class Old, class New>
Change<Old, New> read_change(const DynamoDbRecord& record, const Change<Old, New>*) {
  return {contain_reading("dynamodb", [&] { return record.kind(); }),
          read_image<Old>("dynamodb/OldImage", [&] { return record.old_image(); }),
          read_image<New>("dynamodb/NewImage", [&] { return record.new_image(); })};
}

template <class Payload>
auto payload_of(const DynamoDbRecord& record) {
  return read_change(record, static_cast<const typename ChangeOf<Payload>::type*>(nullptr));
}

}  // namespace batchproof::inline v0_1::detail
