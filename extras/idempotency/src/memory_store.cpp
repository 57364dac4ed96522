#include <batchproof/idempotency/memory_store.hpp>

namespace batchproof::inline v0_1 {

std::optional<ExistingRecord> MemoryStore::claim(const Claim& claim, std::chrono::milliseconds) {
  const std::lock_guard lock(mutex_);
  const auto [found, is_new] = entries_.try_emplace(claim.key, Entry{claim, false, {}});
  Entry& entry = found->second;
  if (is_new || (entry.claim.token == claim.token && !entry.is_completed)) return std::nullopt;
  const auto valid_until = entry.is_completed ? entry.claim.expires : entry.claim.in_progress_until;
  if (valid_until < claim.now) {
    entry = {claim, false, {}};
    return std::nullopt;
  }
  return ExistingRecord{entry.is_completed, entry.result, entry.claim.validation};
}

bool MemoryStore::complete(const Claim& claim, std::string_view result, std::chrono::milliseconds) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(claim.key);
  if (found == entries_.end() || found->second.claim.token != claim.token) return false;
  found->second = {claim, true, std::string(result)};
  return true;
}

void MemoryStore::release(const Claim& claim, std::chrono::milliseconds) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(claim.key);
  if (found != entries_.end() && found->second.claim.token == claim.token && !found->second.is_completed)
    entries_.erase(found);
}

}  // namespace batchproof::inline v0_1
