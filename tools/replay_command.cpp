// `batchproof replay`: runs a saved case of a verification, and prints whether it violates its law now.
//
//     const Replayed replayed = replay_one(options, path);
//     print(text_of(replayed, wants_colour(stdout), reader_of(stdout)));

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <batchproof/blackbox.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/observation.hpp>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/verify_observed.hpp>
#include <batchproof/properties/verify_window.hpp>
#include <memory>
#include <optional>

#include "command.hpp"
#include "function_options.hpp"
#include "json_output.hpp"
#include "output.hpp"
#include "simulated_subject.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "usage_error.hpp"
#include "wording.hpp"
#include "wrapped_text.hpp"

namespace batchproof::tools {
namespace {

using properties::Report;
using properties::SavedCase;

constexpr const char* about_replay = "Run saved cases, and explain them";

constexpr const char* replay_footer =
    R"(A verification saves its counterexamples in the folder that its option .regressions
names: NAME.json is the event, NAME.case.json names the law that it violated.

Examples:
  batchproof replay tests/regressions/*.case.json
  batchproof replay --subject broken:skip_group_ignored case.json
  batchproof replay --function case.json -- node index.mjs

Status: 0 when no law is violated, 1 when one is, 2 when a file is not a saved case, or its
law cannot be judged of this subject.)";

struct ReplayOptions {
  std::vector<std::string> paths{};  ///< the saved cases
  std::string subject{};             ///< "broken:NAME"; this library's processors when empty
  FunctionOptions function{};
  bool json = false;
};

/// The result of a saved case.
struct Replayed {
  SavedCase saved;
  std::string sentence;  ///< of its law
  std::string subject;
  std::optional<Report> report;  ///< nothing for a law of handlers, since the handler is in a test
  std::string answer;            ///< the subject's answer to the event, with failures as in the pattern
};

bool is_of_window_functions(const SavedCase& saved) {
  return saved.mode == properties::mode_of_window_functions;
}

/// The sentence of its law, as it is said of a function or of a window's functions; empty for a law that this
/// version does not know.
std::string sentence_of(const SavedCase& saved, const FunctionOptions& function) {
  std::vector lists{properties::processor_laws(), properties::handler_laws()};
  if (function.is_used) lists.insert(lists.begin(), blackbox::laws_of_functions(!function.handled.empty()));
  if (is_of_window_functions(saved)) lists.insert(lists.begin(), properties::window_laws());
  for (const auto laws : lists) {
    const auto* const law = properties::law_named(laws, saved.law);
    if (law != nullptr && !law->sentence.empty()) return std::string(law->sentence);
  }
  return "";
}

std::string name_of_subject(const ReplayOptions& options) {
  if (options.function.is_used) return command_text();
  return options.subject.empty() ? "this library's processor" : options.subject;
}

Replayed replay_one(const ReplayOptions& options, const std::string& path) {
  SavedCase loaded = properties::load_regression(path);
  std::string sentence = sentence_of(loaded, options.function);
  if (sentence.empty()) {
    throw UsageError(fmt::format("the saved case {} is of the law \"{}\", which this version does not know",
                                 path, printable(loaded.law)));
  }
  Replayed replayed{.saved = std::move(loaded),
                    .sentence = std::move(sentence),
                    .subject = name_of_subject(options),
                    .report = std::nullopt,
                    .answer = {}};
  const SavedCase& saved = replayed.saved;
  const bool is_of_processors = properties::law_named(properties::processor_laws(), saved.law) != nullptr &&
                                !is_of_window_functions(saved);
  properties::Observation run;
  if (options.function.is_used) {
    blackbox::FunctionSubject subject(function_of(options.function), saved.claims,
                                      {.handled = options.function.handled});
    subject.start();
    const auto laws = blackbox::laws_of_functions(!options.function.handled.empty());
    if (is_of_processors) replayed.report = properties::replay_observed(saved, subject, laws);
    run = subject(saved.batch_case, saved.payload);
    const std::string note = subject.note_on_handling();
    if (replayed.report && !note.empty()) replayed.report->add_note(note);
  } else {
    const SimulatedSubject chosen = simulated_subject(options.subject, saved.batch_case.source, saved.claims);
    const fixtures::Subject subject = chosen.make();
    SavedCase judged = saved;
    if (options.subject.empty()) judged.claims = chosen.claims;  // of process_window: its own
    if (is_of_processors) replayed.report = properties::replay_regression(judged, subject);
    fixtures::BatchCase batch = saved.batch_case;
    batch.fails_plainly = !is_of_processors;  // the handler in the test has errors of its own
    run = properties::observe(subject, batch, saved.payload);
  }
  replayed.answer = run.response.value_or("threw: " + run.error);
  return replayed;
}

bool is_violated(const Replayed& replayed) {
  return replayed.report && !replayed.report->broken_law().empty();
}

/// True when the law is not one that this subject can be judged by.
bool is_not_judged(const Replayed& replayed) {
  return replayed.report && !replayed.report->passed() && !is_violated(replayed);
}

std::string records_of(const SavedCase& saved, bool colour) {
  std::vector<Row> rows{{{"#"}, {"identifier"}, {"group"}, {"verdict"}}};
  for (std::size_t index = 0; index < saved.batch_case.records.size(); ++index) {
    const auto& record = saved.batch_case.records[index];
    const bool is_accepted = !record.rejected && !record.verdict_unknown;
    rows.push_back({{std::to_string(index)},
                    {record.item_identifier},
                    {record.message_group_id.value_or("")},
                    {std::string(verdict_in_words(record)), is_accepted ? Tone::good : Tone::caution}});
  }
  return rows.size() == 1 ? "" : table(rows, colour) + "\n";
}

std::string state_of(const Replayed& replayed, bool colour) {
  if (!replayed.report) return "about a handler: the test that saved this case judges it first";
  if (is_not_judged(replayed)) {
    return paint("not judged", Tone::caution, colour) + ": this law does not apply to " + replayed.subject +
           ", or needs --handled";
  }
  return is_violated(replayed) ? paint("violated by ", Tone::bad, colour) + replayed.subject
                               : paint("held by ", Tone::good, colour) + replayed.subject;
}

/// The beginning of a long text; JSON has all of it.
std::string beginning_of(std::string_view text) {
  constexpr std::size_t most = 400;
  return shorten_end(printable(text), most);
}

std::string text_of(const Replayed& replayed, bool colour, Reader reader) {
  const SavedCase& saved = replayed.saved;
  std::string text = printable(saved.path) + "\n\n";
  text += fmt::format("  law       {}: {}\n", printable(saved.law), replayed.sentence);
  text += fmt::format("  source    {}\n", fixtures::name(saved.batch_case.source));
  if (!saved.mode.empty()) text += fmt::format("  mode      {}\n", printable(saved.mode));
  const std::string pattern = saved.batch_case.pattern();
  text += fmt::format("  pattern   {}\n", pattern.empty() ? "(no records)" : beginning_of(pattern));
  if (!saved.earlier.empty())
    text += fmt::format("  earlier   {} that must come first\n", counted(saved.earlier.size(), "event"));
  text += fmt::format("  once      {}\n\n{}", beginning_of(saved.about), records_of(saved, colour));
  text += fmt::format("  expected  {}\n", beginning_of(saved.expected));
  text += fmt::format("  actual    {}\n", beginning_of(replayed.answer));
  text += fmt::format("  now       {}\n", state_of(replayed, colour));
  if (is_violated(replayed)) {
    for (const std::string& violation : replayed.report->counterexample().violations)
      text += fmt::format("  violated  {}\n", beginning_of(violation));
  }
  if (replayed.report) {
    for (const std::string& note : replayed.report->notes())
      text += fmt::format("  note      {}\n", beginning_of(note));
  }
  return wrapped_report(text, reader);
}

nlohmann::ordered_json json_of(const Replayed& replayed) {
  using nlohmann::ordered_json;
  const SavedCase& saved = replayed.saved;
  ordered_json json{{"path", saved.path},
                    {"law", saved.law},
                    {"source", fixtures::name(saved.batch_case.source)},
                    {"mode", saved.mode},
                    {"pattern", saved.batch_case.pattern()},
                    {"earlier", saved.earlier.size()},
                    {"once", saved.about},
                    {"expected", saved.expected},
                    {"actual", replayed.answer},
                    {"report", nullptr}};
  if (replayed.report) json["report"] = fixtures::parse_ordered_json(to_json(*replayed.report));
  return json;
}

int replay(const ReplayOptions& options) {
  std::vector<Replayed> all;
  all.reserve(options.paths.size());
  for (const std::string& path : options.paths) all.push_back(replay_one(options, path));
  if (options.json) {
    nlohmann::ordered_json json = begin_json_output();
    json["passed"] = std::none_of(all.begin(), all.end(), is_violated) &&
                     std::none_of(all.begin(), all.end(), is_not_judged);
    json["cases"] = nlohmann::ordered_json::array();
    for (const Replayed& replayed : all) json["cases"].push_back(json_of(replayed));
    print(to_text(json));
  } else {
    for (const Replayed& replayed : all)
      print((&replayed == &all.front() ? "" : "\n") +
            text_of(replayed, wants_colour(stdout), reader_of(stdout)));
  }
  if (std::any_of(all.begin(), all.end(), is_violated)) return 1;
  return std::any_of(all.begin(), all.end(), is_not_judged) ? 2 : 0;
}

}  // namespace

void add_replay(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ReplayOptions>();
  CLI::App& command = *app.add_subcommand("replay", about_replay);
  command.add_option("cases", options->paths, "Files of saved cases")->required()->type_name("FILE...");
  command
      .add_option("--subject", options->subject,
                  "broken:NAME, a processor known to be faulty (default: this library's processors)")
      ->type_name("NAME");
  add_function(command, options->function);
  add_handled(command, options->function);
  refuse_with_function(command, {"--subject"});
  command.add_flag("--json", options->json, "Print one JSON object");
  command.footer(replay_footer);
  command.callback([options, &action] { action = [options] { return replay(*options); }; });
}

}  // namespace batchproof::tools
