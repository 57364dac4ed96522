#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <batchproof/zoo/batch_faults.hpp>
#include <batchproof/zoo/broken_handlers.hpp>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <utility>

#include "subjects.hpp"

namespace batchproof {
namespace {

using properties::LawState;
using properties::Report;
using zoo::bad_orders;
using zoo::good_orders;

std::string process_sqs(std::string_view payload, RecordProbe& probe) {
  return process_partial_response(
      payload, [&](const SqsRecord& record) { probe(record); }, BatchProcessor<SqsRecord>());
}

/// A processor that does not use this library, and forgets failures.
std::string lose_everything(std::string_view payload, RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  for (const auto& record : event.at("Records")) {
    try {
      probe(record.at("messageId").get<std::string>());
    } catch (...) {
    }
  }
  return R"({"batchItemFailures":[]})";
}

/// The sample of the AWS guide for Kinesis returns at the first failure. Here it also looks at the event
/// first.
std::string process_as_the_guide_does(std::string_view payload, RecordProbe& probe) {
  const auto event = nlohmann::json::parse(payload);
  const auto& records = event.at("Records").get_ref<const nlohmann::json::array_t&>();
  if (event.contains("window")) throw std::invalid_argument("a tumbling window");
  for (const auto& record : records) {
    if (record.at("eventSource") != "aws:kinesis") throw std::invalid_argument("another source");
    if (record.at("kinesis").at("sequenceNumber").get<std::string>().empty())
      throw std::invalid_argument("no sequence number");
  }
  for (const auto& record : records) {
    const auto sequence_number = record.at("kinesis").at("sequenceNumber").get<std::string>();
    try {
      probe(sequence_number);
    } catch (...) {
      return R"({"batchItemFailures":[{"itemIdentifier":")" + sequence_number + R"("}]})";
    }
  }
  return R"({"batchItemFailures":[]})";
}

TEST(VerifyProcessor, PassesAProcessorThatKeepsTheLaws) {
  const Report report = verify_processor<SqsRecord>(process_sqs, {.cases = 300, .seed = 7});
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_EQ(report.cases(), 300);
  EXPECT_EQ(report.broken_law(), "");
  EXPECT_EQ(report.counterexample().size(), 0U);
}

TEST(VerifyProcessor, NamesTheLawThatAForeignProcessorBreaks) {
  const Report report = verify_processor<SqsRecord>(lose_everything, {.seed = 7});
  EXPECT_FALSE(report);
  EXPECT_EQ(report.broken_law(), "nothing-lost");
  EXPECT_EQ(report.counterexample().batch_case.pattern(), "x");
}

/// 0.0 is no offset, though it equals 0.
TEST(VerifyProcessor, ShowsAnAnswerThatEqualsTheExpectedOneButForTheKindOfANumber) {
  const auto with_fractions = [](std::string_view payload, RecordProbe& probe) {
    std::string answer = process_partial_response(
        payload, [&](const KafkaRecord& record) { probe(record); }, BatchProcessor<KafkaRecord>());
    const std::string offset = R"("offset":)";
    for (std::size_t place = 0; (place = answer.find(offset, place)) != std::string::npos;)
      answer.insert(place = answer.find_first_not_of("0123456789", place + offset.size()), ".0");
    return answer;
  };
  const Report report = verify_processor<KafkaRecord>(with_fractions, {.cases = 50, .seed = 7});
  ASSERT_FALSE(report.passed());
  EXPECT_THAT(report.text(), ::testing::Not(::testing::HasSubstr("the same answer")));
}

TEST(VerifyProcessor, NamesThePageOfTheSource) {
  const auto page = [](fixtures::Source source) {
    const auto subject = [](std::string_view, RecordProbe&) {
      return std::string(R"({"batchItemFailures":[],"state":{}})");
    };
    return properties::verify_laws({properties::law_named(properties::processor_laws(), "nothing-lost"), 1},
                                   source, subject, {}, {.cases = 50, .seed = 7})
        .violated_law()
        ->aws_page;
  };
  for (const fixtures::Source source : fixtures::every_source)
    EXPECT_EQ(page(source), fixtures::info_of(source).partial_response_page) << name(source);
  EXPECT_NE(page(fixtures::Source::dynamodb), page(fixtures::Source::dynamodb_pipe));
}

/// Sends ten messages on at a time, and forgets the last of them.
std::string lose_each_tenth_failure(std::string_view payload, RecordProbe& probe) {
  auto answer = nlohmann::json::parse(process_sqs(payload, probe));
  const auto records = nlohmann::json::parse(payload).at("Records");
  nlohmann::json failures = nlohmann::json::array();
  for (const auto& failure : answer["batchItemFailures"]) {
    bool is_tenth = false;
    for (std::size_t index = 9; index < records.size(); index += 10)
      is_tenth |= records.size() > 10 && records[index]["messageId"] == failure["itemIdentifier"];
    if (!is_tenth) failures.push_back(failure);
  }
  answer["batchItemFailures"] = failures;
  return answer.dump();
}

/// Without a record the tenth failure is at another place, which `independence` finds too.
TEST(VerifyProcessor, NamesTheLawThatAPartOfTheBatchBreaksByItself) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Report report = verify_processor<SqsRecord>(lose_each_tenth_failure, {.cases = 400, .seed = seed});
    ASSERT_EQ(report.broken_law(), "nothing-lost") << seed << report;
  }
}

