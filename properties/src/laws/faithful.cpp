#include <algorithm>
#include <batchproof/properties/laws.hpp>
#include <utility>

#include "../evidence/text.hpp"

namespace batchproof::properties {
namespace {

using fixtures::SeenField;
using fixtures::SeenFields;

/// The fields of the record that the handler saw in this call, as they were sent. Null where nothing shows
/// what it saw, or where the case does not hold them, as one of a large batch does not.
const SeenFields* sent_fields(const Evidence& evidence, std::size_t call) {
  const auto index = evidence.handled().record_of_call[call];
  if (!index || !evidence.run.calls[call].fields) return nullptr;
  const SeenFields& sent = evidence.batch_case.records[*index].fields;
  return sent.empty() ? nullptr : &sent;
}

bool faithful_judges(const Evidence& evidence) {
  for (std::size_t call = 0; call < evidence.run.calls.size(); ++call) {
    if (evidence.run.calls[call].shown_as_sent || sent_fields(evidence, call) != nullptr) return true;
  }
  return false;
}

/// Enough of a value to recognise it.
std::string quote(std::string_view bytes) {
  constexpr std::size_t enough = 80;
  if (bytes.size() <= enough) return quote_bytes(bytes);
  return quote_bytes(bytes.substr(0, enough)) + "... (" + std::to_string(bytes.size()) + " bytes)";
}

/// The values of the sent fields of this name; several for a list.
std::string value_of(const SeenFields& sent, std::string_view name) {
  std::string values;
  for (const SeenField field : sent) {
    if (field.name == name) values += (values.empty() ? "" : ", ") + quote(field.value);
  }
  return values;
}

std::vector<Violation> compare(const std::string& record, const SeenFields& sent,
                               const RecordProbe::Call& call) {
  std::vector<Violation> violations;
  for (const SeenField field : *call.fields) {
    if (std::find(sent.begin(), sent.end(), field) != sent.end()) continue;
    const std::string name(field.name);
    const std::string value = value_of(sent, name);
    std::string violation = record;
    if (value.empty()) {
      (violation += " has no ") += name;
    } else {
      ((violation += ": ") += name).append(" is ").append(value);
    }
    (violation += "; the handler saw ") += quote(field.value);
    violations.push_back(std::move(violation));
  }
  if (!call.shows_every_field) return violations;
  for (const SeenField field : sent) {
    if (std::find(call.fields->begin(), call.fields->end(), field) != call.fields->end()) continue;
    violations.push_back(record + ": " + std::string(field.name) + " is " + quote(field.value) +
                         "; the handler did not see it");
  }
  if (violations.empty())
    violations.push_back(record + ": the handler saw its fields in another order or number");
  return violations;
}

std::vector<Violation> faithful_violations(const Evidence& evidence) {
  const HandledRecords& handled = evidence.handled();
  std::vector<Violation> violations;
  for (std::size_t call = 0; call < evidence.run.calls.size(); ++call) {
    const SeenFields* const sent = sent_fields(evidence, call);
    if (sent == nullptr || *evidence.run.calls[call].fields == *sent) continue;
    const std::string record = evidence.name_record(*handled.record_of_call[call]);
    const auto found = compare(record, *sent, evidence.run.calls[call]);
    violations.insert(violations.end(), found.begin(), found.end());
  }
  return violations;
}

}  // namespace

constinit const Law faithful{
    .id = "faithful",
    .sentence = "The handler sees each field of its own record, byte for byte.",
    .aws_page = "Invoking Lambda with events from other AWS services",
    .judges = faithful_judges,
    .violations = faithful_violations,
    .needs_fields = true,
};

}  // namespace batchproof::properties
