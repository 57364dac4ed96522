// Payloads that are drawn, near misses of them, and what payloads a counterexample shows.

#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/seen_fields.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/zoo/broken_handlers.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../scratch_path.hpp"

namespace batchproof {
namespace {

using properties::Report;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr std::chrono::milliseconds no_small_cases{0};

std::string good_order(std::uint64_t seed) {
  return R"({"quantity": )" + std::to_string(seed % 1000 + 1) + "}";
}
std::string bad_order(std::uint64_t seed) { return R"({"quantity": -)" + std::to_string(seed % 1000) + "}"; }

VerifyHandlerOptions drawn_orders() {
  return {.accepted = {R"({"quantity": 2})", good_order},
          .rejected = {bad_order, "not json"},
          .cases = 100,
          .seed = 7,
          .small_cases_budget = no_small_cases};
}

std::vector<std::string> payloads_of(const Report& report) {
  std::vector<std::string> payloads;
  for (const auto& payload : fixtures::payloads_in(report.counterexample().batch_case))
    payloads.push_back(payload.value_or("none"));
  return payloads;
}

TEST(DrawnPayloads, AreOfTheirList) {
  const Report report = verify_handler<SqsRecord>(zoo::handle_order, drawn_orders());
  EXPECT_TRUE(report) << report;
}

TEST(DrawnPayloads, AreTheSameForTheSameSeed) {
  const auto seen_with_seed = [](std::uint64_t seed) {
    std::vector<std::string> seen;
    const auto note = [&](const SqsRecord& record) {
      seen.emplace_back(record.body());
      zoo::handle_order(record);
    };
    VerifyHandlerOptions options = drawn_orders();
    options.seed = seed;
    EXPECT_TRUE(verify_handler<SqsRecord>(note, options));
    return seen;
  };
  const auto seen = seen_with_seed(7);
  EXPECT_GT(std::set<std::string>(seen.begin(), seen.end()).size(), 100U);
  EXPECT_EQ(seen, seen_with_seed(7));
  EXPECT_NE(seen, seen_with_seed(8));
}

TEST(DrawnPayloads, FindWhatTheExamplesDoNot) {
  const auto refuse_large = [](const SqsRecord& record) {
    zoo::handle_order(record);
    if (nlohmann::json::parse(record.body())["quantity"] > 700) throw std::out_of_range("too many");
  };
  const Report report = verify_handler<SqsRecord>(refuse_large, drawn_orders());
  ASSERT_EQ(report.broken_law(), "verdict") << report;
  EXPECT_EQ(report.counterexample().size(), 1U);
}

TEST(DrawnPayloads, AreSavedAsTheyWereDrawn) {
  const std::string folder = scratch_path("drawn_payloads");
  VerifyHandlerOptions options = drawn_orders();
  options.regressions = folder;
  const auto refuse_large = [](const SqsRecord& record) {
    zoo::handle_order(record);
    if (nlohmann::json::parse(record.body())["quantity"] > 700) throw std::out_of_range("too many");
  };
  const auto drawn = payloads_of(verify_handler<SqsRecord>(refuse_large, options));
  options.accepted = {R"({"quantity": 2})"};  // the function is gone
  options.seed = 8;
  const Report again = verify_handler<SqsRecord>(refuse_large, options);
  EXPECT_EQ(again.saved_cases(), 1) << again;
  EXPECT_EQ(payloads_of(again), drawn);
}

TEST(DrawnPayloads, ThatTheSourceCannotHoldAreRefused) {
  VerifyHandlerOptions options{.accepted = {[](std::uint64_t) { return std::string("\xFF"); }}, .seed = 7};
  EXPECT_THROW((void)verify_handler<SqsRecord>([](const SqsRecord&) {}, options), std::invalid_argument);
}

TEST(NearMisses, ShowWhatNoExampleShows) {
  for (const auto& broken : zoo::broken_handlers()) {
    if (broken.name != "fills_null_from_the_order_before" && broken.name != "takes_null_for_read") continue;
    const Report report = verify_handler<SqsRecord>(
        broken.handler,
        {.accepted = zoo::good_orders(), .rejected = zoo::bad_orders(), .cases = 200, .seed = 7});
    ASSERT_EQ(report.broken_law(), broken.law) << broken.name << report;
    EXPECT_THAT(report.found_in(), HasSubstr("near miss"));
    EXPECT_THAT(report.counterexample().batch_case.pattern(), HasSubstr("?"));
    EXPECT_THAT(payloads_of(report), Contains(R"({"quantity":null})"));
    EXPECT_LE(report.counterexample().size(), 2U) << report;
    EXPECT_THAT(report.text(), HasSubstr("unknown"));
  }
}

TEST(NearMisses, AccuseNoHandlerThatTreatsEachPayloadAlike) {
  const auto strange = [](const SqsRecord& record) {  // accepts some and rejects some, by their bytes alone
    const std::string body(record.body());
    if (body == R"({"quantity": 2})") return;
    std::size_t sum = 0;
    for (const char byte : body) sum += static_cast<unsigned char>(byte);
    if (sum % 2 == 0) throw std::runtime_error("odd");
  };
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Report report = verify_handler<SqsRecord>(strange, {.accepted = {R"({"quantity": 2})"},
                                                              .cases = 100,
                                                              .seed = seed,
                                                              .small_cases_budget = no_small_cases});
    ASSERT_TRUE(report) << report;
    constexpr std::size_t sources = 2;  // each in one mode
    EXPECT_EQ(report.distribution().kinds[static_cast<std::size_t>(properties::CaseKind::near_miss)],
              sources * 100);
  }
}

TEST(NearMisses, AreAlsoTombstonesOfKafka) {
  std::string last;  // which a careless handler takes where it finds no value
  const auto handle = [&](const KafkaRecord& record) {
    last = record.value().value_or(last);
    if (!nlohmann::json::accept(last)) throw std::invalid_argument("not json");
  };
  const VerifyHandlerOptions options{
      .accepted = {R"({"id": 7})"}, .cases = 100, .seed = 7, .before_each = [&] { last.clear(); }};
  const Report report = verify_handler<KafkaRecord>(handle, options);
  EXPECT_EQ(report.broken_law(), "repeatable") << report;
  EXPECT_THAT(report.counterexample().batch_case.pattern(), HasSubstr("?"));
}

std::set<std::pair<bool, bool>> modes_with_tombstones;

std::vector<properties::Violation> note_tombstones(const properties::Evidence& evidence) {
  const fixtures::ProcessorClaims& mode = evidence.claims;
  for (const fixtures::CaseRecord& record : evidence.batch_case.records) {
    if (nlohmann::json::parse(record.json).value("value", nlohmann::json()).is_null())
      modes_with_tombstones.emplace(mode.stop_on_first_failure, mode.raise_on_entire_batch_failure);
  }
  return {};
}

TEST(NearMisses, AreTombstonesInEachMode) {
  static constexpr properties::Law note{
      .id = "note", .sentence = "", .aws_page = "", .violations = note_tombstones};
  modes_with_tombstones.clear();
  const Report report = properties::verify_erased_handler<KafkaRecord>(
      [](const KafkaRecord&, const LambdaContext&) {},
      {.accepted = {R"({"id": 7})"}, .cases = 100, .seed = 7, .small_cases_budget = no_small_cases},
      {&note, 1}, properties::Processes::none);
  EXPECT_TRUE(report) << report;
  EXPECT_THAT(modes_with_tombstones,
              UnorderedElementsAre(Pair(false, true), Pair(false, false), Pair(true, true)));
}

TEST(NearMisses, AreTombstonesThatAHandlerMayRefuse) {
  const auto handle = [](const KafkaRecord& record) {
    if (!nlohmann::json::accept(record.value().value())) throw std::invalid_argument("not json");
  };
  const Report report = verify_handler<KafkaRecord>(
      handle, {.accepted = {R"({"id": 7})"}, .rejected = {"not json"}, .cases = 100, .seed = 7});
  EXPECT_TRUE(report) << report;
  EXPECT_THAT(report.text(), HasSubstr("tombstones fail (records without a value)"));
}

TEST(NearMisses, RemoveItemsAmongRejectedOnes) {
  std::string last = "1";  // which a careless handler takes where it finds no image
  const auto handle = [&](const DynamoDbRecord& record) {
    if (record.new_image()) last = record.new_image()->at("quantity").as_number().text();
    if (last == "0") throw std::invalid_argument("quantity must not be 0");
  };
  const Report report = verify_handler<DynamoDbRecord>(handle, {.accepted = {R"({"quantity":{"N":"2"}})"},
                                                                .rejected = {R"({"quantity":{"N":"0"}})"},
                                                                .cases = 100,
                                                                .seed = 7,
                                                                .before_each = [&] { last = "1"; }});
  EXPECT_EQ(report.broken_law(), "repeatable") << report;
  EXPECT_THAT(report.counterexample().batch_case.pattern(), HasSubstr("?"));
}

TEST(NearMisses, RemoveItemsThatWereAccepted) {
  const auto handle = [](const DynamoDbRecord& record) {  // judges the item whether it comes or goes
    const auto image = record.new_image() ? record.new_image() : record.old_image();
    if (image->at("quantity").as_number().text() != "2") throw std::invalid_argument("quantity must be 2");
  };
  const Report report = verify_handler<DynamoDbRecord>(handle, {.accepted = {R"({"quantity":{"N":"2"}})"},
                                                                .rejected = {R"({"quantity":{"N":"0"}})"},
                                                                .cases = 200,
                                                                .seed = 7});
  EXPECT_TRUE(report) << report;
  EXPECT_THAT(report.notes(), Not(Contains(HasSubstr("removals fail"))));
}

TEST(NearMisses, AreNotJudgedByTheUsersCheck) {
  std::size_t checked_near_misses = 0;
  const Report report = verify_handler<SqsRecord>(
      [](const SqsRecord& record) {
        if (!nlohmann::json::accept(record.body())) throw std::invalid_argument("not json");
      },
      {.accepted = {R"({"quantity": 2})"},
       .cases = 50,
       .seed = 7,
       .check = [&](const properties::Observation& run) {
         if (run.payload.find(":1e30}") == std::string::npos) return "";
         ++checked_near_misses;
         return "a quantity that nobody orders";
       }});
  EXPECT_TRUE(report) << report;
  EXPECT_EQ(checked_near_misses, 0U);
}

TEST(NearMisses, AreSwitchedOffForAHandlerThatRefusesASecondPayloadOfAKey) {
  std::map<int, std::string> orders;  // by id, as in a table
  const auto store = [&](const SqsRecord& record) {
    const auto order = nlohmann::json::parse(record.body());
    const auto [stored, is_new] = orders.emplace(order.at("id").get<int>(), record.body());
    if (!is_new && stored->second != record.body()) throw std::runtime_error("another order has this id");
  };
  const auto verified = [&](bool near_misses) {
    return verify_handler<SqsRecord>(store, {.accepted = {R"({"id": 7, "quantity": 2, "note": "x"})"},
                                             .cases = 100,
                                             .seed = 7,
                                             .before_each = [&] { orders.clear(); },
                                             .near_misses = near_misses});
  };
  EXPECT_FALSE(verified(true));
  EXPECT_TRUE(verified(false)) << verified(false);
}

TEST(LargePayloads, ComeInEventsThatLambdaTakes) {
  std::size_t most_records = 0;
  const auto report = verify_handler<SqsRecord>(
      [&](const SqsRecord& record) { most_records = std::max(most_records, record.index() + 1); },
      {.accepted = {std::string(100'000, 'x')}, .cases = 14, .seed = 7, .near_misses = false});
  EXPECT_TRUE(report) << report;
  EXPECT_GT(most_records, 20U);
  EXPECT_LE(most_records, 62U);  // of 100 kB within 6 MB
}

TEST(LargePayloads, BesideSmallOnesFillAnEventAtMost) {
  std::size_t bytes = 0;
  std::size_t most_bytes = 0;
  const auto report = verify_handler<SqsRecord>(
      [&](const SqsRecord& record) {
        if (record.index() == 0) bytes = 0;
        bytes += record.body().size();
        most_bytes = std::max(most_bytes, bytes);
        if (record.body().size() > 1) throw std::invalid_argument("too long");
      },
      {.accepted = {"a", "b"}, .rejected = {std::string(200'000, 'x')}, .cases = 14, .seed = 7});
  EXPECT_TRUE(report) << report;
  EXPECT_GT(most_bytes, 1'000'000U);
  EXPECT_LT(most_bytes, 6'291'456U);
}

TEST(NearMisses, AreDrawnOfItemsBytesAndTexts) {
  const auto kinds = [](const Report& report) {
    EXPECT_TRUE(report) << report;
    return report.distribution().kinds[static_cast<std::size_t>(properties::CaseKind::near_miss)];
  };
  EXPECT_GT(kinds(verify_handler<DynamoDbRecord>(
                [](const DynamoDbRecord&) {},
                {.accepted = {R"({"quantity": {"N": "2"}})"}, .cases = 20, .seed = 7})),
            0U);
  EXPECT_GT(kinds(verify_handler<KinesisStreamRecord>([](const KinesisStreamRecord&) {},
                                                      {.accepted = {R"({"a": 2})"}, .cases = 20, .seed = 7})),
            0U);
  EXPECT_GT(kinds(verify_handler<SqsRecord>([](const SqsRecord&) {},
                                            {.accepted = {"text"}, .cases = 20, .seed = 7})),
            0U);
  EXPECT_EQ(
      kinds(verify_handler<SqsRecord>([](const SqsRecord&) {}, {.accepted = {"{}"}, .cases = 20, .seed = 7})),
      0U);
}

constexpr const char* of_kind_order =
    R"({"messageAttributes": {"kind": {"dataType": "String", "stringValue": "order"}}})";

void handle_by_kind(const SqsRecord& record) {
  const auto kind = record.message_attribute("kind");
  if (!kind || kind->string_value() != "order") throw std::invalid_argument("not an order");
  zoo::handle_order(record);
}

TEST(RecordFields, ReachTheHandlerBesideThePayload) {
  VerifyHandlerOptions options = drawn_orders();
  EXPECT_EQ(verify_handler<SqsRecord>(handle_by_kind, options).broken_law(), "verdict");
  options.record_fields = of_kind_order;
  EXPECT_TRUE(verify_handler<SqsRecord>(handle_by_kind, options));
  EXPECT_TRUE(verify_handler<SqsRecord>(handle_by_kind, SqsFifoPartialProcessor(), options));
}

TEST(RecordFields, MayBeTheKeyOfATable) {
  const auto handle = [](const DynamoDbRecord& record) {
    if (record.keys().value().at("order_id").as_string() != "o-1") throw std::invalid_argument("not mine");
    if (!record.new_image()) return;  // a near miss
    if (!record.new_image()->contains("quantity")) throw std::invalid_argument("no quantity");
  };
  EXPECT_TRUE(verify_handler<DynamoDbRecord>(
      handle, {.accepted = {R"({"quantity": {"N": "2"}})"},
               .rejected = {"{}"},
               .cases = 100,
               .seed = 7,
               .record_fields = R"({"dynamodb": {"Keys": {"order_id": {"S": "o-1"}}}})"}));
}

TEST(RecordFields, AreAskedForWhereAHandlerMayLookAtAFieldBesideThePayload) {
  const auto handle_inserts = [](const DynamoDbRecord& record) {
    if (record.event_name() != "INSERT") return;
    if (!record.new_image()->contains("quantity")) throw std::invalid_argument("no quantity");
  };
  VerifyHandlerOptions options{
      .accepted = {R"({"quantity": {"N": "2"}})"}, .rejected = {"{}"}, .cases = 100, .seed = 7};
  const Report report = verify_handler<DynamoDbRecord>(handle_inserts, options);
  EXPECT_EQ(report.broken_law(), "verdict");
  EXPECT_THAT(report.text(), HasSubstr("note      if INSERT alone is handled, say so (record_fields, "));
  options.record_fields = R"({"eventName": "INSERT", "dynamodb": {"OldImage": null}})";
  EXPECT_TRUE(verify_handler<DynamoDbRecord>(handle_inserts, options));

  const auto give_up = [](const SqsRecord& record) {
    if (*record.attributes().approximate_receive_count() < 3) zoo::handle_order(record);
  };
  EXPECT_THAT(verify_handler<SqsRecord>(give_up, drawn_orders()).text(),
              HasSubstr("note      if a message is given up after some receives, say so"));
  const auto accept = [](const SqsRecord&) {};
  EXPECT_THAT(verify_handler<SqsRecord>(accept, drawn_orders()).text(),
              ::testing::Not(HasSubstr("note      if")));
}

TEST(RecordFields, AreShownInACounterexampleAndStayInItsReplay) {
  VerifyHandlerOptions options = drawn_orders();
  options.record_fields = of_kind_order;
  options.regressions = scratch_path("record_fields");
  std::filesystem::remove_all(options.regressions);
  std::size_t without_kind = 0;
  const auto handle = [&](const SqsRecord& record) {
    if (!record.message_attribute("kind")) ++without_kind;
  };
  for (int run = 0; run < 2; ++run) {  // the second one begins with the saved case
    const Report report = verify_handler<SqsRecord>(handle, options);
    EXPECT_EQ(report.broken_law(), "verdict");
    EXPECT_THAT(report.text(), HasSubstr(R"("stringValue":"order")"));
  }
  EXPECT_EQ(without_kind, 0U);
}

TEST(RecordFields, ThatARecordCannotHaveAreRefused) {
  VerifyHandlerOptions options = drawn_orders();
  options.record_fields = R"({"body": "another"})";
  EXPECT_THROW((void)verify_handler<SqsRecord>(zoo::handle_order, options), std::invalid_argument);
}

Verdict verdict_on(std::string_view payload) {
  const auto order = nlohmann::json::parse(payload, nullptr, false);
  const bool is_good = order.is_object() && order.contains("quantity") && order["quantity"].is_number() &&
                       order["quantity"] >= 1;
  return is_good ? Verdict::accepted : Verdict::rejected;
}

void expect_shown(const Report& report, const std::string& payload) {
  ASSERT_EQ(report.broken_law(), "verdict") << report;
  EXPECT_THAT(payloads_of(report), ElementsAre(payload)) << report;
}

TEST(Classify, GivesNearMissesAVerdict) {
  const auto take_null = [](const SqsRecord& record) {
    const auto order = nlohmann::json::parse(record.body());
    if (order.contains("quantity") && order["quantity"].is_null()) return;
    zoo::handle_order(record);
  };
  VerifyHandlerOptions options{
      .accepted = {R"({"quantity": 2, "note": "in a hurry"})"}, .rejected = {"{}"}, .cases = 100, .seed = 7};
  EXPECT_TRUE(verify_handler<SqsRecord>(take_null, options));
  options.classify = verdict_on;
  expect_shown(verify_handler<SqsRecord>(take_null, options), R"({"quantity":null})");
}

TEST(Classify, ShrinksPayloadsByTheirContent) {
  const auto refuse_large = [](const SqsRecord& record) {
    zoo::handle_order(record);
    if (nlohmann::json::parse(record.body())["quantity"] > 40) throw std::out_of_range("too many");
  };
  VerifyHandlerOptions options{
      .accepted = {R"({"customer": {"name": "Ada"}, "quantity": 324, "notes": ["x"]})",
                   R"({"quantity": 500})"},
      .rejected = {"{}"},
      .cases = 100,
      .seed = 7};
  expect_shown(verify_handler<SqsRecord>(refuse_large, options), R"({"quantity": 500})");
  options.classify = verdict_on;
  options.accepted = {R"({"customer": {"name": "Ada"}, "quantity": 324, "notes": ["x"]})"};
  expect_shown(verify_handler<SqsRecord>(refuse_large, options), R"({"quantity":41})");
}

TEST(Classify, ShortensTexts) {
  const auto refuse_quotes = [](const SqsRecord& record) {
    if (record.body().find('%') != std::string_view::npos) throw std::runtime_error("%");
  };
  const VerifyHandlerOptions options{.accepted = {R"({"note": "a discount of 10 %", "id": 1})"},
                                     .cases = 50,
                                     .seed = 7,
                                     .classify = [](std::string_view) { return Verdict::accepted; }};
  expect_shown(verify_handler<SqsRecord>(refuse_quotes, options), R"({"note":"%"})");
}

TEST(Classify, MustAgreeWithTheLists) {
  VerifyHandlerOptions options{.accepted = {R"({"quantity": 0})"}, .classify = verdict_on};
  EXPECT_THROW((void)verify_handler<SqsRecord>(zoo::handle_order, options), std::invalid_argument);
  options = {.accepted = {R"({"quantity": 2})"}, .rejected = {R"({"quantity": 3})"}, .classify = verdict_on};
  EXPECT_THROW((void)verify_handler<SqsRecord>(zoo::handle_order, options), std::invalid_argument);
}

nlohmann::json record_in(const Report& report, std::size_t index) {
  return nlohmann::json::parse(report.counterexample().batch_case.records.at(index).json);
}

TEST(Counterexamples, ShowTheSmallestReceiveCount) {
  const auto refuse_late = [](const SqsRecord& record) {
    zoo::handle_order(record);
    if (record.attributes().approximate_receive_count() > 4) throw std::runtime_error("too often");
  };
  const Report report = verify_handler<SqsRecord>(
      refuse_late,
      {.accepted = {R"({"quantity": 500})", R"({"quantity": 2})"}, .rejected = {"{}"}, .seed = 7});
  ASSERT_EQ(report.broken_law(), "verdict") << report;
  ASSERT_EQ(report.counterexample().size(), 1U) << report;
  const auto record = record_in(report, 0);
  EXPECT_EQ(record["attributes"]["ApproximateReceiveCount"], "5") << report;
  EXPECT_EQ(record["body"], R"({"quantity": 2})");
  EXPECT_TRUE(record["messageAttributes"].empty()) << report;
  EXPECT_TRUE(report.counterexample().hostile_input.empty()) << report;
}

TEST(Counterexamples, ShowAnIndexByRecordsThatAreOtherwiseEmpty) {
  const auto fail_at_nine = [](const SqsRecord& record) {
    zoo::handle_order(record);
    if (record.index() == 9) throw std::runtime_error("nine");
  };
  const Report report =
      verify_handler<SqsRecord>(fail_at_nine, {.accepted = {R"({"quantity": 500})", R"({"quantity": 2})"},
                                               .seed = 7,
                                               .small_cases_budget = no_small_cases});
  ASSERT_EQ(report.counterexample().size(), 10U) << report;
  EXPECT_THAT(payloads_of(report), Each(R"({"quantity": 2})"));
  for (std::size_t index = 0; index < 10; ++index) {
    const auto record = record_in(report, index);
    EXPECT_TRUE(record["messageAttributes"].empty()) << report;
    EXPECT_EQ(record["attributes"]["ApproximateReceiveCount"], "1") << report;
  }
}

TEST(Counterexamples, OfProcessorsShowTheSmallestReceiveCount) {
  const auto subject = [](std::string_view payload, RecordProbe& probe) {
    const auto event = nlohmann::json::parse(payload);
    auto failures = nlohmann::json::array();
    for (const auto& record : event["Records"]) {
      const std::string id = record["messageId"];
      bool failed = false;
      try {
        probe(id);
      } catch (...) {
        failed = true;
      }
      // Forgets a failure that came often.
      if (failed && std::stoi(record["attributes"]["ApproximateReceiveCount"].get<std::string>()) <= 4)
        failures.push_back({{"itemIdentifier", id}});
    }
    return nlohmann::json{{"batchItemFailures", failures}}.dump();
  };
  const Report report =
      verify_processor<SqsRecord>(subject, {.raise_on_entire_batch_failure = false, .seed = 7});
  ASSERT_EQ(report.broken_law(), "nothing-lost") << report;
  ASSERT_EQ(report.counterexample().size(), 1U) << report;
  const auto record = record_in(report, 0);
  EXPECT_EQ(record["attributes"]["ApproximateReceiveCount"], "5") << report;
  EXPECT_TRUE(record["messageAttributes"].empty()) << report;
  EXPECT_TRUE(report.counterexample().hostile_input.empty()) << report;
}

}  // namespace
}  // namespace batchproof
