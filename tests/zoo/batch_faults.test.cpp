#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/properties/verify_laws.hpp>
#include <batchproof/zoo/batch_faults.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <numeric>
#include <set>

#include "../properties/profile.hpp"

namespace batchproof::zoo {
namespace {

using properties::few_seeds;
using properties::handler_laws;
using properties::is_thorough;
using properties::Law;
using properties::processor_laws;
using properties::Report;
using properties::under_sanitizer;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int enough_cases = 200;

std::vector<std::uint64_t> seeds_up_to(std::size_t count) {
  std::vector<std::uint64_t> seeds(count);
  std::iota(seeds.begin(), seeds.end(), 1U);
  return seeds;
}

/// The faults are tried in this order, each only by the law that it names.
std::vector<std::string> that_look_the_same(const std::vector<std::string>& names) {
  constexpr std::size_t seeds = 5;  // with one, different faults may look the same
  MutationMatrix matrix{.cases = enough_cases, .seeds = seeds_up_to(seeds)};
  const auto faults = batch_faults();
  for (const std::string& name : names) {
    const auto fault =
        std::find_if(faults.begin(), faults.end(), [&](const Fault& each) { return each.name == name; });
    if (fault == faults.end()) return {"there is no fault " + name};
    matrix.rows.push_back({.fault = *fault});
    for (const std::uint64_t seed : matrix.seeds)
      matrix.rows.back().own_law.push_back(fault->run(fault->own_laws.front(), enough_cases, seed));
  }
  std::vector<std::string> pairs;
  for (const std::string& gap : gaps_in(matrix)) {
    if (gap.find("look the same") != std::string::npos) pairs.push_back(gap.substr(0, gap.find(':')));
  }
  return pairs;
}

TEST(Zoo, IsCaughtByTheLawThatEachFaultNames) {
  std::vector<std::size_t> sizes;
  for (const Fault& fault : batch_faults()) {
    const std::string& law = fault.own_laws.front();
    ASSERT_THAT(fault.laws, Contains(law)) << fault.name;
    for (const std::uint64_t seed : seeds_up_to(is_thorough() ? 50 : few_seeds)) {
      const LawTrial trial = fault.run(law, enough_cases, seed);
      EXPECT_TRUE(trial.caught) << fault.name << ", seed " << seed;
      sizes.push_back(trial.size.value_or(0));
    }
  }
  std::sort(sizes.begin(), sizes.end());
  EXPECT_LE(sizes[sizes.size() / 2], 2U);
  EXPECT_LE(sizes[sizes.size() * 95 / 100], 3U);
}

TEST(Zoo, TellsApartFaultsOfOneSmallestCase) {
  const std::vector<std::vector<std::string>> of_one_smallest_case{
      {"ids_by_their_first_32", "bodies_for_messages"},
      {"lowest_as_double", "last_failure_as_checkpoint"},
      {"folds_the_failed_record", "drops_the_state_on_failure"},
      {"keeps_the_state_in_memory", "ignores_the_last_invocation"},
      {"swallows_rejection", "trusts_the_body"},
      {"keeps_a_quota", "refuses_the_smallest_order", "refuses_late_deliveries"}};
  for (const auto& names : of_one_smallest_case) EXPECT_THAT(that_look_the_same(names), IsEmpty());
}

TEST(Zoo, ShowsThatAFaultThatComesTwiceLooksTheSame) {
  EXPECT_THAT(that_look_the_same({"lowest_as_double", "swallows_rejection", "keeps_the_state_in_memory",
                                  "keeps_the_state_in_memory", "lowest_as_double", "swallows_rejection"}),
              ElementsAre("keeps_the_state_in_memory and keeps_the_state_in_memory look the same",
                          "lowest_as_double and lowest_as_double look the same",
                          "swallows_rejection and swallows_rejection look the same"));
}

TEST(ThoroughZoo, IsWorthHaving) {
  if (!is_thorough()) GTEST_SKIP() << "takes minutes: for BATCHPROOF_PROFILE=thorough";
  EXPECT_THAT(gaps_in(mutation_matrix(batch_faults(), enough_cases, seeds_up_to(5))), IsEmpty());
}

TEST(Zoo, HoldsEachFaultUnderANameOfItsOwn) {
  std::set<std::string> names;
  std::set<std::string> sentences;
  int handlers = 0;
  for (const Fault& fault : batch_faults()) {
    EXPECT_TRUE(names.insert(fault.name).second) << fault.name;
    EXPECT_TRUE(sentences.insert(fault.sentence).second) << fault.sentence;
    handlers += fault.in_a_handler ? 1 : 0;
  }
  EXPECT_GE(handlers, 16);
  EXPECT_GE(static_cast<int>(names.size()) - handlers, 62);
}

TEST(Zoo, HasSeveralFaultsForNearlyEachLaw) {
  const auto faults = batch_faults();
  for (const auto laws : {processor_laws(), handler_laws()}) {
    for (const Law& law : laws) {
      EXPECT_GE(std::count_if(faults.begin(), faults.end(),
                              [&](const Fault& fault) { return fault.own_laws.front() == law.id; }),
                2)
          << law.id;
    }
  }
}

TEST(Zoo, StandsOnAProcessorThatKeepsEveryLaw) {
  using fixtures::ProcessorClaims;
  using fixtures::Source;
  const std::vector<std::pair<Source, ProcessorClaims>> kinds{
      {Source::sqs, {}},
      {Source::sqs_fifo, {}},
      {Source::sqs_fifo, {.skip_group_on_error = true}},
      {Source::kinesis, {}},
      {Source::dynamodb, {}}};
  for (const auto& [source, claims] : kinds) {
    const Report report =
        properties::verify_laws(processor_laws(), source, reference_processor(source, claims), claims,
                                {.cases = under_sanitizer ? 100 : 500, .seed = 1});
    EXPECT_TRUE(report);
  }
}

// Matrices made by hand, to see that the judgement can fail.

LawTrial trial(const std::string& law, bool caught, const std::string& smallest_case = "") {
  return {.law = law, .seed = 7, .caught = caught, .cases = 3, .smallest_case = smallest_case};
}

FaultTrials caught(const std::string& name, const std::string& law, const std::string& smallest_case) {
  return {.fault = {.name = name, .sentence = "", .own_laws = {law}},
          .each_law = {trial(law, true, smallest_case)},
          .own_law = {trial(law, true, smallest_case)}};
}

/// One fault for each law, each with a smallest case of its own.
MutationMatrix sound_matrix() {
  MutationMatrix matrix{.cases = 10, .seeds = {7}};
  std::set<std::string> ids;  // one law is of processors and of handlers
  for (const auto laws : {processor_laws(), handler_laws()}) {
    for (const Law& law : laws) {
      const std::string id(law.id);
      if (ids.insert(id).second) matrix.rows.push_back(caught("breaks-" + id, id, "the case of " + id));
    }
  }
  return matrix;
}

TEST(GapsInAMutationMatrix, AreNoneWhereEachLawCatchesItsFault) {
  EXPECT_THAT(gaps_in(sound_matrix()), IsEmpty());
}

TEST(GapsInAMutationMatrix, NameAFaultThatItsLawMisses) {
  MutationMatrix matrix = sound_matrix();
  matrix.rows[0].own_law.push_back(trial("nothing-lost", false));
  EXPECT_THAT(gaps_in(matrix),
              ElementsAre("breaks-nothing-lost is not caught by nothing-lost within 10 cases, seed 7"));
}

TEST(GapsInAMutationMatrix, NameALawThatCatchesNothing) {
  MutationMatrix matrix = sound_matrix();
  matrix.rows.pop_back();
  EXPECT_THAT(gaps_in(matrix), ElementsAre("own-check catches nothing"));
}

TEST(GapsInAMutationMatrix, NameFaultsThatLookTheSame) {
  MutationMatrix matrix = sound_matrix();
  matrix.rows.push_back(caught("other", "verdict", "the case of verdict"));
  EXPECT_THAT(gaps_in(matrix),
              ElementsAre("breaks-verdict and other look the same: the same laws catch them, after as many "
                          "cases, with the same violations of the same smallest case"));
}

TEST(GapsInAMutationMatrix, DoNotNameFaultsThatOneTrialTellsApart) {
  const std::vector<void (*)(FaultTrials&)> differences{
      [](FaultTrials& other) { other.own_law[0].cases = 4; },
      [](FaultTrials& other) { other.own_law[0].smallest_case = "another case"; },
      [](FaultTrials& other) { other.own_law[0].violations = {"another sentence"}; },
      [](FaultTrials& other) { other.each_law[0].cases = 4; },
      [](FaultTrials& other) { other.each_law.push_back(trial("survives", true)); }};
  for (const auto& differ : differences) {
    MutationMatrix matrix = sound_matrix();
    matrix.rows.push_back(caught("other", "verdict", "the case of verdict"));
    differ(matrix.rows.back());
    EXPECT_THAT(gaps_in(matrix), IsEmpty()) << &differ - differences.data();
  }
}

TEST(GapsInAMutationMatrix, DoNotTellFaultsApartByALawThatMissesThem) {
  MutationMatrix matrix = sound_matrix();
  matrix.rows.push_back(caught("other", "verdict", "the case of verdict"));
  matrix.rows.back().each_law.push_back(trial("survives", false));
  EXPECT_THAT(gaps_in(matrix), ElementsAre(HasSubstr("breaks-verdict and other look the same")));
}

TEST(GapsInAMutationMatrix, NameAFaultOfALawThatDoesNotApply) {
  MutationMatrix matrix = sound_matrix();
  matrix.rows.push_back({.fault = {.name = "other", .sentence = "", .own_laws = {"checkpoint"}}});
  EXPECT_THAT(gaps_in(matrix), ElementsAre(HasSubstr("does not apply")));
}

}  // namespace
}  // namespace batchproof::zoo