/// The failures among the records, each handled by `handle(message_id, record)`: exceptions that `is_failure`
/// takes for one, and what is no exception.
template <class Handle, class IsFailure>
nlohmann::json failures_of(std::string_view payload, Handle handle, IsFailure is_failure) {
  const auto event = nlohmann::json::parse(payload);
  auto failures = nlohmann::json::array();
  for (const auto& record : event.at("Records")) {
    const auto message_id = record.at("messageId").get<std::string>();
    try {
      handle(message_id, record);
    } catch (const std::exception& error) {
      if (is_failure(error)) failures.push_back({{"itemIdentifier", message_id}});
    } catch (...) {
      failures.push_back({{"itemIdentifier", message_id}});
    }
  }
  return failures;
}

std::string answer_of(const nlohmann::json& failures) {
  return nlohmann::json{{"batchItemFailures", failures}}.dump();
}

constexpr auto any_exception = [](const std::exception&) { return true; };

/// Reports the failures that `is_failure` takes for one.
template <class IsFailure>
auto reporting(IsFailure is_failure) {
  return [is_failure](std::string_view payload, RecordProbe& probe) {
    const auto handle = [&](const std::string& message_id, const auto&) { probe(message_id); };
    return answer_of(failures_of(payload, handle, is_failure));
  };
}

const VerifyProcessorOptions answers_always{.raise_on_entire_batch_failure = false, .seed = 7};

TEST(VerifyProcessor, SaysHowARecordFailedWhereThatMatters) {
  const auto needs_a_text = [](const std::exception& error) { return *error.what() != '\0'; };
  const Report report = verify_processor<SqsRecord>(reporting(needs_a_text), answers_always);
  EXPECT_EQ(report.counterexample().observation.note,
            "record 0 throws std::invalid_argument with an empty text; the law holds if RejectedRecord, a "
            "std::runtime_error, is thrown instead");
}

TEST(VerifyProcessor, DoesNotSayHowARecordFailedWhereItMakesNoDifference) {
  const Report report = verify_processor<SqsRecord>(lose_everything, {.seed = 7});
  EXPECT_EQ(report.counterexample().observation.note, "");
}

TEST(VerifyProcessor, FindsALogThatTakesTheTextOfAnErrorForAFormat) {
  const auto formats = [](const std::exception& error) {
    if (std::string_view(error.what()).find("{}") != std::string_view::npos)
      throw std::runtime_error("argument not found");  // as std::format throws
    return true;
  };
  const Report report = verify_processor<SqsRecord>(reporting(formats), answers_always);
  EXPECT_THAT(report.text(), ::testing::HasSubstr("throws an error with {} and %s in its text"));
}

TEST(VerifyProcessor, PassesAProcessorThatShowsAFieldOfEachRecord) {
  const auto shows_bodies = [](std::string_view payload, RecordProbe& probe) {
    const auto handle = [&](const std::string& message_id, const nlohmann::json& record) {
      probe(message_id, {{"body", record.at("body").get<std::string>()}});
    };
    return answer_of(failures_of(payload, handle, any_exception));
  };
  EXPECT_TRUE(verify_processor<SqsRecord>(
      shows_bodies, {.cases = 300, .seed = 7, .small_cases_budget = std::chrono::milliseconds(0)}));
}

