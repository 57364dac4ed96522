#include <gmock/gmock.h>

#include <batchproof/fixtures/event_files.hpp>
#include <batchproof/fixtures/events.hpp>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> values(const json& records, const char* field) {
  std::vector<std::string> values;
  for (const json& record : records) values.push_back(record.at(field).is_null() ? "" : record.at(field));
  return values;
}

class SampleOrders : public ::testing::TestWithParam<const char*> {};

TEST_P(SampleOrders, AreAnsweredWithTheirResponse) {
  const ToolRun run = run_tool({"process", "--handler", "sample", sample_event(GetParam())});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.error, "");
  EXPECT_THAT(run.out, HasSubstr("response    " + sample_response(GetParam()) + "\n"));
}

TEST_P(SampleOrders, AreTheSameFactsAsJson) {
  const ToolRun run = run_tool({"process", "--handler", "sample", "--json", sample_event(GetParam())});
  EXPECT_EQ(run.status, 0);
  const json facts = json::parse(run.out);
  EXPECT_EQ(facts.at("source"), GetParam());
  EXPECT_EQ(facts.at("response"), json::parse(sample_response(GetParam())));
  EXPECT_EQ(facts.at("records").size(),
            fixtures::event_file("sample_orders/" + std::string(GetParam())).pattern.size());
  EXPECT_EQ(facts.at("invocation_failed"), false);
}

TEST_P(SampleOrders, AreHandledAsTheirPatternSays) {
  const std::string pattern = fixtures::event_file("sample_orders/" + std::string(GetParam())).pattern;
  const json facts =
      json::parse(run_tool({"process", "--handler", "sample", "--json", sample_event(GetParam())}).out);
  const auto statuses = values(facts.at("records"), "status");
  ASSERT_EQ(statuses.size(), pattern.size());
  for (std::size_t index = 0; index < pattern.size(); ++index) {
    if (statuses[index] == "not handled") continue;
    EXPECT_EQ(statuses[index], pattern[index] == 'x' ? "failed" : "ok") << index;
  }
}

TEST_P(SampleOrders, ComeFromTheStandardInputToo) {
  const ToolRun run = run_tool({"process", "-", "--handler", "sample"}, read_file(sample_event(GetParam())));
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.out, run_tool({"process", "--handler", "sample", sample_event(GetParam())}).out);
}

TEST_P(SampleOrders, ShowNoColourCodesWhereThereIsNoTerminal) {
  EXPECT_THAT(run_tool({"process", "--handler", "sample", sample_event(GetParam())}).out,
              Not(HasSubstr("\x1b")));
}

INSTANTIATE_TEST_SUITE_P(All, SampleOrders,
                         ::testing::Values("sqs", "sqs_fifo", "kinesis", "dynamodb", "kafka", "sqs_pipe",
                                           "sqs_fifo_pipe", "kinesis_pipe", "dynamodb_pipe"),
                         [](const auto& test) { return test.param; });

TEST(ProcessCommand, TellsWhatBecomesOfEachMessage) {
  const ToolRun run = run_tool({"process", "--handler", "sample", sample_event("sqs")});
  EXPECT_THAT(
      run.out,
      AllOf(HasSubstr("4 messages of an SQS standard queue"), HasSubstr("failed  returned to the queue\n"),
            HasSubstr("       the quantity is 0, which is not above 0"), HasSubstr("3 ok, 1 failed")));
}

TEST(ProcessCommand, TakesTheFifoProcessorForAFifoQueueAndSaysSo) {
  const ToolRun run = run_tool({"process", "--handler", "sample", sample_event("sqs_fifo")});
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("SQS FIFO queue"), HasSubstr("\nprocessor   SqsFifoPartialProcessor\n"),
                    HasSubstr("customer-b"), HasSubstr("not handled  returned to the queue")));
}

TEST(ProcessCommand, SkipsTheGroupOnError) {
  const json facts = json::parse(run_tool({"process", "--handler", "sample", "--json",
                                           "--skip-group-on-error", sample_event("sqs_fifo")})
                                     .out);
  EXPECT_EQ(facts.at("processor"), "SqsFifoPartialProcessor, skip_group_on_error = true");
  EXPECT_EQ(values(facts.at("records"), "status"),
            (std::vector<std::string>{"ok", "failed", "ok", "not handled", "ok"}));
}

