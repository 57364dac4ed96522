#include <array>
#include <batchproof/concurrency/concurrency_law.hpp>
#include <batchproof/concurrency/laws/as_sequential.hpp>
#include <batchproof/concurrency/laws/comes_to_an_end.hpp>
#include <batchproof/concurrency/laws/lane_order.hpp>
#include <batchproof/concurrency/laws/lost_under_no_schedule.hpp>
#include <batchproof/concurrency/laws/within_limit.hpp>

namespace batchproof::properties {

std::span<const ConcurrencyLaw> concurrency_laws() noexcept {
  static const std::array laws{comes_to_an_end, within_limit, lane_order, lost_under_no_schedule,
                               as_sequential};
  return laws;
}

}  // namespace batchproof::properties
