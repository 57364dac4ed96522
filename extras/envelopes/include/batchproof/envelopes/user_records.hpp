#pragma once

// Records of the Kinesis Producer Library, several of which stand in one Kinesis record:
//
//   auto handler = bp::user_records([](const bp::UserRecord& record) { handle(record.data()); });

#include <batchproof/detail/export.hpp>
#include <batchproof/envelopes/envelope_handler.hpp>
#include <batchproof/kinesis_stream_record.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {

/// One record of a producer that used the Kinesis Producer Library: one of several in a Kinesis record, or
/// the Kinesis record itself when it is not an aggregate (awslabs/amazon-kinesis-producer, "KPL Aggregated
/// Record Format"). Its texts live as long as the event.
class UserRecord {
 public:
  std::string_view data() const noexcept { return data_; }
  std::string_view partition_key() const noexcept { return partition_key_; }

  /// Decimal digits; nothing unless the producer set it.
  std::optional<std::string_view> explicit_hash_key() const noexcept { return explicit_hash_key_; }

  /// The Kinesis record's. Together with the sub-sequence number it is unique in its shard.
  std::string_view sequence_number() const noexcept { return sequence_number_; }
  std::size_t sub_sequence_number() const noexcept { return sub_sequence_number_; }

  /// False for a Kinesis record that is not an aggregate.
  bool is_aggregated() const noexcept { return is_aggregated_; }

 private:
  friend std::vector<UserRecord> user_records_in(const KinesisStreamRecord& record);
  friend std::optional<std::vector<UserRecord>> read_aggregate(std::string_view data,
                                                               std::string_view sequence_number);

  std::string_view data_;
  std::string_view partition_key_;
  std::optional<std::string_view> explicit_hash_key_;
  std::string_view sequence_number_;
  std::size_t sub_sequence_number_ = 0;
  bool is_aggregated_ = false;
};

/// The user records of an aggregate, in order; nothing for other data. Data is an aggregate when it has the
/// format's first bytes and its checksum; one without user records gives none, as in the Kinesis Client
/// Library. User records that are aggregates themselves are not opened. Throws `InnerRecordError`, and
/// returns none of the records, for an aggregate that cannot be read.
BATCHPROOF_EXPORT std::optional<std::vector<UserRecord>> read_aggregate(std::string_view data,
                                                                        std::string_view sequence_number);

/// The user records of a Kinesis record: those of its aggregate, else the record itself. Throws as
/// `read_aggregate` does.
inline std::vector<UserRecord> user_records_in(const KinesisStreamRecord& record) {
  if (auto aggregated = read_aggregate(record.data(), record.sequence_number()))
    return *std::move(aggregated);
  UserRecord whole;
  whole.data_ = record.data();
  whole.partition_key_ = record.partition_key();
  whole.sequence_number_ = record.sequence_number();
  return {whole};
}

inline detail::InnerPayload inner_payload(const UserRecord& record) { return {"data", record.data()}; }

namespace detail {

struct UserRecords {
  using Inner = UserRecord;
  static std::vector<UserRecord> open(const KinesisStreamRecord& record) { return user_records_in(record); }
  static std::string place(std::size_t index) { return "user record " + std::to_string(index); }
};

}  // namespace detail

/// A handler of Kinesis records, made of a handler of their user records, which it calls for one after the
/// other. The first user record that fails also fails the Kinesis record, by an `InnerRecordError`: the
/// sequence number reports it, and the service delivers all its user records again. An aggregate without user
/// records succeeds without a call.
template <class Handler>
auto user_records(Handler&& handler) {
  return detail::handle_envelopes<detail::UserRecords>(std::forward<Handler>(handler));
}

}  // namespace batchproof::inline v0_1
