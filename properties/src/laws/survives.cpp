#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

std::vector<Violation> survives_violations(const Evidence& evidence) {
  if (!evidence.run.process_end) return {};
  const std::string& how = *evidence.run.process_end;
  return {(how.starts_with("killed") ? "the process was " : "the process ") + how};
}

}  // namespace

constinit const Law survives{
    .id = "survives",
    .sentence = "No payload, damaged ones included, ends the process.",
    .aws_page = "Lambda execution environment lifecycle",
    .experiment = Experiment::in_child,
    .violations = survives_violations,
    .expected = "a process that survives",
};

}  // namespace batchproof::properties