TEST(VerifyProcessor, PassesTheSampleOfTheGuide) {
  EXPECT_TRUE(verify_processor<KinesisStreamRecord>(process_as_the_guide_does,
                                                    {.reports_every_failure = false, .seed = 7}));
  EXPECT_FALSE(verify_processor<KinesisStreamRecord>(process_as_the_guide_does, {.seed = 7}));
}

TEST(VerifyProcessor, TakesTheClaimToStop) {
  const auto subject =
      properties::subject_of(BatchProcessor<KinesisStreamRecord>({.stop_on_first_failure = true}));
  EXPECT_TRUE(verify_processor<KinesisStreamRecord>(
      subject, {.cases = 300, .seed = 7, .stop_on_first_failure = true}));
  EXPECT_FALSE(verify_processor<KinesisStreamRecord>(subject, {.cases = 300, .seed = 7}));
}

TEST(VerifyProcessor, GivesTheSameCounterexampleForTheSameSeed) {
  const Report once = verify_processor<SqsRecord>(lose_everything, {.seed = 11});
  const Report again = verify_processor<SqsRecord>(lose_everything, {.seed = 11});
  EXPECT_EQ(once.text(), again.text());
  EXPECT_EQ(once.cases(), again.cases());
}

TEST(VerifyProcessor, ShowsWhatCannotBeSeenFromOutsideAsNotApplicable) {
  const Report report = verify_processor<SqsRecord>(lose_everything, {.cases = 0});
  const auto state_of = [&](const std::string& id) {
    return std::find_if(report.laws().begin(), report.laws().end(),
                        [&](const auto& law) { return law.id == id; })
        ->state;
  };
  EXPECT_EQ(state_of("mirror"), LawState::not_applicable);
  EXPECT_EQ(state_of("all-failed"), LawState::not_applicable);
  EXPECT_EQ(state_of("fifo-stops"), LawState::not_applicable);
  EXPECT_EQ(state_of("nothing-lost"), LawState::no_cases);
}

TEST(VerifyProcessor, ShowsTheLawOfFieldsAsNotApplicableWhereNoneAreShown) {
  const Report report = verify_processor<KinesisStreamRecord>(
      process_as_the_guide_does, {.reports_every_failure = false, .cases = 50, .seed = 7});
  for (const auto& law : report.laws()) {
    EXPECT_EQ(law.state == LawState::held, law.id != "faithful" && law.cases > 0) << law.id;
  }
}

TEST(VerifyProcessor, IsNotGreenWithoutCases) {
  const Report report = verify_processor<SqsRecord>(process_sqs, {.cases = 0});
  EXPECT_FALSE(report.passed());
  EXPECT_EQ(report.broken_law(), "");
  EXPECT_THAT(report.text(), ::testing::HasSubstr("no cases"));
}

TEST(VerifyProcessor, CallsAViolationFlakyThatDoesNotRepeat) {
  int runs = 0;
  const auto forgets_once = [&, here = getpid()](std::string_view payload, RecordProbe& probe) {
    return getpid() == here && ++runs == 40 ? std::string("lost") : process_sqs(payload, probe);
  };
  const Report report = verify_processor<SqsRecord>(forgets_once, {.seed = 7});
  EXPECT_FALSE(report.passed());
  EXPECT_THAT(report.text(), ::testing::HasSubstr("is flaky: violated once"));
  EXPECT_TRUE(std::any_of(report.laws().begin(), report.laws().end(),
                          [](const auto& law) { return law.state == LawState::flaky; }));
}

TEST(VerifyProcessor, TellsItsProgress) {
  int told = 0;
  properties::VerifySettings settings{.cases = 25, .seed = 7};
  settings.progress = [&](std::span<const properties::LawResult> laws, int wanted) {
    ++told;
    EXPECT_EQ(laws.front().cases, told);
    EXPECT_EQ(wanted, 25);
  };
  EXPECT_TRUE(properties::verify_laws(properties::processor_laws(), fixtures::Source::sqs, process_sqs, {},
                                      settings));
  EXPECT_EQ(told, 25);
}