TEST(ProcessCommand, TakesTheFifoProcessorForAStandardQueueWhenAsked) {
  const json facts =
      json::parse(run_tool({"process", "--handler", "sample", "--json", "--fifo", sample_event("sqs")}).out);
  EXPECT_EQ(facts.at("source"), "sqs");
  EXPECT_EQ(facts.at("processor"), "SqsFifoPartialProcessor");
  EXPECT_EQ(values(facts.at("records"), "status"),
            (std::vector<std::string>{"ok", "ok", "failed", "not handled"}));
}

TEST(ProcessCommand, NamesTheLowestFailureOfEachPartitionOfKafka) {
  const json facts =
      json::parse(run_tool({"process", "--handler", "sample", "--json", sample_event("kafka")}).out);
  EXPECT_EQ(facts.at("source"), "kafka");
  EXPECT_EQ(facts.at("checkpoint"), nullptr);
  EXPECT_EQ(facts.at("checkpoints"), json::parse(R"([{"partition":"orders-0","offset":16}])"));
  EXPECT_EQ(values(facts.at("records"), "what_follows"),
            (std::vector<std::string>{"done", "retried", "done", "done"}));
}

TEST(ProcessCommand, ReadsAnEventOfAPipe) {
  const std::string event =
      R"([{"eventSource":"aws:kinesis","eventID":"shardId-1:7","sequenceNumber":"7","data":"eA=="}])";
  const json facts = json::parse(run_tool({"process", "-", "--handler", "sample", "--json"}, event).out);
  EXPECT_EQ(facts.at("source"), "kinesis_pipe");
  EXPECT_EQ(facts.at("records").at(0).at("item_identifier"), "shardId-1:7");
}

TEST(ProcessCommand, TellsThatAPipeDeliversOnlyTheFailureOfAStreamAgain) {
  const json facts =
      json::parse(run_tool({"process", "--handler", "sample", "--json", sample_event("kinesis_pipe")}).out);
  EXPECT_EQ(facts.at("checkpoint"), nullptr);
  EXPECT_EQ(values(facts.at("records"), "what_follows"),
            (std::vector<std::string>{"done", "retried", "done", "done"}));
}

/// An event of a window, as `generate` makes it, with this state and these records.
std::string window_event(const std::string& state, std::size_t records, const std::string& more = "") {
  json event = json::parse(fixtures::kinesis_event(
      {{.sequence_number = "1"}, {.sequence_number = "2"}, {.sequence_number = "3"}}));
  event["Records"].erase(event["Records"].begin() + static_cast<std::ptrdiff_t>(records),
                         event["Records"].end());
  const json window = json::parse(
      R"({"window":{"start":"2020-12-09T07:04:00Z","end":"2020-12-09T07:06:00Z"},"shardId":"shardId-6",)"
      R"("eventSourceARN":"arn:aws:kinesis:us-east-1:123456789012:stream/orders","state":)" +
      state + more + "}");
  event.update(window);
  return event.dump();
}

const std::string ending = R"(,"isFinalInvokeForWindow":true)";

json processed_window(const std::string& event, std::vector<std::string> options = {}) {
  options.insert(options.begin(), {"process", "-", "--json"});
  const ToolRun run = run_tool(options, event);
  EXPECT_EQ(run.status, 0) << run.error;
  return json::parse(run.out);
}

