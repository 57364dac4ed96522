#include "accessors.hpp"

#include <batchproof/detail/record_types.hpp>
#include <batchproof/detail/utf8.hpp>
#include <string>
#include <type_traits>

#include "../../fixtures/src/sources/all_fields.hpp"
#include "check.hpp"

namespace batchproof::fuzz {
namespace {

/// Reads every byte, so that the address sanitizer checks each.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = text.size();
  for (const char byte : text) hash = hash * 31 + static_cast<unsigned char>(byte);
  return hash;
}

template <class Value>
constexpr bool is_optional = requires(const Value& value) {
  value.has_value();
};

}  // namespace

void Accessors::note(std::string_view text) { seen_.push_back({text, hash_of(text)}); }

template <class Value>
void Accessors::note_value(const Value& value) {
  if constexpr (is_optional<Value>) {
    if (value) note_value(*value);
  } else if constexpr (std::is_same_v<Value, std::string>) {
    hash_of(value);  // a copy, which nobody can change
  } else if constexpr (std::is_convertible_v<Value, std::string_view>) {
    note(value);
  }
}

void Accessors::note_value(const AttributeNumber& number) {
  note(number.text());
  call([&] { return number.to_int64(); });
  call([&] { return number.to_uint64(); });
  call([&] { return number.to_double(); });
}

void Accessors::note_value(const AttributeMap& map) {
  require(map.empty() == (map.size() == 0), "an empty map has no attributes");
  for (const AttributeMap::Entry& entry : map) {
    note(entry.name);
    require(map.contains(entry.name), "an attribute is found by its name");
  }
}

template <class Read>
void Accessors::call(Read&& accessor) {
  try {
    if constexpr (std::is_void_v<decltype(accessor())>) {
      accessor();
    } else {
      note_value(accessor());
    }
  } catch (const RecordError& error) {
    const bool is_of_kafka = !error.json_pointer().starts_with("/Records/");  // its index is that of a list
    const std::string record = is_of_kafka ? "" : "/Records/" + std::to_string(record_index_);
    require(is_json_pointer_within(error.json_pointer(), record),
            "the place of a RecordError is in its record", error.json_pointer());
    require(detail::is_utf8(error.what()), "the text of a RecordError is UTF-8");
  }
}

template <class Value>
void Accessors::add(std::string_view, const Value& value) {
  note_value(value);
}

template <class Read>
void Accessors::read(std::string_view, Read&& accessor) {
  call(accessor);
}

template <class Read>
void Accessors::read_all(Read&& reader) {
  call(reader);
}

template <fixtures::AnyRecord Record>
void Accessors::read(const Record& record) {
  record_index_ = record.index();
  require(!record.item_identifier().empty(), "an identifier is not empty");
  note(record.event_source());
  fixtures::show_fields(record, *this);
  read_more(record);
}

#define BATCHPROOF_INSTANTIATE(Record) template void Accessors::read(const Record& record);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

void Accessors::read_more(const SqsRecord& record) {
  call([&] { return record.attributes().find("SenderId"); });
  call([&] {
    for (const SqsMessageAttribute& attribute : record.message_attributes()) {
      note(attribute.name());
      require(record.message_attribute(attribute.name()).has_value(), "an attribute is found by its name");
    }
  });
}

void Accessors::read_more(const KafkaRecord& record) {
  call([&] {
    for (const KafkaHeader& header : record.headers()) note(header.name);
  });
  call([&] { return record.event_source_arn(); });
  call([&] { return record.bootstrap_servers(); });
  require(record.partition() >= 0 && record.offset() >= 0, "a partition and an offset are 0 or more");
}

void Accessors::require_unchanged() const {
  for (const auto& [text, hash] : seen_) require(hash_of(text) == hash, "a text lives as long as its event");
}

}  // namespace batchproof::fuzz
