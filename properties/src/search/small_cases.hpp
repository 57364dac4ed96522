#pragma once

// All small batches, one after the other. What random cases find by chance these find for certain, as long as
// few records show it.

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/payloads.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace batchproof::properties {

/// Every batch of up to so many records in which each is accepted or rejected: of a queue in up to 3 message
/// groups or none, told apart by who shares a group; of a stream with numbers of several distances and
/// lengths; of Kafka in up to 3 partitions. Without a group is none of a FIFO queue, unless hostile. Smallest
/// first. One thread at a time.
class SmallCases {
 public:
  /// Records with nothing in them, for processors.
  SmallCases(fixtures::Source source, std::size_t most_records, bool hostile);

  /// Records that carry these payloads, drawn by the seed where they are functions, for handlers. Without a
  /// list there are no such records.
  SmallCases(fixtures::Source source, std::size_t most_records, bool hostile, Payloads payloads,
             std::uint64_t seed);

  std::size_t count() const noexcept { return codes_.size(); }
  fixtures::BatchCase batch(std::size_t number);

 private:
  void leave_out(bool rejected);
  const fixtures::CaseRecord& record(std::string name, const fixtures::PlainRecord& plain);

  fixtures::Source source_;
  Payloads payloads_;
  std::uint64_t seed_ = 0;
  std::vector<std::string> codes_;  // a letter for each record
  std::map<std::string, fixtures::CaseRecord> made_;
};

}  // namespace batchproof::properties
