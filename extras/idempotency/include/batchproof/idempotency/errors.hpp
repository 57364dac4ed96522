#pragma once

// The errors by which `idempotent` itself fails a record; each is an `IdempotencyError`. A store may throw
// others, such as `aws::CallError`.
//
//   catch (const bp::InProgressError&) {}  // another delivery of the record is being handled

#include <batchproof/detail/export.hpp>
#include <stdexcept>

namespace batchproof::inline v0_1 {

/// The record was not handled, since it is unknown whether it was handled before. It is delivered again like
/// one that failed.
class BATCHPROOF_EXPORT IdempotencyError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Another delivery of the record is being handled, or was when its function crashed. The record can be
/// handled when that claim has expired.
class BATCHPROOF_EXPORT InProgressError : public IdempotencyError {
 public:
  using IdempotencyError::IdempotencyError;
};

/// The key was used before, for another payload.
class BATCHPROOF_EXPORT KeyReusedError : public IdempotencyError {
 public:
  using IdempotencyError::IdempotencyError;
};

/// The store could not be reached, refused a call, or gave an unreadable answer. A store may throw other
/// exceptions too: any exception of it fails the record.
class BATCHPROOF_EXPORT StoreError : public IdempotencyError {
 public:
  using IdempotencyError::IdempotencyError;
};

/// The record was handled, but meanwhile its claim had expired and another delivery had claimed the key: the
/// effect may happen twice. The handler took longer than `in_progress_expires_after`.
class BATCHPROOF_EXPORT ClaimLostError : public IdempotencyError {
 public:
  using IdempotencyError::IdempotencyError;
};

}  // namespace batchproof::inline v0_1
