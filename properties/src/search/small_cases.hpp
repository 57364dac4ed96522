#pragma once

// All small batches, one after the other. They find for certain every violation that few records show; random
// cases find it by chance.

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

/// Every batch of up to `most_records` records, each accepted or rejected: for a queue in up to 3 message
/// groups or none, which differ in how records share groups; for a stream with sequence numbers of several
/// distances and lengths; for Kafka in up to 3 partitions. Messages of a FIFO queue lack a group only if
/// hostile. Smallest first. One thread at a time.
class SmallCases {
 public:
  /// Records without payloads, for processors.
  SmallCases(fixtures::Source source, std::size_t most_records, bool hostile);

  /// Records with these payloads, drawn from the seed if they are functions, for handlers. An empty list
  /// means no such records.
  SmallCases(fixtures::Source source, std::size_t most_records, bool hostile, Payloads payloads,
             std::uint64_t seed);

  /// Leaves out the batch without records, which is the first.
  void leave_out_empty() { codes_.erase(codes_.begin()); }

  std::size_t count() const noexcept { return codes_.size(); }
  fixtures::BatchCase batch(std::size_t number);

 private:
  void leave_out(bool rejected);
  const fixtures::CaseRecord& record(std::string name, const fixtures::PlainRecord& plain);

  fixtures::Source source_;
  Payloads payloads_;
  std::uint64_t seed_ = 0;
  std::uint64_t salt_ = 0;          // of the payloads: two verifications share no identifier for two payloads
  std::vector<std::string> codes_;  // a letter for each record
  std::map<std::string, fixtures::CaseRecord> made_;
};

}  // namespace batchproof::properties
