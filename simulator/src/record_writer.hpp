#pragma once

// Writes the records of a world as the service would send them. It uses templates, since a world has many.
//
//     RecordWriter writer(world);
//     writer.write(message, number, invocation.batch.records[place]);

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/simulator/finished_world.hpp>
#include <batchproof/simulator/world.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace batchproof::simulator {

/// The message to write a record of, its number, and the place of its payload in the world's list.
struct Written {
  const Message& message;
  std::size_t number;
  std::size_t payload;
};

/// Replaces another record by that of a message's current delivery, and reuses its memory.
using WriteRecord = std::function<void(const Written& written, fixtures::CaseRecord& record)>;

/// Makes the writer of this type of records. Each is defined in a file of its name. Accepted payloads come
/// first.
template <class Record>
WriteRecord make_writer(const World& world, const std::vector<std::string>& payloads, std::size_t accepted);
#define BATCHPROOF_DECLARE(Record)                                                              \
  template <>                                                                                   \
  WriteRecord make_writer<Record>(const World& world, const std::vector<std::string>& payloads, \
                                  std::size_t accepted);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_DECLARE)
#undef BATCHPROOF_DECLARE

/// Chooses the payloads of a world, and writes its records.
class RecordWriter {
 public:
  /// The world is one of `with_defaults`. Throws `std::invalid_argument` for a payload of a DynamoDB stream
  /// that is not an item.
  explicit RecordWriter(const World& world);

  /// Writes the record of the message's current delivery. The caller sets `rejected`.
  void write(const Message& message, std::size_t number, fixtures::CaseRecord& record);

  /// Bytes of a record in an event, with the longest metadata of any record of the world; of Kafka also with
  /// the list of its partition.
  std::size_t size_of(const Message& message, std::size_t number) const {
    return sizes_[payload_of(message, number)];
  }

  /// Bytes of an event without records.
  std::size_t empty_event_size() const noexcept { return empty_event_size_; }

 private:
  std::size_t payload_of(const Message& message, std::size_t number) const;

  WriteRecord write_;
  std::size_t accepted_;              // these payloads come first, followed by the rejected ones
  std::vector<std::size_t> sizes_{};  // of a record with each payload
  std::size_t empty_event_size_;
};

/// The time at which every world begins, in 2096: a function that reads the real clock finds its deadline in
/// the future, and no message too old.
inline constexpr std::chrono::milliseconds began{4'000'000'000'000};

/// The sequence number of a stream's record.
inline const std::string& sequence_number_of(const Message& message) {
  return message.sequence_number.empty() ? message.identifier : message.sequence_number;
}

/// The number of a world's first shard, or partition of Kafka: it has none of a world with other names.
inline std::size_t first_shard(const World& world) { return world.names * *world.stream.shards; }

/// The name of a shard of a stream, such as "shardId-000000000006".
inline std::string shard_name(std::size_t shard) {
  return "shardId-" + std::to_string(1'000'000'000'000 + shard).substr(1);
}

/// The name of a partition of Kafka.
inline std::string partition_name(std::size_t partition) { return "orders-" + std::to_string(partition); }

/// The number of a world's first group; a multiple of 8, so that the names are those of `group_name`.
inline std::size_t first_group(const World& world) { return world.names * (world.groups / 8 + 1) * 8; }

/// The name of a message group, or of a key. Names come in pairs that a careless function confuses: they
/// differ only at the end, in case, in a leading zero, or one begins with the other.
std::string group_name(std::size_t group);

/// A time of the record that need not be in the order of the records: one in four is too early by `error`.
inline std::chrono::milliseconds approximate_time(const Written& written, std::chrono::milliseconds error) {
  const bool is_early = written.number % 4 == 1;
  return began + written.message.sent_at - (is_early ? error : std::chrono::milliseconds(0));
}

}  // namespace batchproof::simulator
