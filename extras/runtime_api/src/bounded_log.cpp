#include "bounded_log.hpp"

#include <algorithm>
#include <utility>

namespace batchproof::runtime_api {

void BoundedLog::append(std::string_view text) {
  const std::size_t half = limit_bytes_ / 2;
  const std::size_t fits = std::min(text.size(), half - std::min(half, beginning_.size()));
  beginning_ += text.substr(0, fits);
  end_ += text.substr(fits);
  if (end_.size() <= 2 * half) return;  // cut rarely, since that moves the rest
  left_out_bytes_ += end_.size() - half;
  end_.erase(0, end_.size() - half);
}

std::string BoundedLog::take() {
  const std::size_t half = limit_bytes_ / 2;
  if (end_.size() > half) {
    left_out_bytes_ += end_.size() - half;
    end_.erase(0, end_.size() - half);
  }
  std::string log = std::exchange(beginning_, {});
  if (left_out_bytes_ > 0) log += "\n[batchproof left out " + std::to_string(left_out_bytes_) + " bytes]\n";
  log += std::exchange(end_, {});
  left_out_bytes_ = 0;
  return log;
}

}  // namespace batchproof::runtime_api
