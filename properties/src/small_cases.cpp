#include "small_cases.hpp"

#include <algorithm>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <utility>

namespace batchproof::properties {
namespace {

using fixtures::Source;

constexpr std::size_t most_records = 6;
constexpr std::size_t groups = 3;
constexpr char no_group = static_cast<char>(groups);
constexpr char steps = 3;

// A letter holds what kind of record it is, times two, and whether it is rejected.
char letter_of(char kind, bool rejected) { return static_cast<char>('0' + 2 * kind + (rejected ? 1 : 0)); }
char kind_of(char letter) { return static_cast<char>((letter - '0') / 2); }
bool is_rejected(char letter) { return (letter - '0') % 2 != 0; }

/// The kinds that the next record may be of. Groups are named in the order in which they appear, so that no
/// two batches differ in names alone.
std::string next_kinds(Source source, const std::string& code) {
  std::string kinds;
  if (fixtures::is_stream(source)) {
    for (char kind = 0; kind < steps; ++kind) kinds += kind;
    return kinds;
  }
  char named = 0;
  for (const char letter : code) {
    if (kind_of(letter) != no_group) named = std::max(named, static_cast<char>(kind_of(letter) + 1));
  }
  for (char kind = 0; kind <= named && kind < no_group; ++kind) kinds += kind;
  return kinds + no_group;
}

std::vector<std::string> every_code(Source source) {
  std::vector<std::string> codes{""};
  for (std::size_t shorter = 0; codes[shorter].size() < most_records; ++shorter) {
    for (const char kind : next_kinds(source, codes[shorter])) {
      for (const bool rejected : {false, true}) codes.push_back(codes[shorter] + letter_of(kind, rejected));
    }
  }
  return codes;
}

/// One more, seven more, or a digit more.
std::string next_sequence_number(std::string number, char kind) {
  if (kind == steps - 1) return number + '0';
  int carried = kind == 0 ? 1 : 7;
  for (std::size_t place = number.size(); place > 0 && carried > 0; carried /= 10) {
    carried += number[--place] - '0';
    number[place] = static_cast<char>('0' + carried % 10);
  }
  return carried > 0 ? std::to_string(carried) + number : number;
}

/// Numbers that are about to grow by a digit, or out of 64 bits.
std::string first_sequence_number(char kind) {
  return kind == 0 ? "8" : kind == 1 ? "98" : "18446744073709551614";
}

fixtures::PlainRecord plain_record_of(Source source, const SmallRecord& record) {
  fixtures::PlainRecord plain;
  plain.identifier =
      fixtures::is_stream(source) ? record.sequence_number : fixtures::message_id(0, record.position);
  plain.place = record.position;
  if (record.group) plain.group = std::string(1, static_cast<char>('a' + *record.group));
  return plain;
}

}  // namespace

SmallCases::SmallCases(Source source, MakeRecord make_record)
    : source_(source), make_record_(std::move(make_record)), codes_(every_code(source)) {}

void SmallCases::leave_out(bool rejected) {
  const auto holds_one = [=](const std::string& code) {
    return std::any_of(code.begin(), code.end(),
                       [=](char letter) { return is_rejected(letter) == rejected; });
  };
  codes_.erase(std::remove_if(codes_.begin(), codes_.end(), holds_one), codes_.end());
}

fixtures::BatchCase SmallCases::batch(std::size_t number) {
  fixtures::BatchCase batch;
  batch.source = source_;
  SmallRecord record;
  for (const char letter : codes_[number]) {
    const char kind = kind_of(letter);
    record.rejected = is_rejected(letter);
    std::string name = std::to_string(record.position) + letter;
    if (fixtures::is_stream(source_)) {
      record.sequence_number = record.position == 0 ? first_sequence_number(kind)
                                                    : next_sequence_number(record.sequence_number, kind);
      name += record.sequence_number;
    } else {
      record.group = kind == no_group ? std::nullopt : std::optional(static_cast<std::size_t>(kind));
    }
    auto made = made_.find(name);
    if (made == made_.end()) made = made_.emplace(std::move(name), make_record_(record)).first;
    batch.records.push_back(made->second);
    batch.records.back().rejected = record.rejected;
    ++record.position;
  }
  return batch;
}

fixtures::CaseRecord plain_small_record(Source source, const SmallRecord& record) {
  return fixtures::info_of(source).plain_record(plain_record_of(source, record));
}

fixtures::CaseRecord small_record_of(Source source, const SmallRecord& record, const std::string& payload) {
  fixtures::PlainRecord plain = plain_record_of(source, record);
  plain.payload = payload;
  return fixtures::info_of(source).plain_record(plain);
}

}  // namespace batchproof::properties
