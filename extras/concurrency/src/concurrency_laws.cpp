#include <array>
#include <batchproof/concurrency/laws.hpp>
#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {

std::span<const Law> concurrency_laws() noexcept {
  static const std::array laws{comes_to_an_end,        within_limit,  in_key_order,
                               lost_under_no_schedule, as_sequential, fresh};
  return laws;
}

}  // namespace batchproof::properties
