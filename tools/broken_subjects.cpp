#include "broken_subjects.hpp"

#include <batchproof/zoo/batch_faults.hpp>
#include <batchproof/zoo/broken_handlers.hpp>
#include <batchproof/zoo/broken_processors.hpp>

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

}  // namespace batchproof::tools
