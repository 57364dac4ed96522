// The workloads of the generators: drawing a batch of each source and writing its event.

#include <rapidcheck/Gen.h>
#include <rapidcheck/Random.h>

#include <batchproof/generators/batch_case.hpp>
#include <string>
#include <vector>

#include "keep.hpp"
#include "run_workloads.hpp"

namespace {

namespace bp = batchproof;
using bp::bench::Workload;

constexpr std::size_t records = 100;

Workload draw_and_write(bp::fixtures::Source source) {
  return {"generate " + std::string(bp::fixtures::name(source)), [=] {
            const auto generator =
                bp::generators::batch_case(source, {.largest_batch = records, .smallest_batch = records});
            return [=] { bp::bench::keep(generator(rc::Random(7), rc::kNominalSize).value().payload()); };
          }};
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<Workload> workloads;
  for (const auto source : bp::fixtures::all_sources) workloads.push_back(draw_and_write(source));
  return bp::bench::run_workloads({arguments, arguments + count}, workloads);
}