/// Handles each message, and answers in a way of its own.
fixtures::Subject answering(std::function<std::string(const nlohmann::json& failures)> answer) {
  return [=](std::string_view payload, RecordProbe& probe) {
    const auto handle = [&](const std::string& message_id, const auto&) { probe(message_id); };
    return answer(failures_of(payload, handle, any_exception));
  };
}

TEST(VerifyProcessor, ReadsAResponseAsTheServiceDoes) {
  using nlohmann::json;
  const std::vector<std::function<std::string(const json&)>> ways_to_answer{
      [](const json& failures) {
        return json{{"batchItemFailures", failures}}.dump(2) + "\n";
      },
      [](const json& failures) {
        return json{{"batchItemFailures", failures}, {"a", 1}}.dump();
      },
      [](const json& failures) {
        return failures.empty() ? "null" : json{{"batchItemFailures", failures}}.dump();
      },
      [](const json& failures) {
        return failures.empty() ? "{}" : json{{"batchItemFailures", failures}}.dump();
      },
      [](json failures) {
        std::reverse(failures.begin(), failures.end());
        if (!failures.empty()) failures.push_back(failures.front());
        return json{{"batchItemFailures", failures}}.dump();
      }};
  for (const auto& answer : ways_to_answer) {
    EXPECT_TRUE(verify_processor<SqsRecord>(
        answering(answer), {.raise_on_entire_batch_failure = false, .cases = 200, .seed = 7}));
  }
}

TEST(VerifyProcessor, SaysWhichLawsNeedHostileInput) {
  const auto subject = answering([](const auto& failures) {
    return nlohmann::json{{"batchItemFailures", failures}}.dump();
  });
  VerifyProcessorOptions options{.raise_on_entire_batch_failure = false, .cases = 100, .seed = 7};
  const Report report = verify_processor<SqsRecord>(subject, options);
  EXPECT_TRUE(report);
  EXPECT_THAT(report.text(), ::testing::HasSubstr("not judged (hostile input off): unreportable, "
                                                  "empty-is-empty, right-source, total"));
  options.hostile = true;
  EXPECT_THAT(verify_processor<SqsRecord>(subject, options).broken_law(),
              ::testing::AnyOf("unreportable", "empty-is-empty", "right-source", "total"));
  for (const std::string_view law : {"unreportable", "right-source"}) {
    EXPECT_EQ(properties::verify_laws({properties::law_named(properties::processor_laws(), law), 1},
                                      fixtures::Source::sqs, subject,
                                      {.raise_on_entire_batch_failure = false}, {.cases = 200, .seed = 7})
                  .broken_law(),
              law);
  }
}

/// It needs three kinds of payloads in one batch, which random cases have.
TEST(VerifyHandler, NamesTheNeighboursOfAWrongVerdictInRandomCasesToo) {
  auto handler = [seen = false](const SqsRecord& record) mutable {
    if (record.index() == 0) seen = false;
    if (record.body() == "good") return;
    if (record.body() == "bad B" && std::exchange(seen, true)) return;
    throw std::invalid_argument("refused");
  };
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    const auto report =
        verify_handler<SqsRecord>(handler, {.accepted = {"good"},
                                            .rejected = {"bad A", "bad B"},
                                            .seed = seed,
                                            .small_cases_budget = std::chrono::milliseconds(0)});
    EXPECT_EQ(report.broken_law(), "independent") << report;
    EXPECT_EQ(report.counterexample().size(), 2U) << report;
  }
}

TEST(VerifyHandler, SaysWhatOneListAloneLeavesOpen) {
  const auto accept_all = [](const SqsRecord&) {};
  const Report report = verify_handler<SqsRecord>(accept_all, {.accepted = {"a"}, .cases = 20});
  EXPECT_TRUE(report);
  EXPECT_THAT(report.text(),
              ::testing::HasSubstr("list payloads that the handler must reject as `rejected`"));
  EXPECT_THAT(
      verify_handler<SqsRecord>(accept_all, {}).text(),
      ::testing::HasSubstr("no payloads were given: list what the handler must accept as `accepted`"));
}

