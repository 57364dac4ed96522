#include <algorithm>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/distribution.hpp>
#include <string>

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;

constexpr std::array<std::string_view, 6> labels_of_kinds{"saved",  "child process", "small",
                                                          "random", "damaged",       "near miss"};
constexpr std::array<std::string_view, 14> labels_of_sizes{"0", "1", "2", "3",  "4",  "5",  "6",
                                                           "7", "8", "9", "10", "11", "12", "more"};
constexpr std::array<std::string_view, 3> labels_of_failures{"none", "some", "all"};
constexpr std::array<std::string_view, 6> labels_of_groups{"0", "1", "2", "3", "4", "more"};

/// The share of records that the pattern rejects: 0 none, 1 some, 2 all.
std::size_t place_of_failures(const BatchCase& batch_case) {
  const auto& records = batch_case.records;
  const auto rejected =
      std::count_if(records.begin(), records.end(), [](const auto& record) { return record.rejected; });
  if (rejected == 0) return 0;
  return static_cast<std::size_t>(rejected) == records.size() ? 2 : 1;
}

/// The number of message groups; counts no further than `most`.
std::size_t count_groups(const BatchCase& batch_case, std::size_t most) {
  std::array<const std::string*, std::tuple_size_v<decltype(Distribution::groups)>> seen{};
  std::size_t groups = 0;
  for (const auto& record : batch_case.records) {
    if (groups == most) break;
    if (!record.message_group_id) continue;
    const auto end = seen.begin() + static_cast<std::ptrdiff_t>(groups);
    const bool known = std::any_of(
        seen.data(), end, [&](const std::string* group) { return *group == *record.message_group_id; });
    if (!known) seen[groups++] = &*record.message_group_id;
  }
  return groups;
}

template <std::size_t N>
void add_counts(std::array<std::size_t, N>& sum, const std::array<std::size_t, N>& counts) {
  for (std::size_t place = 0; place < N; ++place) sum[place] += counts[place];
}

template <std::size_t N>
Histogram histogram_of(std::string_view id, std::string_view title,
                       const std::array<std::string_view, N>& labels,
                       const std::array<std::size_t, N>& counts) {
  Histogram histogram{id, title, {}};
  histogram.bars.reserve(N);
  for (std::size_t place = 0; place < N; ++place) histogram.bars.push_back({labels[place], counts[place]});
  return histogram;
}

}  // namespace

void Distribution::count(CaseKind kind, const BatchCase& batch_case) {
  count(kind, 1);
  ++sizes[std::min(batch_case.records.size(), sizes.size() - 1)];
  ++failures[place_of_failures(batch_case)];
  if (fixtures::is_fifo_queue(batch_case.source)) ++groups[count_groups(batch_case, groups.size() - 1)];
}

Distribution& Distribution::operator+=(const Distribution& other) {
  add_counts(kinds, other.kinds);
  add_counts(sizes, other.sizes);
  add_counts(failures, other.failures);
  add_counts(groups, other.groups);
  return *this;
}

std::vector<Histogram> Distribution::histograms() const {
  return {histogram_of("kinds", "Kinds of input", labels_of_kinds, kinds),
          histogram_of("sizes", "Records in a batch", labels_of_sizes, sizes),
          histogram_of("failures", "Records to be rejected", labels_of_failures, failures),
          histogram_of("groups", "Message groups, SQS FIFO", labels_of_groups, groups)};
}

}  // namespace batchproof::properties
