#include <algorithm>
#include <batchproof/concurrency/concurrent_probe.hpp>
#include <batchproof/fixtures/failure_kind.hpp>
#include <utility>

namespace batchproof::inline v0_1 {

boost::asio::awaitable<void> ConcurrentProbe::operator()(std::string item_identifier) {
  const std::size_t call = seen_.calls.size();
  const auto record = std::find_if(
      case_.records.begin(), case_.records.end(),
      [&](const fixtures::CaseRecord& candidate) { return candidate.item_identifier == item_identifier; });
  const bool rejected = record != case_.records.end() && record->rejected;
  seen_.calls.push_back({.item_identifier = item_identifier, .fields = {}, .threw = true});
  seen_.timeline->steps.push_back({call, false});
  co_await turns_.turn();
  seen_.timeline->steps.push_back({call, true});
  seen_.calls[call].threw = rejected;
  if (rejected) fixtures::fail(fixtures::failure_kind(item_identifier), item_identifier);
}

}  // namespace batchproof::inline v0_1
