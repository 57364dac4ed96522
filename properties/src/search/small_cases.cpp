#include "small_cases.hpp"

#include <algorithm>
#include <batchproof/fixtures/decimal.hpp>
#include <batchproof/fixtures/hash.hpp>
#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <cstdint>
#include <utility>

namespace batchproof::properties {
namespace {

using fixtures::Source;

constexpr std::size_t groups = 3;
constexpr char no_group = static_cast<char>(groups);
constexpr char steps = 3;

// A letter encodes the kind of a record, times two, and whether it is rejected.
char letter_of(char kind, bool rejected) { return static_cast<char>('0' + 2 * kind + (rejected ? 1 : 0)); }
char kind_of(char letter) { return static_cast<char>((letter - '0') / 2); }
bool is_rejected(char letter) { return (letter - '0') % 2 != 0; }

/// The kinds that the next record may have. Groups are named in the order in which they appear, so that no
/// two batches differ in names alone.
std::string next_kinds(Source source, bool hostile, const std::string& code) {
  std::string kinds;
  if (fixtures::is_stream(source)) {
    for (char kind = 0; kind < steps; ++kind) kinds += kind;
    return kinds;
  }
  if (source == Source::kafka) {  // an event holds the records of a partition together
    if (code.empty()) return std::string(1, 0);
    const char last = kind_of(code.back());
    kinds += last;
    return last + 1 < no_group ? kinds + static_cast<char>(last + 1) : kinds;
  }
  if (fixtures::has_partitions(source)) return std::string(1, no_group);  // a stream in a pipe
  char named = 0;
  for (const char letter : code) {
    if (kind_of(letter) != no_group) named = std::max(named, static_cast<char>(kind_of(letter) + 1));
  }
  for (char kind = 0; kind <= named && kind < no_group; ++kind) kinds += kind;
  return fixtures::is_fifo_queue(source) && !hostile ? kinds : kinds + no_group;
}

std::vector<std::string> every_code(Source source, std::size_t most_records, bool hostile) {
  std::vector<std::string> codes{""};
  for (std::size_t shorter = 0; codes[shorter].size() < most_records; ++shorter) {
    for (const char kind : next_kinds(source, hostile, codes[shorter])) {
      for (const bool rejected : {false, true}) codes.push_back(codes[shorter] + letter_of(kind, rejected));
    }
  }
  return codes;
}

/// The number plus one, plus seven, or with one more digit.
std::string next_sequence_number(std::string number, char kind) {
  if (kind == steps - 1) return number + '0';
  fixtures::add_to_decimal(number, kind == 0 ? 1 : 7);
  return number;
}

constexpr std::uint64_t salts = 1'000'000;

/// Six digits.
std::string digits_of(std::uint64_t salt) { return std::to_string(salts + salt % salts).substr(1); }

/// A number of the texts of these payloads.
std::uint64_t salt_of(const Payloads& payloads, std::uint64_t seed, std::size_t most_records) {
  std::uint64_t hash = fixtures::empty_hash;
  for (const auto* const list : {&payloads.accepted, &payloads.rejected}) {
    for (std::size_t position = 0; position < most_records && !list->empty(); ++position)
      hash = fixtures::hash_on(hash, (*list)[position % list->size()].draw(seed + position) + '\0');
  }
  return hash;
}

/// A number that is about to get one more digit, or to exceed 64 bits, if the source has such numbers. With
/// payloads more digits follow.
std::string first_sequence_number(Source source, char kind) {
  const std::size_t fewest = fixtures::info_of(source).sequence_number_digits.fewest;
  if (kind < 2) return std::string(fewest - 1, '9') + (kind == 0 ? "8" : "98");
  std::string number = "18446744073709551614";
  if (number.size() < fewest) number.insert(0, fewest - number.size(), '9');
  return number;
}

}  // namespace

SmallCases::SmallCases(Source source, std::size_t most_records, bool hostile)
    : source_(source), codes_(every_code(source, most_records, hostile)) {}

SmallCases::SmallCases(Source source, std::size_t most_records, bool hostile, Payloads payloads,
                       std::uint64_t seed)
    : source_(source),
      payloads_(std::move(payloads)),
      seed_(seed),
      salt_(salt_of(payloads_, seed, most_records)),
      codes_(every_code(source, most_records, hostile)) {
  if (payloads_.accepted.empty()) leave_out(false);
  if (payloads_.rejected.empty()) leave_out(true);
}

void SmallCases::leave_out(bool rejected) {
  const auto holds_one = [=](const std::string& code) {
    return std::any_of(code.begin(), code.end(),
                       [=](char letter) { return is_rejected(letter) == rejected; });
  };
  std::erase_if(codes_, holds_one);
}

const fixtures::CaseRecord& SmallCases::record(std::string name, const fixtures::PlainRecord& plain) {
  auto made = made_.find(name);
  if (made == made_.end())
    made = made_.emplace(std::move(name), fixtures::info_of(source_).plain_record(plain)).first;
  return made->second;
}

fixtures::BatchCase SmallCases::batch(std::size_t number) {
  const bool is_for_a_function = !payloads_.accepted.empty() || !payloads_.rejected.empty();
  fixtures::BatchCase batch{.source = source_, .records = {}};
  fixtures::PlainRecord plain;
  std::string sequence_number;
  for (const char letter : codes_[number]) {
    const std::size_t position = batch.records.size();
    const char kind = kind_of(letter);
    const auto& payloads = is_rejected(letter) ? payloads_.rejected : payloads_.accepted;
    constexpr std::size_t verdicts = 2;
    if (!payloads.empty()) plain.payload = payloads[position % payloads.size()].draw(seed_ + position);
    // An identifier tells the payload, so that a handler may remember those that it has seen.
    const std::size_t payload = payloads.empty() ? 0 : is_rejected(letter) ? 2 : 1;
    plain.place = payload == 0 ? position : verdicts * position + payload;
    if (fixtures::is_stream(source_)) {
      sequence_number =
          position == 0 ? first_sequence_number(source_, kind) : next_sequence_number(sequence_number, kind);
      plain.identifier = sequence_number;
      if (payload != 0)
        plain.identifier += digits_of(salt_) + static_cast<char>('0' + verdicts * (position % 4) + payload);
    } else if (source_ == Source::kafka) {  // a topic with a hyphen, and offsets about to get a digit more
      constexpr std::size_t first_offset = 8;
      const std::size_t offset = first_offset + position;
      plain.identifier = fixtures::kafka_identifier(
          (payload == 0 ? "new-orders-" : "new-orders" + digits_of(salt_) + '-') +
              std::to_string(static_cast<int>(kind)),
          static_cast<std::int64_t>(payload == 0 ? offset : 10 * offset + payload));
    } else if (fixtures::has_shards(source_)) {
      plain.identifier =
          fixtures::plain_identifier(source_, plain.place + (payload == 0 ? 0 : 100 * (salt_ % salts)));
    } else {
      plain.identifier = fixtures::message_id(payload == 0 ? 0 : salt_, plain.place);
      plain.group.reset();
      if (kind != no_group) plain.group = std::string(1, static_cast<char>('a' + kind));
    }
    batch.records.push_back(record(std::to_string(position) + letter + plain.identifier, plain));
    batch.records.back().rejected = is_rejected(letter);
  }
  fixtures::keep_invocation(batch, is_for_a_function);
  return batch;
}

}  // namespace batchproof::properties
