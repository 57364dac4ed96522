#pragma once

// A result that nlohmann's library cannot convert, in a format of its own.

#include <batchproof/idempotency/store.hpp>
#include <string>
#include <type_traits>

#include "claims.hpp"

namespace batchproof {

struct Receipt {
  int number = 0;
};

/// For `idempotent<ReceiptResults>`.
struct ReceiptResults {
  static std::string write(const Receipt& receipt) { return "receipt " + std::to_string(receipt.number); }

  template <class Value>
  static Value read(const std::string& text) {
    static_assert(std::is_same_v<Value, Receipt>);
    return {std::stoi(text.substr(std::string("receipt ").size()))};
  }
};

/// The text that the store keeps as the result of a key.
inline std::string kept_in(IdempotencyStore& store, const std::string& key) {
  const auto existing = store.claim(claim_of(key, "reader"), ample_time);
  return existing && existing->is_completed ? existing->result : "nothing";
}

}  // namespace batchproof
