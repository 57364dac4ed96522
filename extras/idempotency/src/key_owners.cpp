#include <batchproof/idempotency/errors.hpp>
#include <batchproof/idempotency/key_owners.hpp>
#include <cstddef>
#include <map>
#include <mutex>
#include <utility>

namespace batchproof::inline v0_1::detail {
namespace {

struct Owner {
  std::weak_ptr<const HandlerIdentity::element_type> handler{};
  std::string item_identifier{};
};

/// The handlers that asked for the last keys.
struct Owners {
  std::mutex mutex{};
  std::map<std::pair<const IdempotencyStore*, std::string>, Owner> of_keys{};
};

constexpr std::size_t most_keys = 10'000;  // the records of the largest batch

}  // namespace

void note_key(const IdempotencyStore& store, const std::string& key, std::string_view item_identifier,
              const HandlerIdentity& handler, bool is_done) {
  static Owners owners;
  const std::lock_guard lock(owners.mutex);
  if (owners.of_keys.size() >= most_keys) owners.of_keys.clear();
  Owner& owner = owners.of_keys[{&store, key}];
  const HandlerIdentity earlier = owner.handler.lock();
  if (is_done && earlier && *earlier != *handler && owner.item_identifier == item_identifier) {
    throw IdempotencyError(
        "the key " + key +
        " of this record belongs to another handler on the same store, so this one would be "
        "skipped: give each effect that is guarded by itself its own .prefix");
  }
  owner = {handler, std::string(item_identifier)};
}

}  // namespace batchproof::inline v0_1::detail
