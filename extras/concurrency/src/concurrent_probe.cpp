#include <algorithm>
#include <batchproof/concurrency/concurrent_probe.hpp>
#include <batchproof/fixtures/failure_kind.hpp>
#include <batchproof/fixtures/item_identifier.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/this_coro.hpp>
#include <exception>
#include <utility>

namespace batchproof::inline v0_1 {

/// As of `properties::HandledRecords`: the n-th call with one identifier stands for the n-th record with it,
/// and a surplus call for the last one.
bool ConcurrentProbe::rejects_next(const std::string& item_identifier) const {
  const auto has_it = [&](const auto& one) { return one.item_identifier == item_identifier; };
  auto earlier = std::count_if(seen_.calls.begin(), seen_.calls.end(), has_it);
  bool rejected = false;
  for (const fixtures::CaseRecord& record : case_.records) {
    if (!has_it(record)) continue;
    rejected = record.rejected;
    if (earlier-- == 0) break;
  }
  return rejected;
}

boost::asio::awaitable<void> ConcurrentProbe::operator()(std::string item_identifier) {
  const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
  turns_.refuse_elsewhere(executor);  // before another thread writes what follows
  item_identifier = fixtures::item_identifier_in(item_identifier, case_.source);
  const std::size_t call = seen_.calls.size();
  const bool rejected = rejects_next(item_identifier);
  seen_.calls.push_back({.item_identifier = item_identifier, .fields = {}, .threw = true});
  seen_.timeline->steps.push_back({call, false});
  std::exception_ptr cancelled;
  try {
    co_await turns_.turn();
  } catch (...) {
    cancelled = std::current_exception();
  }
  seen_.timeline->steps.push_back({call, true});
  if (cancelled) std::rethrow_exception(cancelled);
  seen_.calls[call].threw = rejected;
  if (rejected) fixtures::fail(fixtures::failure_kind(item_identifier), item_identifier);
}

}  // namespace batchproof::inline v0_1
