#include "simulated_subject.hpp"

#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <stdexcept>

#include "broken_subjects.hpp"
#include "window_subject.hpp"

namespace batchproof::tools {
SimulatedSubject simulated_subject(const std::string& name, fixtures::Source source,
                                   const fixtures::ProcessorClaims& claims) {
  if (!name.empty()) {
    const zoo::BrokenProcessor& broken = broken_processor(name, source);
    return {[&broken] { return zoo::make_broken_processor(broken.name).subject; }, broken.claims};
  }
  if (fixtures::has_windows(source)) return {[source] { return window_subject(source); }, window_claims};
  return {[source, claims] { return fixtures::library_processor(source, claims); }, claims};
}

SimulatedSubject failing_as_a_whole(const SimulatedSubject& subject, fixtures::Source source) {
  const auto failing = [source](const simulator::MakeSubject& make) -> simulator::MakeSubject {
    return [make, source]() -> fixtures::Subject {
      return [reporting = make(), source](std::string_view payload, RecordProbe& probe) {
        std::string response = reporting(payload, probe);
        if (!fixtures::read_service_answer(response, source).reported.empty())
          throw std::runtime_error("a record of the batch failed");
        return response;
      };
    };
  };
  SimulatedSubject whole{failing(subject.make), subject.claims, subject.smaller};
  auto& searched = whole.smaller.function;
  if (searched) searched = simulator::FunctionUnderTest(failing(searched->begin_world()));
  return whole;
}

}  // namespace batchproof::tools