TEST(ProcessCommand, FoldsAWindowUpToTheFirstFailure) {
  const json facts = processed_window(window_event(R"({"orders":7,"folded":["0"]})", 3), {"--fail-nth", "2"});
  EXPECT_EQ(facts.at("source"), "kinesis_window");
  EXPECT_EQ(facts.at("processor"), "process_window, BatchProcessor<KinesisStreamRecord>");
  EXPECT_EQ(facts.at("window").at("state_before"), json::parse(R"({"orders":7,"folded":["0"]})"));
  EXPECT_EQ(facts.at("window").at("state_after"), json::parse(R"({"orders":7,"folded":["0","1"]})"));
  EXPECT_EQ(facts.at("response").at("state"), facts.at("window").at("state_after"));
  EXPECT_EQ(facts.at("window").at("is_last"), false);
  EXPECT_EQ(facts.at("window").at("is_finished"), false);
  EXPECT_EQ(facts.at("checkpoint"), "2");
  EXPECT_EQ(values(facts.at("records"), "status"), (std::vector<std::string>{"ok", "failed", "not handled"}));
  EXPECT_EQ(values(facts.at("records"), "what_follows"),
            (std::vector<std::string>{"done", "retried", "retried"}));
}

TEST(ProcessCommand, FinishesAWindowWhereEveryRecordSucceeded) {
  const json ended = processed_window(window_event("{}", 3, ending));
  EXPECT_EQ(ended.at("window").at("is_finished"), true);
  EXPECT_EQ(ended.at("window").at("state_after"), json::parse(R"({"folded":["1","2","3"]})"));
  const json failed = processed_window(window_event("{}", 3, ending), {"--fail-nth", "1"});
  EXPECT_EQ(failed.at("window").at("is_last"), true);
  EXPECT_EQ(failed.at("window").at("is_finished"), false);
  EXPECT_EQ(failed.at("window").at("state_after"), json::object());
}

TEST(ProcessCommand, KnowsTheStreamOfALastInvocationWithoutRecordsByItsArn) {
  const json facts = processed_window(window_event(R"({"folded":["0"]})", 0, ending));
  EXPECT_EQ(facts.at("source"), "kinesis_window");
  EXPECT_EQ(facts.at("window").at("is_finished"), true);
  const ToolRun run = run_tool({"process", "-"}, window_event("null", 0, ending));
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("0 records of a Kinesis data stream with tumbling windows"),
                    HasSubstr("window      it ends, and is finished\nstate       {}\n  before    {}\n")));
}

TEST(ProcessCommand, RefusesAWindowThatItCannotFold) {
  expect_one_complaint(run_tool({"process", "-"}, window_event("[1]", 3)), "/state: not an object");
  expect_one_complaint(run_tool({"process", "-", "--fifo"}, window_event("{}", 3)),
                       "--fifo is for SQS, and this event is from kinesis_window");
  expect_one_complaint(run_tool({"process", "-", "--fail-nth", "4"}, window_event("{}", 3)),
                       "--fail-nth names record 4");
  json event = json::parse(fixtures::sqs_event({{.message_id = "m1"}}));
  event["window"] = json::object();
  expect_one_complaint(run_tool({"process", "-"}, event.dump()), "/window");
}

TEST(ProcessCommand, ReadsTheEventsOfWindowsThatGeneratePrints) {
  for (const char* source : {"kinesis_window", "dynamodb_window"}) {
    for (int seed = 1; seed <= 20; ++seed) {
      const ToolRun event = run_tool({"generate", "--source", source, "--seed", std::to_string(seed)});
      const ToolRun run = run_tool({"process", "-", "--json"}, event.out);
      ASSERT_EQ(run.status, 0) << run.error << event.out;
      EXPECT_EQ(json::parse(run.out).at("source"), source);
    }
  }
}

TEST(ProcessCommand, TellsThatAStreamStartsAgainAtTheCheckpoint) {
  const json facts =
      json::parse(run_tool({"process", "--handler", "sample", "--json", sample_event("kinesis")}).out);
  EXPECT_EQ(facts.at("checkpoint"), "49590338271490256608559692538361571095921575989136588950");
  EXPECT_EQ(values(facts.at("records"), "what_follows"),
            (std::vector<std::string>{"done", "retried", "retried (after the checkpoint)",
                                      "retried (after the checkpoint)"}));
  EXPECT_THAT(run_tool({"process", "--handler", "sample", sample_event("kinesis")}).out,
              HasSubstr("checkpoint  49590338271490256608559692538361571095921575989136588950"));
}

