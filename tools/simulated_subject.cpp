#include "simulated_subject.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <stdexcept>

#include "usage_error.hpp"
#include "window_subject.hpp"

namespace batchproof::tools {
namespace {

SimulatedSubject broken_subject(const std::string& subject, fixtures::Source source) {
  constexpr std::string_view prefix = "broken:";
  const std::string name = subject.starts_with(prefix) ? subject.substr(prefix.size()) : "";
  const auto& all = zoo::broken_processors();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& broken) { return broken.name == name; });
  if (found == all.end())
    throw UsageError(
        fmt::format("there is no subject \"{}\"; batchproof verify --list-subjects names them", subject));
  if (found->source != source)
    throw UsageError(fmt::format("\"{}\" is a processor of {}", subject, fixtures::name(found->source)));
  return {[name] { return zoo::make_broken_processor(name).subject; }, found->claims};
}

}  // namespace

SimulatedSubject simulated_subject(const std::string& name, fixtures::Source source,
                                   const fixtures::ProcessorClaims& claims) {
  if (!name.empty()) return broken_subject(name, source);
  if (fixtures::has_windows(source)) {
    return {[source] { return window_subject(source); },
            {.raise_on_entire_batch_failure = false, .stop_on_first_failure = true}};
  }
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
