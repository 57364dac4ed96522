// Rules only for Kafka.

#include <fmt/core.h>

#include "rules/all_rules.hpp"

namespace batchproof::lint {
namespace {

/// The settings that Kafka has only with provisioned pollers.
Violations lacks_pollers(const EventSource& source) {
  if (source.kind != SourceKind::kafka || source.provisioned_pollers.value) return {};
  Violations violations;
  const auto add = [&](Place place, std::string_view property) {
    violations.push_back(
        {.place = place,
         .what = fmt::format("{} of {} is set, and it has no ProvisionedPollerConfig", property, source.name),
         .instead = "ProvisionedPollerConfig: {MinimumPollers: 1}"});
  };
  if (source.reports_failures.is_given() && source.reports_failures.value)
    add(source.reports_failures.place, "FunctionResponseTypes");
  if (source.retry_attempts.is_given()) add(source.retry_attempts.place, "MaximumRetryAttempts");
  if (source.record_age.is_given()) add(source.record_age.place, "MaximumRecordAgeInSeconds");
  if (source.bisects.is_given() && source.bisects.value)
    add(source.bisects.place, "BisectBatchOnFunctionError");
  return violations;
}

}  // namespace

constinit const Rule kafka_needs_provisioned_pollers{
    .id = "kafka-needs-provisioned-pollers",
    .severity = Severity::error,
    .sentence = "A Kafka event source that limits retries or reports failures has provisioned pollers.",
    .why = "the service refuses these settings, so the earlier deployment stays in effect",
    .aws_page = "Configuring error handling controls for Kafka event sources",
    .violations_of_source = lacks_pollers,
};

}  // namespace batchproof::lint
