#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "any_event.hpp"
#include "command.hpp"
#include "function_options.hpp"
#include "invoked_function.hpp"
#include "options.hpp"
#include "output.hpp"
#include "process_output.hpp"
#include "processed_event.hpp"
#include "processed_window.hpp"
#include "read_input.hpp"
#include "terminal.hpp"

namespace batchproof::tools {
namespace {

constexpr const char* about_process = "Process one event, and show the result of each record";

constexpr const char* process_footer =
    R"(The event goes through the processor of its source, as in a Lambda function. The handler
accepts every record but those that the options --fail-... name. The sample handler is one
of orders: JSON such as {"quantity": 2}, which fails when the quantity is missing or not
above 0.

An event of a tumbling window goes through process_window: the sequence number of each record
that the handler accepts is added to the list "folded" of the state.

Examples:
  batchproof process event.json
  batchproof process event.json --fail-nth 2
  batchproof process event.json --fail-if-payload-contains o-1002
  batchproof process fifo.json --fail-ids m-1,m-4 --skip-group-on-error
  batchproof process kafka.json --fail-ids orders-0:16 --fail-ids orders-1:3
  cat event.json | batchproof process - --handler sample --json
  batchproof generate --source kinesis_window |
    batchproof process - --fail-nth 2
  batchproof process --function event.json -- node index.mjs

Status: 0 when the event was processed, even if records failed; 1 when a function of
--function gave no answer; 2 when it could not be processed.)";

constexpr InputLimit event_limit{64, "a Lambda function receives events of 6 MB at most"};

struct ProcessOptions {
  std::string path{};  ///< of the event; "-" is the standard input
  ProcessingOptions processing{};
  FunctionOptions function{};
  bool json = false;
};

int invoke_function(const ProcessOptions& options) {
  const InvokedFunction invoked =
      invoke_once(function_of(options.function), read_text(options.path, event_limit));
  print(options.json ? json_of(invoked) : text_of(invoked));
  return failure_of(invoked.invocation).empty() ? 0 : 1;
}

int process(const ProcessOptions& options) {
  if (options.function.is_used) return invoke_function(options);
  const std::string payload = read_text(options.path, event_limit);
  const auto window_source = source_of_window(payload);
  const ProcessedEvent event = window_source
                                   ? process_window_event(*window_source, payload, options.processing)
                                   : process_event(payload, options.processing);
  print(options.json ? json_of(event) : text_of(event, wants_colour(stdout)));
  return 0;
}

void add_failures(CLI::App& command, FailureOptions& failures) {
  command
      .add_option_function<std::string>(
          "--fail-if-payload-contains",
          [&failures](const std::string& text) { failures.payload_text = text; },
          "Fail each record with TEXT in its body, data, keys or new image")
      ->type_name("TEXT");
  command
      .add_option("--fail-ids", failures.identifiers,
                  "Fail records by identifier, between commas; of Kafka, also orders-0:16")
      ->allow_extra_args(false)
      ->check(not_empty)
      ->type_name("ID");
  command
      .add_option("--fail-nth", failures.numbers,
                  "Fail the Nth record, or several, between commas; the first is 1")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(whole_number({1}))
      ->type_name("N");
  command
      .add_option_function<std::string>(
          "--handler", [&failures](const std::string&) { failures.sample_handler = true; },
          "sample: a handler of orders decides too")
      ->check(CLI::IsMember({"sample"}))
      ->type_name("NAME");
}

}  // namespace

void add_process(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ProcessOptions>();
  CLI::App& command = *app.add_subcommand("process", about_process);
  command
      .add_option("event", options->path, "The file that holds the event as JSON; - is the standard input")
      ->required()
      ->type_name("EVENT.json");
  add_failures(command, options->processing.failures);
  command.add_flag("--fifo", options->processing.fifo,
                   "Take any SQS event for a FIFO queue's; one whose ARN ends in .fifo is so anyway");
  command.add_flag("--skip-group-on-error", options->processing.skip_group_on_error,
                   "FIFO: a failure stops its own message group alone");
  add_function(command, options->function);
  refuse_with_function(command, {"--fail-if-payload-contains", "--fail-ids", "--fail-nth", "--handler",
                                 "--fifo", "--skip-group-on-error"});
  command.add_flag("--json", options->json, "Print one JSON object");
  command.footer(process_footer);
  command.callback([options, &action] { action = [options] { return process(*options); }; });
}

}  // namespace batchproof::tools
