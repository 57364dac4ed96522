// Processors that write responses that the service cannot read (well-formed).

#include "reference_steps.hpp"

#include <batchproof/fixtures/json_text.hpp>

namespace batchproof::zoo::broken {
namespace {

BrokenProcessor writes_wrongly(std::string name, std::string fault, Source source,
                               std::function<std::string(const std::vector<std::string>& failed)> write,
                               const ProcessorClaims& claims = {}) {
  return broken_report(
      std::move(name), std::move(fault), "well-formed", source,
      [write = std::move(write)](const Messages& messages) { return write(failed_identifiers(messages)); },
      claims);
}

/// Writes no escapes, and for an empty quote JSON numbers.
std::string write_by_hand(const std::vector<std::string>& failed, const std::string& quote) {
  std::string text = R"({"batchItemFailures":[)";
  for (const std::string& identifier : failed) {
    if (text.back() == '}') text += ',';
    text.append(R"({"itemIdentifier":)").append(quote).append(identifier).append(quote).append("}");
  }
  return text + "]}";
}

std::string write_with_key(const std::vector<std::string>& failed, const std::string& key) {
  auto failures = nlohmann::json::array();
  for (const std::string& identifier : failed) failures.push_back({{key, identifier}});
  return fixtures::to_text(nlohmann::json{{"batchItemFailures", failures}});
}

/// Writes the answer of a function behind an API.
std::string write_as_http_body(const std::vector<std::string>& failed) {
  return fixtures::to_text(nlohmann::json{{"statusCode", 200}, {"body", response_of(failed)}});
}

/// The handler got the record by reference, and shortened its identifier.
std::string write_changed_identifiers(std::vector<std::string> failed) {
  for (std::string& identifier : failed) identifier.resize(identifier.size() / 2);
  return response_of(failed);
}

}  // namespace

std::vector<BrokenProcessor> faulty_responses() {
  return {
      writes_wrongly("leaves_quotes_unescaped", "Identifiers are written without JSON's escapes.", sqs,
                     [](const auto& failed) { return write_by_hand(failed, "\""); }),
      writes_wrongly("wrong_key_name", "The key is called messageId.", sqs_fifo,
                     [](const auto& failed) { return write_with_key(failed, "messageId"); }),
      writes_wrongly("answers_nothing_when_all_is_well", "Without a failure the response is empty text.",
                     kinesis,
                     [](const auto& failed) { return failed.empty() ? std::string() : response_of(failed); }),
      writes_wrongly("answers_an_empty_list",
                     "The response is always an empty JSON list, which is success to a stream.", kinesis,
                     [](const auto&) { return std::string("[]"); }),
      writes_wrongly("answers_with_empty_identifier",
                     "To fail the whole batch it reports the empty identifier.", dynamodb,
                     [](const auto& failed) { return failed.empty() ? response_of({}) : response_of({""}); }),
      writes_wrongly("writes_numbers", "Sequence numbers are written without quotes.", kinesis,
                     [](const auto& failed) { return write_by_hand(failed, ""); }),
      writes_wrongly("answers_like_http", "The list stands inside the body of an HTTP response.", sqs,
                     write_as_http_body),
      writes_wrongly("reports_changed_identifiers",
                     "A handler changed the record, and the changed identifier is reported.", sqs,
                     write_changed_identifiers),
      writes_wrongly("raises_against_its_claim", "It claims to answer every batch, and throws on failures.",
                     sqs,
                     [](const auto& failed) -> std::string {
                       if (failed.size() > 1) throw RejectedRecord("several records failed");
                       return response_of(failed);
                     },
                     {.raise_on_entire_batch_failure = false}),
  };
}

}  // namespace batchproof::zoo::broken
