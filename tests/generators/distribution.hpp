#pragma once

// Features that must be frequent among drawn batches.

#include <algorithm>
#include <batchproof/fixtures/batch_case.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::generators {

inline std::optional<std::string_view> field_of(const fixtures::CaseRecord& record, std::string_view name) {
  for (const fixtures::SeenField field : record.fields) {
    if (field.name == name) return field.value;
  }
  return std::nullopt;
}

inline std::size_t failures_of(const fixtures::BatchCase& batch) {
  return static_cast<std::size_t>(std::count_if(batch.records.begin(), batch.records.end(),
                                                [](const auto& record) { return record.rejected; }));
}

/// How many message groups, partition keys or items the batch is about.
inline std::size_t groups_of(const fixtures::BatchCase& batch) {
  std::set<std::string> groups;
  for (const fixtures::CaseRecord& record : batch.records) {
    for (const char* name :
         {"attributes.MessageGroupId", "kinesis.partitionKey", "dynamodb.Keys.id.S", "topic_partition"}) {
      if (const auto group = field_of(record, name)) groups.emplace(*group);
    }
  }
  return groups.size();
}

struct Feature {
  std::string name;
  std::function<bool(const fixtures::BatchCase& batch)> shown_by;
};

/// The features that fewer of the batches show than so many percent.
inline std::vector<std::string> rare_features(const std::vector<fixtures::BatchCase>& batches,
                                              const std::vector<Feature>& features, std::size_t percent) {
  std::vector<std::string> rare;
  for (const Feature& feature : features) {
    const auto count =
        static_cast<std::size_t>(std::count_if(batches.begin(), batches.end(), feature.shown_by));
    if (count * 100 < batches.size() * percent) rare.push_back(feature.name + ": " + std::to_string(count));
  }
  return rare;
}

/// Features that a twentieth of the batches of any source must show.
inline std::vector<Feature> common_features(std::size_t largest_batch) {
  using fixtures::BatchCase;
  return {
      {"none failed",
       [](const BatchCase& batch) { return !batch.records.empty() && failures_of(batch) == 0; }},
      {"some failed",
       [](const BatchCase& batch) {
         return failures_of(batch) > 0 && failures_of(batch) < batch.records.size();
       }},
      {"all failed",
       [](const BatchCase& batch) {
         return failures_of(batch) > 1 && failures_of(batch) == batch.records.size();
       }},
      {"the smallest size", [](const BatchCase& batch) { return batch.records.empty(); }},
      {"the largest size", [=](const BatchCase& batch) { return batch.records.size() == largest_batch; }},
  };
}

}  // namespace batchproof::generators