TEST(ProcessCommand, ComparesSequenceNumbersAsNumbers) {
  const std::string event =
      fixtures::kinesis_event({{.sequence_number = "9", .data = R"({"quantity": 1})"},
                               {.sequence_number = "10", .data = R"({"quantity": 0})"},
                               {.sequence_number = "11", .data = R"({"quantity": 0})"}});
  const json facts = json::parse(run_tool({"process", "--handler", "sample", "--json", "-"}, event).out);
  EXPECT_EQ(facts.at("checkpoint"), "10");
  EXPECT_EQ(values(facts.at("records"), "what_follows"),
            (std::vector<std::string>{"done", "retried", "retried"}));
}

TEST(ProcessCommand, AcceptsRemovedItems) {
  const json facts =
      json::parse(run_tool({"process", "--handler", "sample", "--json", sample_event("dynamodb")}).out);
  EXPECT_EQ(values(facts.at("records"), "status"), (std::vector<std::string>{"ok", "ok", "failed", "ok"}));
  EXPECT_EQ(facts.at("records").at(3).at("group"), "order_id=o-1004");
}

TEST(ProcessCommand, FailsTheRecordsWhosePayloadContainsTheText) {
  for (const char* source : {"sqs", "kinesis", "dynamodb"}) {
    const ToolRun run =
        run_tool({"process", "--json", "--fail-if-payload-contains", "o-1001", sample_event(source)});
    EXPECT_EQ(run.status, 0);
    const json records = json::parse(run.out).at("records");
    EXPECT_EQ(values(records, "status").at(0), "failed") << source;
    EXPECT_EQ(values(records, "cause").at(0), "the payload contains \"o-1001\"");
    EXPECT_EQ(values(records, "status").at(1), "ok");
  }
}

TEST(ProcessCommand, TellsThatTheInvocationFailsWhenAllFailed) {
  for (const char* source : {"sqs", "sqs_fifo", "kinesis", "dynamodb"}) {
    const std::vector<std::string> arguments{"process", sample_event(source), "--fail-if-payload-contains",
                                             "o-1"};
    const ToolRun run = run_tool(arguments);
    EXPECT_EQ(run.status, 0);
    EXPECT_THAT(run.out,
                AllOf(HasSubstr("error       BatchProcessingError: all "),
                      HasSubstr("the invocation fails, and the whole batch comes back"),
                      Not(HasSubstr("checkpoint")), Not(HasSubstr("deleted")), Not(HasSubstr("done"))));
    const json facts = json::parse(
        run_tool({"process", sample_event(source), "--fail-if-payload-contains", "o-1", "--json"}).out);
    EXPECT_EQ(facts.at("invocation_failed"), true);
    EXPECT_TRUE(facts.at("response").is_null());
    EXPECT_TRUE(facts.at("checkpoint").is_null());
  }
}

TEST(ProcessCommand, TellsWhyAPayloadIsNoOrder) {
  const std::string event = fixtures::sqs_event({{.message_id = "m1", .body = "hello"},
                                                 {.message_id = "m2", .body = "[1]"},
                                                 {.message_id = "m3", .body = "{}"},
                                                 {.message_id = "m4", .body = R"({"quantity": "2"})"},
                                                 {.message_id = "m5", .body = R"({"quantity": 2})"}});
  EXPECT_EQ(
      values(
          json::parse(run_tool({"process", "--handler", "sample", "--json", "-"}, event).out).at("records"),
          "cause"),
      (std::vector<std::string>{"not an order: the payload is not JSON",
                                "not an order: the payload is not a JSON object", "the order has no quantity",
                                "the quantity is not a number", ""}));
}

std::string own_event() {
  return fixtures::sqs_event({{.message_id = "a-1", .body = R"({"user":7})"},
                              {.message_id = "a-2", .body = "no order at all"},
                              {.message_id = "a-3", .body = ""}});
}

std::vector<std::string> statuses_of_own_event(std::vector<std::string> options) {
  options.insert(options.begin(), "process");
  options.insert(options.end(), {"-", "--json"});
  const ToolRun run = run_tool(options, own_event());
  EXPECT_EQ(run.status, 0) << run.error;
  return values(json::parse(run.out).at("records"), "status");
}

