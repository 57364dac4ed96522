#include <gmock/gmock.h>

#include <batchproof/fixtures/law_named.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <batchproof/zoo/mutation_matrix.hpp>
#include <stdexcept>

namespace batchproof::zoo {
namespace {

using fixtures::ids_of;
using fixtures::law_named;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct NamedLaw {
  std::string_view id;
};
const std::vector<NamedLaw> three_laws{{"a"}, {"b"}, {"c"}};

/// A fault that laws a and b apply to; a, which must catch it, misses it with this seed.
Fault fault(std::string name, std::uint64_t missed_with = 0) {
  return {.name = std::move(name),
          .sentence = "",
          .own_laws = {"a"},
          .laws = {"a", "b"},
          .run = [=](std::string_view law, int cases, std::uint64_t seed) {
            return LawTrial{.law = std::string(law),
                            .seed = seed,
                            .caught = law == "a" && seed != missed_with,
                            .cases = cases};
          }};
}

TEST(MutationMatrix, TriesEachLawWithTheFirstSeedAndItsOwnWithAll) {
  std::vector<std::string> begun;
  const auto matrix =
      mutation_matrix({fault("one"), fault("two")}, 20, {7, 8},
                      [&](std::size_t number, std::size_t of, const std::string& name) {
                        begun.push_back(std::to_string(number) + "/" + std::to_string(of) + " " + name);
                      });
  EXPECT_THAT(begun, ElementsAre("1/2 one", "2/2 two"));
  ASSERT_EQ(matrix.rows.size(), 2U);
  const FaultTrials& row = matrix.rows[1];
  ASSERT_EQ(row.each_law.size(), 2U);
  EXPECT_EQ(row.each_law[1].law, "b");
  EXPECT_EQ(row.each_law[1].cases, 20);
  ASSERT_EQ(row.own_law.size(), 2U);
  EXPECT_EQ(row.own_law[0].seed, 7U);
  EXPECT_EQ(row.own_law[1].seed, 8U);
  EXPECT_TRUE(row.is_caught_by("a"));
  EXPECT_FALSE(row.is_caught_by("b"));
  EXPECT_EQ(row.trial_of("c"), nullptr);
  EXPECT_TRUE(row.must_be_caught_by("a"));
  EXPECT_FALSE(row.must_be_caught_by("b"));
}

TEST(MutationMatrix, HasGapsWhereALawMissesItsFaultOrCatchesNothing) {
  const auto matrix = mutation_matrix({fault("one", 8)}, 20, {7, 8});
  EXPECT_THAT(gaps_in(matrix, ids_of(three_laws)),
              ElementsAre("one is not caught by a within 20 cases, seed 8", "b catches nothing",
                          "c catches nothing"));
  EXPECT_THAT(gaps_in(matrix, {"a"}), ElementsAre("one is not caught by a within 20 cases, seed 8"));
}

TEST(MutationMatrix, OfAShardHasItsFaultsAndMissesNoLaw) {
  const std::vector<Fault> zoo{fault("one"), fault("two"), fault("three"), fault("four")};
  std::size_t rows = 0;
  for (std::size_t index = 0; index < 3; ++index) {
    const auto matrix = mutation_matrix(zoo, 20, {7}, {}, {.index = index, .count = 3});
    rows += matrix.rows.size();
    EXPECT_THAT(gaps_in(matrix, ids_of(three_laws)), IsEmpty());
  }
  EXPECT_EQ(rows, zoo.size());
}

TEST(MutationMatrix, NamesALawThatDoesNotApplyToItsFault) {
  Fault other = fault("one");
  other.own_laws.emplace_back("c");
  EXPECT_THAT(gaps_in(mutation_matrix({other}, 20, {7}), {}),
              ElementsAre("one names a law that does not apply to it: c"));
}

TEST(LawNamed, FindsALawOrNone) {
  EXPECT_EQ(law_named(three_laws, "b"), &three_laws[1]);
  EXPECT_EQ(law_named(three_laws, "d"), nullptr);
}

TEST(BrokenProcessors, AreMadeByTheirNames) {
  EXPECT_EQ(make_broken_processor("loses_last_failure").law, "nothing-lost");
  EXPECT_THROW(make_broken_processor("no_such_fault"), std::invalid_argument);
}

}  // namespace
}  // namespace batchproof::zoo
