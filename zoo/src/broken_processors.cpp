#include <batchproof/zoo/broken_processors.hpp>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "broken/reference_steps.hpp"

namespace batchproof::zoo {

std::vector<BrokenProcessor> make_broken_processors() {
  std::vector<BrokenProcessor> joined;
  for (auto* part :
       {broken::faulty_reports, broken::faulty_handling, broken::faulty_fifo, broken::faulty_checkpoints,
        broken::faulty_partitions, broken::faulty_pipes, broken::faulty_windows, broken::faulty_isolation,
        broken::faulty_acceptance, broken::faulty_decoding, broken::faulty_responses, broken::faulty_twins,
        broken::faulty_workers, broken::faulty_bodies, broken::faulty_deadlines, broken::faulty_names,
        broken::faulty_sizes, broken::faulty_catches, broken::faulty_requests}) {
    auto processors = part();
    std::move(processors.begin(), processors.end(), std::back_inserter(joined));
  }
  return joined;
}

BrokenProcessor make_broken_processor(std::string_view name) {
  for (BrokenProcessor& broken : make_broken_processors()) {
    if (broken.name == name) return std::move(broken);
  }
  throw std::invalid_argument("there is no broken processor " + std::string(name));
}

const std::vector<BrokenProcessor>& broken_processors() {
  static const std::vector<BrokenProcessor> all = make_broken_processors();
  return all;
}

fixtures::Subject reference_processor(fixtures::Source source, const fixtures::ProcessorClaims& claims) {
  return broken::with_order(source, broken::right_order(source, claims));
}

}  // namespace batchproof::zoo