TEST(ProcessCommand, AcceptsEveryRecordThatNoOptionNames) {
  using Statuses = std::vector<std::string>;
  EXPECT_EQ(statuses_of_own_event({}), (Statuses{"ok", "ok", "ok"}));
  EXPECT_EQ(statuses_of_own_event({"--fail-nth", "2"}), (Statuses{"ok", "failed", "ok"}));
  EXPECT_EQ(statuses_of_own_event({"--fail-nth", "1,3"}), (Statuses{"failed", "ok", "failed"}));
  EXPECT_EQ(statuses_of_own_event({"--fail-nth", "1", "--fail-nth", "2"}),
            (Statuses{"failed", "failed", "ok"}));
  EXPECT_EQ(statuses_of_own_event({"--fail-ids", "a-3"}), (Statuses{"ok", "ok", "failed"}));
  EXPECT_EQ(statuses_of_own_event({"--fail-ids", "a-1,a-2"}), (Statuses{"failed", "failed", "ok"}));
  EXPECT_EQ(statuses_of_own_event({"--fail-if-payload-contains", "user"}), (Statuses{"failed", "ok", "ok"}));
  EXPECT_EQ(statuses_of_own_event({"--fail-if-payload-contains", "user", "--fail-nth", "3"}),
            (Statuses{"failed", "ok", "failed"}));
  EXPECT_EQ(statuses_of_own_event({"--handler", "sample"}), (Statuses{"failed", "failed", "failed"}));
}

TEST(ProcessCommand, SaysWhichHandlerRanAndWhyARecordFailed) {
  EXPECT_THAT(run_tool({"process", "-"}, own_event()).out,
              HasSubstr("\nhandler     accepts every record; the options --fail-... name those that fail\n"));
  EXPECT_THAT(
      run_tool({"process", "-", "--fail-nth", "2"}, own_event()).out,
      AllOf(HasSubstr("    2  a-2         failed  returned to the queue\n       --fail-nth names it\n"),
            HasSubstr(R"({"batchItemFailures":[{"itemIdentifier":"a-2"}]})")));
}

TEST(ProcessCommand, FailsTheRecordsOfAStreamByTheirSequenceNumbers) {
  const std::string event = fixtures::kinesis_event(
      {{.sequence_number = "9", .data = "\xFF"}, {.sequence_number = "10"}, {.sequence_number = "11"}});
  const json facts = json::parse(run_tool({"process", "-", "--json", "--fail-ids", "10"}, event).out);
  EXPECT_EQ(values(facts.at("records"), "status"), (std::vector<std::string>{"ok", "failed", "ok"}));
  EXPECT_EQ(facts.at("checkpoint"), "10");
}

TEST(ProcessCommand, FailsTheRecordsOfKafkaByTheirIdentifiersAndByTheShortOnesOfItsTable) {
  const std::string event = fixtures::kafka_event({{.offset = 16}, {.offset = 17}, {.offset = 18}});
  const auto statuses_with = [&](std::vector<std::string> names) {
    std::vector<std::string> arguments{"process", "-", "--json"};
    for (const std::string& name : names) arguments.insert(arguments.end(), {"--fail-ids", name});
    const ToolRun run = run_tool(arguments, event);
    EXPECT_EQ(run.status, 0) << run.error;
    return values(json::parse(run.out).at("records"), "status");
  };
  using Statuses = std::vector<std::string>;
  EXPECT_EQ(statuses_with({R"({"partition":"orders-0","offset":17})"}), (Statuses{"ok", "failed", "ok"}));
  EXPECT_EQ(statuses_with({R"({"partition":"orders-0","offset":16})", "orders-0:18"}),
            (Statuses{"failed", "ok", "failed"}));
  EXPECT_EQ(statuses_with({"orders-0:16,orders-0:17"}), (Statuses{"failed", "failed", "ok"}));
}

TEST(ProcessCommand, FitsATerminal) {
  for (const char* source : {"sqs", "sqs_fifo", "kinesis", "dynamodb"}) {
    std::istringstream lines(run_tool({"process", "--handler", "sample", sample_event(source)}).out);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_TRUE(line.size() <= 80 || line.starts_with("response")) << line;
    }
  }
}

