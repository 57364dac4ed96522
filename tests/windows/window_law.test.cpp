// The windows of this library, judged by the laws of processors.

#include <batchproof/windows.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof {
namespace {

/// The state that the kit's functions of windows keep.
struct FoldedIdentifiers {
  std::vector<std::string> folded{};
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(FoldedIdentifiers, folded)

template <class Record>
std::string fold_identifiers(std::string_view payload, RecordProbe& probe) {
  probe.expect_promised_errors();
  bool is_finished = false;
  const auto fold = [&](FoldedIdentifiers& state, const Record& record) {
    state.folded.emplace_back(record.sequence_number());  // before it fails: the library undoes it
    probe(record);
  };
  const auto finish = [&](const FoldedIdentifiers&, const Window&) { is_finished = true; };
  std::string response = process_window<FoldedIdentifiers>(payload, fold, finish, BatchProcessor<Record>());
  if (!is_finished) return response;
  auto json = nlohmann::json::parse(response);
  json["state"]["finished"] = true;
  return json.dump();
}

template <class Record>
properties::Report verify_window(fixtures::Source source) {
  return properties::verify_laws(properties::processor_laws(), source, fold_identifiers<Record>,
                                 {.raise_on_entire_batch_failure = false, .stop_on_first_failure = true},
                                 {.cases = 300, .seed = 7, .hostile = true});
}

TEST(WindowLaws, HoldForKinesis) {
  const auto report = verify_window<KinesisStreamRecord>(fixtures::Source::kinesis_window);
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(WindowLaws, HoldForDynamoDb) {
  const auto report = verify_window<DynamoDbRecord>(fixtures::Source::dynamodb_window);
  EXPECT_TRUE(report.passed()) << report.text();
}

}  // namespace
}  // namespace batchproof
