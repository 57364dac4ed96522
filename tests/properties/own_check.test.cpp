#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/properties/verify.hpp>
#include <set>
#include <stdexcept>
#include <string>

namespace batchproof {
namespace {

using ::testing::HasSubstr;

/// A shop that books orders; the check compares its books with what was accepted.
struct Shop {
  std::multiset<std::string> booked{};
  bool books_before_it_looks = false;

  void handle(const SqsRecord& record) {
    if (books_before_it_looks) booked.emplace(record.message_id());
    if (record.body() != "good") throw std::invalid_argument("no order");
    if (!books_before_it_looks) booked.emplace(record.message_id());
  }

  std::string check(const properties::Observation& run) const {
    std::multiset<std::string> accepted;
    for (const auto& call : run.calls) {
      if (!call.threw) accepted.insert(call.item_identifier);
    }
    return booked == accepted ? ""
                              : "the books hold " + std::to_string(booked.size()) + " orders, not " +
                                    std::to_string(accepted.size());
  }
};

properties::Report verify(Shop& shop) {
  return verify_handler<SqsRecord>([&](const SqsRecord& record) { shop.handle(record); },
                                   {.accepted = {"good"},
                                    .rejected = {"bad"},
                                    .cases = 200,
                                    .seed = 7,
                                    .before_each = [&] { shop.booked.clear(); },
                                    .check = [&](const auto& run) { return shop.check(run); }});
}

TEST(OwnCheck, HoldsForAHandlerThatDoesAsItSays) {
  Shop shop;
  const auto report = verify(shop);
  EXPECT_TRUE(report) << report;
  EXPECT_TRUE(std::any_of(report.laws().begin(), report.laws().end(), [](const auto& law) {
    return law.id == "own-check" && law.state == properties::LawState::held && law.cases >= 200;
  }));
}

TEST(OwnCheck, ShrinksLikeALaw) {
  Shop shop{.books_before_it_looks = true};
  const auto report = verify(shop);
  EXPECT_EQ(report.broken_law(), "own-check");
  EXPECT_EQ(report.counterexample().batch_case.pattern(), "x");
  EXPECT_THAT(report.text(), HasSubstr("violated  the books hold 1 orders, not 0"));
  EXPECT_EQ(report.counterexample().expected, "nothing for the check to find");
  EXPECT_EQ(report.counterexample().actual, "the books hold 1 orders, not 0");
}

TEST(OwnCheck, IsNotApplicableWhereThereIsNone) {
  const auto report =
      verify_handler<SqsRecord>([](const SqsRecord&) {}, {.accepted = {"good"}, .cases = 10, .seed = 7});
  EXPECT_TRUE(report);
  EXPECT_TRUE(std::any_of(report.laws().begin(), report.laws().end(), [](const auto& law) {
    return law.id == "own-check" && law.state == properties::LawState::not_applicable;
  }));
}

TEST(OwnCheck, MayThrow) {
  const auto report = verify_handler<SqsRecord>(
      [](const SqsRecord&) {}, {.accepted = {"good"}, .cases = 10, .seed = 7, .check = [](const auto&) {
                                  throw std::runtime_error("the table is gone");
                                  return std::string();
                                }});
  EXPECT_EQ(report.broken_law(), "own-check");
  EXPECT_THAT(report.text(), HasSubstr("the check threw: "));
  EXPECT_THAT(report.text(), HasSubstr("the table is gone"));
}

}  // namespace
}  // namespace batchproof
