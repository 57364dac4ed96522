#pragma once

// Finds two handlers of this process that guard two effects of one record by the same key, so that the second
// effect would never happen:
//
//     note_key(store, call.key(), record.item_identifier(), identity_of(handler), earlier.has_value());

#include <batchproof/detail/export.hpp>
#include <batchproof/idempotency/store.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeindex>
#include <typeinfo>
#include <utility>

namespace batchproof::inline v0_1::detail {

/// Tells a handler from others: by its type, and by its address if it is a function. Its copies share it, and
/// it ends with the last one.
using HandlerIdentity = std::shared_ptr<const std::pair<std::type_index, void (*)()>>;

template <class Handler>
HandlerIdentity identity_of(const Handler& handler) {
  void (*address)() = nullptr;
  if constexpr (std::is_pointer_v<Handler> && std::is_function_v<std::remove_pointer_t<Handler>>)
    address = reinterpret_cast<void (*)()>(handler);
  return std::make_shared<const std::pair<std::type_index, void (*)()>>(typeid(Handler), address);
}

/// Notes that the handler asked for the key of this record. Throws `IdempotencyError` when the key is done,
/// and another handler, which still exists, has asked for it for the same record. From any thread.
BATCHPROOF_EXPORT void note_key(const IdempotencyStore& store, const std::string& key,
                                std::string_view item_identifier, const HandlerIdentity& handler,
                                bool is_done);

}  // namespace batchproof::inline v0_1::detail