TEST(VerifyHandler, PassesAHandlerThatDoesAsTheListsSay) {
  const Report report = verify_handler<SqsRecord>(
      zoo::handle_order, {.accepted = good_orders(), .rejected = bad_orders(), .cases = 200, .seed = 7});
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_EQ(report.cases(), 200);
}

TEST(VerifyHandler, TakesHandlersWithAContextAndOutcomes) {
  const auto with_context = [](const SqsRecord& record, const LambdaContext&) { zoo::handle_order(record); };
  EXPECT_TRUE(verify_handler<SqsRecord>(with_context,
                                        {.accepted = good_orders(), .rejected = bad_orders(), .cases = 50}));
}

TEST(VerifyHandler, GivesAHandlerOfAFifoQueueNoOtherMessages) {
  const auto relies_on_the_queue = [](const SqsRecord& record) {
    const bool is_complete = record.message_group_id() && record.attributes().sequence_number();
    if (!is_complete) throw std::logic_error("not of a FIFO queue");
    zoo::handle_order(record);
  };
  VerifyHandlerOptions options{.accepted = good_orders(), .rejected = bad_orders(), .cases = 50};
  EXPECT_EQ(verify_handler<SqsRecord>(relies_on_the_queue, options).broken_law(), "verdict");
  options.fifo = true;
  const Report report = verify_handler<SqsRecord>(relies_on_the_queue, options);
  EXPECT_TRUE(report.passed()) << report;
}

TEST(VerifyHandler, ChecksTheHandlersOfStreams) {
  const auto handle_data = [](const KinesisStreamRecord& record) {
    if (record.data() != "good") throw std::invalid_argument("bad");
  };
  const auto handle_change = [](const DynamoDbRecord& record) {
    const auto image = record.new_image();
    if (!image || image->at("quantity").as_number().to_int64() < 1) throw std::invalid_argument("bad");
  };
  EXPECT_TRUE(verify_handler<KinesisStreamRecord>(
      handle_data, {.accepted = {"good"}, .rejected = {"bad", ""}, .cases = 100}));
  EXPECT_TRUE(verify_handler<DynamoDbRecord>(handle_change, {.accepted = {R"({"quantity": {"N": "2"}})"},
                                                             .rejected = {R"({"quantity": {"N": "0"}})"},
                                                             .cases = 100}));
  EXPECT_EQ(
      verify_handler<KinesisStreamRecord>(handle_data, {.accepted = {"bad"}, .cases = 100}).broken_law(),
      "verdict");
}

TEST(VerifyHandler, CatchesEachBrokenHandlerByItsLawAlone) {
  for (const auto& broken : zoo::broken_handlers()) {
    const auto laws = properties::handler_laws();
    const auto law =
        std::find_if(laws.begin(), laws.end(), [&](const auto& each) { return each.id == broken.law; });
    ASSERT_NE(law, laws.end()) << broken.law;
    VerifyHandlerOptions options = zoo::contract_of(broken);
    options.seed = 7;
    const Report report = properties::verify_erased_handler(
        properties::ErasedHandler<SqsRecord>(
            [&](const SqsRecord& record, const LambdaContext&) { broken.handler(record); }),
        options, {&*law, 1});
    EXPECT_FALSE(report.passed()) << broken.name;
    EXPECT_EQ(report.broken_law(), broken.law) << broken.name;
    EXPECT_LE(report.counterexample().size(), 3U) << report;
  }
}

TEST(VerifyHandler, MakesTheWorldNewBeforeEachCase) {
  std::set<std::string, std::less<>> seen;
  const auto refuse_twins = [&](const SqsRecord& record) {
    zoo::handle_order(record);
    if (!seen.emplace(record.message_id()).second) throw std::runtime_error("seen before");
  };
  const Report report = verify_handler<SqsRecord>(
      refuse_twins,
      {.accepted = good_orders(), .rejected = bad_orders(), .seed = 7, .before_each = [&] { seen.clear(); }});
  EXPECT_EQ(report.broken_law(), "repeatable") << report;
  EXPECT_EQ(report.counterexample().batch_case.pattern(), "o");

  const auto take_twins_for_done = [&](const SqsRecord& record) {
    zoo::handle_order(record);
    seen.emplace(record.message_id());
  };
  EXPECT_TRUE(verify_handler<SqsRecord>(take_twins_for_done, {.accepted = good_orders(),
                                                              .rejected = bad_orders(),
                                                              .cases = 100,
                                                              .before_each = [&] { seen.clear(); }}));
}

