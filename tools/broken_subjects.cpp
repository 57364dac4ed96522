#include "broken_subjects.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/zoo/batch_faults.hpp>
#include <batchproof/zoo/broken_handlers.hpp>

#include "usage_error.hpp"

namespace batchproof::tools {

std::vector<VerifySubject> broken_subjects() {
  std::vector<VerifySubject> subjects;
  for (const auto& broken : zoo::broken_processors()) {
    subjects.push_back({"broken:" + broken.name,
                        broken.fault,
                        {processor_run("", broken.source, broken.claims, broken.subject)}});
  }
  for (const auto& broken : zoo::broken_handlers()) {
    subjects.push_back({"broken:" + broken.name,
                        broken.fault,
                        {handler_run<SqsRecord>(broken.handler, zoo::contract_of(broken))}});
  }
  return subjects;
}

const zoo::BrokenProcessor& broken_processor(std::string_view subject, fixtures::Source source) {
  const auto& all = zoo::broken_processors();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const auto& broken) { return "broken:" + broken.name == subject; });
  if (found == all.end())
    throw UsageError(
        fmt::format("there is no processor \"{}\"; batchproof verify --list-subjects names them", subject));
  if (found->source != source)
    throw UsageError(fmt::format("\"{}\" is a processor of {}, and not of {}", subject,
                                 fixtures::name(found->source), fixtures::name(source)));
  return *found;
}

}  // namespace batchproof::tools
