// The value of partial responses: the same queue with three functions.

#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/simulator.hpp>
#include <iostream>
#include <stdexcept>

namespace bp = batchproof;
using bp::fixtures::Source;

namespace {

void print(const char* function, const bp::simulator::SimulationReport& report) {
  const auto figures = bp::simulator::summary_of(report.finished());
  std::cout << function << ": " << figures.processed << " processed, " << figures.dead_lettered
            << " dead-lettered, " << figures.lost << " lost, " << figures.wasted_calls
            << " handler calls wasted\n";
}

}  // namespace

int main() {
  bp::simulator::World world{.source = Source::sqs,
                             .seed = 7,
                             .messages = 1000,
                             .sent_every = std::chrono::milliseconds(1),
                             .faults = {.poison = 20}};

  const auto reports = bp::fixtures::library_processor(Source::sqs, {});
  print("reports what failed", simulate(reports, world));

  const bp::fixtures::Subject fails = [&](std::string_view payload, bp::RecordProbe& probe) {
    std::string response = reports(payload, probe);
    if (!bp::fixtures::read_service_answer(response, Source::sqs).reported.empty())
      throw std::runtime_error("failed");
    return response;
  };
  print("fails as a whole", simulate(fails, world));

  world.report_batch_item_failures = false;  // as in a template that does not enable it
  print("reports, and is not read", simulate(reports, world));
}