TEST(VerifyHandler, IsNotGreenWithoutPayloads) {
  const Report report = verify_handler<SqsRecord>(zoo::handle_order, {});
  EXPECT_FALSE(report.passed());
  EXPECT_EQ(report.laws().front().state, LawState::no_cases);
}

TEST(VerifyHandler, RefusesAPayloadInBothLists) {
  EXPECT_THROW((void)verify_handler<SqsRecord>(zoo::handle_order, {.accepted = {"a"}, .rejected = {"a"}}),
               std::invalid_argument);
}

class Environment : public ::testing::Test {
 protected:
  ~Environment() override {
    unsetenv("BATCHPROOF_CASES");
    unsetenv("BATCHPROOF_SEED");
    unsetenv("BATCHPROOF_PROFILE");
    unsetenv("BATCHPROOF_SMALL_CASES_MILLISECONDS");
  }
};

/// A violation in a small case of five records is not there in those of up to three.
TEST_F(Environment, ThatChoosesTheSmallCasesIsInTheReplayCommand) {
  setenv("BATCHPROOF_PROFILE", "thorough", 1);
  setenv("BATCHPROOF_SMALL_CASES_MILLISECONDS", "250", 1);
  const Report report = verify_processor<SqsRecord>(process_sqs, {.cases = 1, .seed = 5});
  EXPECT_THAT(report.replay_command(),
              ::testing::HasSubstr("BATCHPROOF_SEED=5 BATCHPROOF_CASES=1 BATCHPROOF_PROFILE=thorough "
                                   "BATCHPROOF_SMALL_CASES_MILLISECONDS=250 "));
}

TEST_F(Environment, CountsWhereAnOptionIsLeftOut) {
  setenv("BATCHPROOF_CASES", "30", 1);
  setenv("BATCHPROOF_SEED", "18446744073709551615", 1);
  const Report report = verify_processor<SqsRecord>(process_sqs);
  EXPECT_EQ(report.cases(), 30);
  EXPECT_EQ(report.seed(), 18446744073709551615ULL);
  const Report told = verify_processor<SqsRecord>(process_sqs, {.cases = 20, .seed = 5});
  EXPECT_EQ(told.cases(), 20);
  EXPECT_EQ(told.seed(), 5U);
}

TEST_F(Environment, HasProfiles) {
  setenv("BATCHPROOF_PROFILE", "quick", 1);
  EXPECT_EQ(verify_processor<SqsRecord>(process_sqs).cases(), 200);
  setenv("BATCHPROOF_PROFILE", "ci", 1);
  const Report first = verify_processor<SqsRecord>(process_sqs);
  EXPECT_EQ(first.cases(), 1000);
  EXPECT_EQ(first.seed(), verify_processor<SqsRecord>(process_sqs).seed());
  setenv("BATCHPROOF_CASES", "30", 1);
  setenv("BATCHPROOF_SEED", "5", 1);
  const Report told = verify_processor<SqsRecord>(process_sqs);
  EXPECT_EQ(told.cases(), 30);
  EXPECT_EQ(told.seed(), 5U);
  setenv("BATCHPROOF_PROFILE", "slow", 1);
  EXPECT_THROW((void)verify_processor<SqsRecord>(process_sqs), std::invalid_argument);
}

TEST_F(Environment, IsRefusedWhereItIsNoNumber) {
  for (const char* value : {"", "ten", "-1", "1e3", " 5", "99999999999999999999"}) {
    setenv("BATCHPROOF_CASES", value, 1);
    EXPECT_THROW((void)verify_processor<SqsRecord>(process_sqs), std::invalid_argument) << value;
  }
  EXPECT_THROW((void)verify_processor<SqsRecord>(process_sqs, {.cases = -1}), std::invalid_argument);
  EXPECT_THROW(
      (void)verify_processor<SqsRecord>(process_sqs, {.small_cases_budget = std::chrono::milliseconds(-1)}),
      std::invalid_argument);
}

}  // namespace
}  // namespace batchproof
