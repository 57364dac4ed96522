#pragma once

// Records of the Kinesis Producer Library, several of which stand in one Kinesis record:
//
//   auto handler = bp::user_records([](const bp::UserRecord& record) { handle(record.data()); });

#include <batchproof/envelopes/envelope_handler.hpp>
#include <batchproof/kinesis_stream_record.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof {

/// One record of a producer that used the Kinesis Producer Library: one of several in a Kinesis record, or
/// the Kinesis record itself where it is no aggregate (awslabs/amazon-kinesis-producer, "KPL Aggregated
/// Record Format"). Its texts live as long as the event.
class UserRecord {
 public:
  std::string_view data() const noexcept { return data_; }
  std::string_view partition_key() const noexcept { return partition_key_; }

  /// Decimal digits, where the producer gave it.
  std::optional<std::string_view> explicit_hash_key() const noexcept { return explicit_hash_key_; }

  /// That of the Kinesis record. Together with the place in the aggregate it is unique in its shard.
  std::string_view sequence_number() const noexcept { return sequence_number_; }
  std::size_t sub_sequence_number() const noexcept { return sub_sequence_number_; }

  /// False for a Kinesis record that is no aggregate.
  bool is_aggregated() const noexcept { return is_aggregated_; }

 private:
  friend std::vector<UserRecord> user_records_in(const KinesisStreamRecord& record);

  std::string_view data_;
  std::string_view partition_key_;
  std::optional<std::string_view> explicit_hash_key_;
  std::string_view sequence_number_;
  std::size_t sub_sequence_number_ = 0;
  bool is_aggregated_ = false;
};

/// The user records of a Kinesis record, in order: those of an aggregate; else the record itself, as which
/// counts whatever has not the format's first bytes and its checksum. User records that are aggregates
/// themselves are not opened. Throws `InnerRecordError` for an aggregate that cannot be read, of which none
/// is given.
std::vector<UserRecord> user_records_in(const KinesisStreamRecord& record);

inline detail::InnerPayload inner_payload(const UserRecord& record) { return {"data", record.data()}; }

namespace detail {

struct UserRecords {
  using Inner = UserRecord;
  static std::vector<UserRecord> open(const KinesisStreamRecord& record) { return user_records_in(record); }
  static std::string place(std::size_t index) { return "user record " + std::to_string(index); }
};

}  // namespace detail

/// A handler of Kinesis records, made of a handler of their user records. It calls the handler for one after
/// the other. The first that fails, fails the Kinesis record by an `InnerRecordError`: it is reported by its
/// sequence number, and all its user records come again.
template <class Handler>
auto user_records(Handler&& handler) {
  return detail::handle_envelopes<detail::UserRecords>(std::forward<Handler>(handler));
}

}  // namespace batchproof
