#include <array>
#include <batchproof/idempotency/errors.hpp>
#include <batchproof/idempotency/key_owners.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1::detail {
namespace {

/// The handler that asked for a key last, and the record for which it did.
struct Owner {
  std::size_t hash_of_key = 0;
  std::size_t hash_of_record = 0;
  std::weak_ptr<const HandlerIdentity::element_type> handler{};
};

/// The owners of the last keys, each in the place that the hash of its key has. The handlers of a record ask
/// for a key one soon after the other, so it matters little that a later key takes the place of an earlier
/// one. Nothing is allocated.
struct Owners {
  std::mutex mutex{};
  std::array<Owner, 1'024> of_hashes{};
};

}  // namespace

void note_key(const IdempotencyStore& store, const std::string& key, std::string_view item_identifier,
              const HandlerIdentity& handler, bool is_done) {
  static Owners owners;
  constexpr std::hash<std::string_view> hash_of;
  const std::size_t hash = hash_of(key) ^ std::hash<const void*>()(&store);
  const std::size_t hash_of_record = hash_of(item_identifier);
  const std::lock_guard lock(owners.mutex);
  Owner& owner = owners.of_hashes[hash % owners.of_hashes.size()];
  const HandlerIdentity earlier = owner.handler.lock();
  if (is_done && earlier && *earlier != *handler && owner.hash_of_key == hash &&
      owner.hash_of_record == hash_of_record) {
    throw IdempotencyError(
        "the key " + key +
        " of this record belongs to another handler on the same store, so this one would be "
        "skipped: give each effect that is guarded by itself its own .prefix");
  }
  owner = {hash, hash_of_record, handler};
}

}  // namespace batchproof::inline v0_1::detail