TEST(ProcessCommand, LetsNoEventSteerTheTerminal) {
  const std::string event = fixtures::sqs_event(
      {{.message_id = "m\x1b[2J1", .body = "{}"}, {.message_id = "m2", .body = R"({"quantity": 2})"}});
  const ToolRun run = run_tool({"process", "-", "--fail-nth", "1"}, event);
  EXPECT_THAT(run.out, AllOf(HasSubstr("m\\x1B[2J1"), Not(HasSubstr("\x1b"))));
}

TEST(ProcessCommand, ShowsCharactersThatTurnTextAroundEscaped) {
  // A mark, an override, an isolate, a separator of lines, one of C1 and a tag, each with its escape.
  const std::vector<std::pair<std::string, std::string>> controls{
      {"\xD8\x9C", "\\u061C"},     {"\xE2\x80\xAE", "\\u202E"}, {"\xE2\x81\xA6", "\\u2066"},
      {"\xE2\x80\xA8", "\\u2028"}, {"\xC2\x9B", "\\u009B"},     {"\xF3\xA0\x81\x81", "\\uDB40\\uDC41"}};
  for (const auto& [control, escape] : controls) {
    const std::string event =
        fixtures::sqs_event({{.message_id = "m" + control + "1", .body = control}, {.message_id = "m2"}});
    const std::vector<std::string> arguments{"process", "-", "--fail-if-payload-contains", control};
    for (const bool as_json : {false, true}) {
      std::vector<std::string> all = arguments;
      if (as_json) all.emplace_back("--json");
      const ToolRun run = run_tool(all, event);
      EXPECT_THAT(run.out,
                  AllOf(HasSubstr("m" + escape + "1"), HasSubstr("contains"), Not(HasSubstr(control))));
      if (as_json) {
        EXPECT_EQ(json::parse(run.out).at("records").at(0).at("item_identifier"), "m" + control + "1");
      }
    }
    const ToolRun refused = run_tool({"process", "-"}, R"({"Records":[{"eventSource":")" + control + "\"}]}");
    expect_one_complaint(refused, escape);
    EXPECT_THAT(refused.error, Not(HasSubstr(control)));
  }
  const std::string umlaut = fixtures::sqs_event({{.message_id = "m\xC3\xBC\xE2\x82\xAC"}});
  EXPECT_THAT(run_tool({"process", "-"}, umlaut).out, HasSubstr("m\xC3\xBC\xE2\x82\xAC"));
}

TEST(ProcessCommand, ReadsPastAByteOrderMark) {
  EXPECT_EQ(run_tool({"process", "-"}, "\xEF\xBB\xBF" + own_event()).out,
            run_tool({"process", "-"}, own_event()).out);
}

TEST(ProcessCommand, NamesAnEventThatIsNone) {
  using namespace std::string_literals;
  const std::vector<std::pair<std::string, std::string>> events{
      {R"({"Records":[{"EventSource":"aws:sns","Sns":{"Message":"{}"}}]})",
       "/Records/0/eventSource: missing, and one of \"aws:sqs\", \"aws:kinesis\", \"aws:dynamodb\" and "
       "\"aws:kafka\" is expected; this is an Amazon SNS notification"},
      {R"({"Records":[{"eventSource":"aws:unheard-of"}]})", "but \"aws:unheard-of\""},
      {R"({"eventSource":"aws:rmq","rmqMessagesByQueue":{}})", "Amazon MQ, from a RabbitMQ broker"},
      {"\xFF\xFE{\0\"\0"s, "UTF-16"}};
  for (const auto& [event, part] : events) {
    const ToolRun run = run_tool({"process", "-"}, event);
    EXPECT_EQ(run.out, "");
    expect_one_complaint(run, part);
  }
}

TEST(ProcessCommand, AnswersAnEmptyBatchWithAnEmptyList) {
  const ToolRun run = run_tool({"process", "-"}, R"({"Records": []})");
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, HasSubstr(R"(response    {"batchItemFailures":[]})"));
  EXPECT_TRUE(
      json::parse(run_tool({"process", "-", "--json"}, R"({"Records": []})").out).at("source").is_null());
}

}  // namespace
}  // namespace batchproof::tools
