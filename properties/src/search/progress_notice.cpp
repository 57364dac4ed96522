#include "progress_notice.hpp"

#include <ostream>
#include <utility>

namespace batchproof::properties {

ProgressNotice::ProgressNotice(std::ostream& out, Now now)
    : out_(out), now_(std::move(now)), start_(now_()) {}

void ProgressNotice::at(const std::function<std::string()>& place) {
  const auto taken = std::chrono::duration_cast<std::chrono::seconds>(now_() - start_);
  if (taken < next_) return;
  out_ << "batchproof: " << place() << " after " << taken.count() << " s\n";
  if (next_ == first) out_ << "            (fewer .cases, or BATCHPROOF_PROFILE=quick, take less time)\n";
  out_ << std::flush;
  while (next_ <= taken) next_ *= 2;
}

}  // namespace batchproof::properties
