// The workloads of the laws: random cases of each source, each judged by all of them.

#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "run_workloads.hpp"

namespace {

namespace bp = batchproof;
using bp::bench::Workload;

constexpr int cases = 50;

Workload verify(bp::fixtures::Source source) {
  return {"verify " + std::string(bp::fixtures::name(source)), [=] {
            return [=, subject = bp::fixtures::library_processor(source, {})] {
              const auto report = bp::properties::verify_laws(bp::properties::processor_laws(), source,
                                                              subject, {}, {.cases = cases, .seed = 7});
              if (!report.passed()) throw std::runtime_error("the verification that is counted failed");
            };
          }};
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<Workload> workloads;
  for (const auto source : bp::fixtures::all_sources) workloads.push_back(verify(source));
  return bp::bench::run_workloads({arguments, arguments + count}, workloads);
}
