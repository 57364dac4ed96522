#pragma once

#include <batchproof/detail/export.hpp>
#include <batchproof/idempotency/store.hpp>
#include <map>
#include <mutex>

namespace batchproof::inline v0_1 {

/// Keeps claims and results in this process, for tests: other functions and other execution environments do
/// not see them. Nothing is removed. Unlike other stores it also refuses to complete a key that nobody holds.
class BATCHPROOF_EXPORT MemoryStore : public IdempotencyStore {
 public:
  std::optional<ExistingRecord> claim(const Claim& claim, std::chrono::milliseconds time_limit) override;
  bool complete(const Claim& claim, std::string_view result, std::chrono::milliseconds time_limit) override;
  void release(const Claim& claim, std::chrono::milliseconds time_limit) override;

 private:
  struct Entry {
    Claim claim;
    bool is_completed = false;
    std::string result;
  };
  std::mutex mutex_;
  std::map<std::string, Entry> entries_;
};

}  // namespace batchproof::inline v0_1
