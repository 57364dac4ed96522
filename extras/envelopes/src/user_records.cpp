// Reads aggregates of the Kinesis Producer Library: a protocol buffer between four magic bytes and its MD5.
//
//     const Aggregate aggregate = read_message(message);
//     const IndexedRecord indexed = read_indexed(aggregate.records[index]);

#include <array>
#include <batchproof/detail/aggregated_record.hpp>
#include <batchproof/envelopes/user_records.hpp>
#include <boost/uuid/detail/md5.hpp>
#include <protozero/pbf_reader.hpp>
#include <string>
#include <vector>

namespace batchproof::inline v0_1 {
namespace {

using detail::aggregate_beginning;
constexpr std::size_t digest_bytes = 16;

std::array<char, digest_bytes> md5(std::string_view bytes) {
  boost::uuids::detail::md5 hash;
  boost::uuids::detail::md5::digest_type digest;
  const std::vector<char> aligned(bytes.begin(), bytes.end());  // Boost reads words
  hash.process_bytes(aligned.data(), aligned.size());
  hash.get_digest(digest);
  std::array<char, digest_bytes> text{};
  constexpr std::size_t word_bytes = sizeof digest[0];  // Boost before 1.86 returns words, later bytes
  for (std::size_t place = 0; place < digest_bytes; ++place) {
    const std::size_t shift = 8 * (word_bytes - 1 - place % word_bytes);
    text[place] = static_cast<char>(digest[place / word_bytes] >> shift);
  }
  return text;
}

/// The message of an aggregate; a view without data for other bytes.
std::string_view message_in(std::string_view data) {
  if (!data.starts_with(aggregate_beginning) || data.size() <= aggregate_beginning.size() + digest_bytes)
    return {};
  const std::string_view message =
      data.substr(aggregate_beginning.size(), data.size() - aggregate_beginning.size() - digest_bytes);
  const auto digest = md5(message);
  return data.ends_with(std::string_view(digest.data(), digest.size())) ? message : std::string_view();
}

/// A field of another type than the message's must not reach protozero, which only asserts it.
void expect_type(const protozero::pbf_reader& reader, protozero::pbf_wire_type type) {
  if (reader.wire_type() != type)
    throw InnerRecordError("the aggregate in kinesis/data cannot be read: its field " +
                           std::to_string(reader.tag()) + " has another type");
}

std::string_view bytes_of(protozero::pbf_reader& reader) {
  expect_type(reader, protozero::pbf_wire_type::length_delimited);
  const protozero::data_view view = reader.get_view();
  return {view.data(), view.size()};
}

std::uint64_t number_of(protozero::pbf_reader& reader) {
  expect_type(reader, protozero::pbf_wire_type::varint);
  return reader.get_uint64();
}

/// The fields of the messages AggregatedRecord and Record.
enum class Aggregated : protozero::pbf_tag_type {
  partition_key_table = 1,
  explicit_hash_key_table = 2,
  records = 3
};
enum class Single : protozero::pbf_tag_type {
  partition_key_index = 1,
  explicit_hash_key_index = 2,
  data = 3
};

struct Aggregate {
  std::vector<std::string_view> partition_keys;
  std::vector<std::string_view> explicit_hash_keys;
  std::vector<std::string_view> records;
};

struct IndexedRecord {
  std::optional<std::uint64_t> partition_key;
  std::optional<std::uint64_t> explicit_hash_key;
  std::optional<std::string_view> data;
};

/// Throws a `protozero::exception` or an `InnerRecordError`. Unknown fields may have any type.
Aggregate read_message(std::string_view message) {
  Aggregate aggregate;
  protozero::pbf_reader reader(message.data(), message.size());
  while (reader.next()) {
    switch (static_cast<Aggregated>(reader.tag())) {
      case Aggregated::partition_key_table:
        aggregate.partition_keys.push_back(bytes_of(reader));
        break;
      case Aggregated::explicit_hash_key_table:
        aggregate.explicit_hash_keys.push_back(bytes_of(reader));
        break;
      case Aggregated::records:
        aggregate.records.push_back(bytes_of(reader));
        break;
      default:
        reader.skip();
    }
  }
  return aggregate;
}

IndexedRecord read_indexed(std::string_view message) {
  IndexedRecord record;
  protozero::pbf_reader reader(message.data(), message.size());
  while (reader.next()) {
    switch (static_cast<Single>(reader.tag())) {
      case Single::partition_key_index:
        record.partition_key = number_of(reader);
        break;
      case Single::explicit_hash_key_index:
        record.explicit_hash_key = number_of(reader);
        break;
      case Single::data:
        record.data = bytes_of(reader);
        break;
      default:
        reader.skip();
    }
  }
  return record;
}

[[noreturn]] void fail(std::size_t index, const std::string& what_was_wrong) {
  throw InnerRecordError("the aggregate in kinesis/data cannot be read: user record " +
                         std::to_string(index) + " " + what_was_wrong);
}

std::string_view entry(const std::vector<std::string_view>& table, std::uint64_t place, std::size_t index,
                       const char* name) {
  if (place < table.size()) return table[place];
  fail(index, "names " + std::string(name) + " " + std::to_string(place) + ", but the aggregate has " +
                  std::to_string(table.size()));
}

}  // namespace

std::optional<std::vector<UserRecord>> read_aggregate(std::string_view data,
                                                      std::string_view sequence_number) {
  const std::string_view message = message_in(data);
  if (message.data() == nullptr) return std::nullopt;
  std::vector<UserRecord> all;
  try {
    const Aggregate aggregate = read_message(message);
    all.reserve(aggregate.records.size());
    for (std::size_t index = 0; index < aggregate.records.size(); ++index) {
      const IndexedRecord indexed = read_indexed(aggregate.records[index]);
      if (!indexed.partition_key || !indexed.data) fail(index, "lacks its partition key or its data");
      UserRecord& user = all.emplace_back();
      user.data_ = *indexed.data;
      user.partition_key_ = entry(aggregate.partition_keys, *indexed.partition_key, index, "partition key");
      if (indexed.explicit_hash_key) {
        user.explicit_hash_key_ =
            entry(aggregate.explicit_hash_keys, *indexed.explicit_hash_key, index, "explicit hash key");
      }
      user.sequence_number_ = sequence_number;
      user.sub_sequence_number_ = index;
      user.is_aggregated_ = true;
    }
  } catch (const protozero::exception& error) {
    throw InnerRecordError(std::string("the aggregate in kinesis/data cannot be read: ") + error.what());
  }
  return all;
}

}  // namespace batchproof::inline v0_1
