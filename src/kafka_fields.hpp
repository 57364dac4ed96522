#pragma once

// The fields of an event of Kafka and of its records:
//
//     const std::string_view partition = text.raw(fields[KafkaField::partition]);

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "field_names.hpp"
#include "field_table.hpp"

namespace batchproof::inline v0_1::detail {

enum class KafkaField {
  topic,
  partition,
  offset,
  timestamp,
  timestamp_type,
  key,
  value,
  headers,
  key_schema_metadata,
  value_schema_metadata,
  count
};

/// The fields of an event that its records share, and the object that holds these.
enum class KafkaEventField { event_source, event_source_arn, bootstrap_servers, window, records, count };

struct KafkaEventFields {
  using Names = FieldNames<NamedField{"eventSource", KafkaEventField::event_source},
                           NamedField{"eventSourceArn", KafkaEventField::event_source_arn},
                           NamedField{"bootstrapServers", KafkaEventField::bootstrap_servers},
                           NamedField{"window", KafkaEventField::window},
                           NamedField{"records", KafkaEventField::records}>;
  static_assert(name_all_fields<KafkaEventField, Names>);

  std::array<Slice, static_cast<std::size_t>(KafkaEventField::count)> slices{};

  /// Memory for the identifiers of one list. The lists of a small batch share what stands here.
  char* room_for_identifiers(std::size_t size) {
    if (size > small.size() - small_used)
      return large.emplace_back(std::make_unique_for_overwrite<char[]>(size)).get();
    small_used += size;
    return small.data() + small_used - size;
  }

  std::size_t small_used = 0;
  std::array<char, 1024> small;
  std::vector<std::unique_ptr<char[]>> large;

  Slice& operator[](KafkaEventField field) noexcept { return slices[static_cast<std::size_t>(field)]; }
  Slice operator[](KafkaEventField field) const noexcept { return slices[static_cast<std::size_t>(field)]; }
};

struct KafkaFields : FieldTable<KafkaField> {
  using Names =
      FieldNames<NamedField{"topic", KafkaField::topic}, NamedField{"partition", KafkaField::partition},
                 NamedField{"offset", KafkaField::offset}, NamedField{"timestamp", KafkaField::timestamp},
                 NamedField{"timestampType", KafkaField::timestamp_type}, NamedField{"key", KafkaField::key},
                 NamedField{"value", KafkaField::value}, NamedField{"headers", KafkaField::headers},
                 NamedField{"keySchemaMetadata", KafkaField::key_schema_metadata},
                 NamedField{"valueSchemaMetadata", KafkaField::value_schema_metadata}>;
  static_assert(name_all_fields<KafkaField, Names>);

  static constexpr KafkaField lazy_field = KafkaField::value;

  /// Of Amazon MSK, and of a self-managed cluster: as recorded events have it, and as samples of other
  /// libraries do.
  static constexpr QuotedText msk_source{"aws:kafka"};
  static constexpr std::array<std::string_view, 3> sources{msk_source.name(), "SelfManagedKafka",
                                                           "aws:SelfManagedKafka"};
  static constexpr const char* processors = "BatchProcessor<KafkaRecord>";

  Slice json{};  ///< the whole record, for a dead letter
  const KafkaEventFields* event = nullptr;
  std::string_view topic_partition;  ///< the name of the record's list, such as "orders-0"
  std::uint32_t index_in_list = 0;
};

}  // namespace batchproof::inline v0_1::detail
