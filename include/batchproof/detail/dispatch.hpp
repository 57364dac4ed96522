#pragma once

// Keeps as many workers (threads or coroutines) busy as a schedule allows. Not part of the public interface.

#include <batchproof/detail/export.hpp>
#include <batchproof/detail/schedule.hpp>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>

namespace batchproof::inline v0_1::detail {

/// A worker handles one record, asks `next` for another, and ends when there is none. If more records may
/// run than there are workers, new workers are begun. Safe to call from several threads.
class Dispatch {
 public:
  /// Begins a worker, with its first record, elsewhere: it must not run before this returns.
  using BeginWorker = std::function<void(std::size_t record)>;

  BATCHPROOF_EXPORT Dispatch(Schedule schedule, BeginWorker begin_worker);

  /// Begins the first workers; to be called once.
  BATCHPROOF_EXPORT void begin();

  /// Reports that a worker's record has finished. Returns its next one, or nothing when the worker must end.
  BATCHPROOF_EXPORT std::optional<std::size_t> next(std::size_t finished);

  /// Reports an error that is not a record's failure, such as a lack of memory. The worker must
  /// end, and no other record is started.
  BATCHPROOF_EXPORT void abandon(std::size_t record, std::exception_ptr error);

  /// True when no worker runs any more and none will.
  BATCHPROOF_EXPORT bool idle() const;

  /// Throws the error of the first `abandon`. To be called when idle.
  BATCHPROOF_EXPORT void rethrow() const;

 private:
  std::optional<std::size_t> start_next();
  void begin_workers();

  mutable std::mutex mutex_;
  Schedule schedule_;
  BeginWorker begin_worker_;
  std::exception_ptr error_;
};

}  // namespace batchproof::inline v0_1::detail
