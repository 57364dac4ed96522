#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/wording.hpp>
#include <batchproof/simulator/simulation_report.hpp>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace batchproof::simulator {
namespace {

using fixtures::counted;
using fixtures::with_commas;

std::string figures_of(const FinishedWorld& finished) {
  const Summary summary = summary_of(finished);
  const std::string never_tried =
      finished.world.calls_are_assumed ? "" : " (" + with_commas(summary.never_tried) + " never tried)";
  return counted(summary.messages, "message") + ": " + with_commas(summary.processed) + " processed, " +
         with_commas(summary.dead_lettered) + " dead-lettered" + never_tried + ", " +
         with_commas(summary.expired) + " expired, " + with_commas(summary.lost) + " lost, after " +
         with_commas(summary.redeliveries) + " redeliveries";
}

bool is_one_of(char character, std::string_view characters) {
  return characters.find(character) != std::string_view::npos;
}

/// True for a quote behind which a name begins.
bool opens_name(std::string_view text, std::size_t quote) {
  const bool is_at_word = quote == 0 || is_one_of(text[quote - 1], " \n(");
  return is_at_word && quote + 1 < text.size() && !is_one_of(text[quote + 1], " \n");
}

/// The quote that ends the name; `npos` where none does. The reason of a failure is text of the function,
/// whose quotes need not come in pairs.
std::size_t end_of_name(std::string_view text, std::size_t quote) {
  for (std::size_t end = text.find('"', quote + 1); end != std::string_view::npos;
       end = text.find('"', end + 1)) {
    const bool ends_word = end + 1 == text.size() || is_one_of(text[end + 1], " \n),;:.");
    if (ends_word && !is_one_of(text[end - 1], " \n")) return end;
  }
  return std::string_view::npos;
}

/// A violation without what differs from message to message: its numbers and quoted names.
std::string kind_of(std::string_view violation) {
  std::string kind;
  bool may_end = true;
  for (std::size_t at = 0; at < violation.size(); ++at) {
    const char character = violation[at];
    if (may_end && character == '"' && opens_name(violation, at)) {
      const std::size_t end = end_of_name(violation, at);
      may_end = end != std::string_view::npos;  // where this name has no end, no later one has
      if (may_end) {
        at = end;
        continue;
      }
    }
    const bool is_digit = character >= '0' && character <= '9';
    if (!is_digit) kind += character;
  }
  return kind;
}

/// Violations that are equal but for what they name.
struct Alike {
  std::string kind;
  const std::string* first;
  std::size_t others = 0;
};

std::vector<Alike> grouped(const std::vector<std::string>& violations) {
  std::vector<Alike> groups;
  for (const std::string& violation : violations) {
    std::string kind = kind_of(violation);
    const auto known =
        std::find_if(groups.begin(), groups.end(), [&](const Alike& group) { return group.kind == kind; });
    if (known == groups.end()) {
      groups.push_back({.kind = std::move(kind), .first = &violation});
    } else {
      known->others += 1;
    }
  }
  return groups;
}

std::string text_of_violations(const std::vector<std::string>& violations, bool may_be_more) {
  constexpr std::size_t most = 10;
  const std::string at_least = may_be_more ? "at least " : "";
  const std::vector<Alike> groups = grouped(violations);
  std::string text;
  for (std::size_t index = 0; index < std::min(groups.size(), most); ++index) {
    text += "  violated  " + *groups[index].first;
    if (const std::size_t others = groups[index].others; others > 0)
      text += " (and " + at_least + std::to_string(others) + " more like it)";
    text += "\n";
  }
  if (groups.size() > most)
    text += "            and violations of " + at_least + counted(groups.size() - most, "other kind") + "\n";
  return text;
}

/// The identifiers, which blanks separate, as numbers of messages; those of no message stay.
std::string numbers_of(const std::string& identifiers, const std::vector<std::string>& messages) {
  std::istringstream rest(identifiers);
  std::string numbers;
  for (std::string identifier; rest >> identifier;) {
    const auto known = std::find(messages.begin(), messages.end(), identifier);
    const bool is_known = known != messages.end();
    numbers += ' ' + (is_known ? std::to_string(known - messages.begin()) : identifier);
  }
  return numbers;
}

/// A line of the trace for people: the time, what happened, and the rest, in lines of a terminal that the
/// report indents by 2. The world stays JSON.
std::string text_of_line(const std::string& line, const std::vector<std::string>& messages) {
  const auto json = fixtures::parse_ordered_json_or_discard(line);
  if (!json.is_object() || !json.contains("at") || !json.contains("what")) return line;
  constexpr std::size_t widest_time = 9;
  constexpr std::size_t widest_line = 78;
  constexpr std::size_t column_of_fields = 26;
  const auto padded = [](std::string text, std::size_t width) {
    text.resize(std::max(text.size(), width), ' ');
    return text;
  };
  const std::string time = json["at"].dump() + " ms";
  const std::string what = json["what"];
  std::string text(widest_time - std::min(time.size(), widest_time), ' ');
  text += time + "  " + what;
  std::size_t line_begins_at = 0;
  bool is_first = true;
  for (const auto& [name, value] : json.items()) {
    if (name == "at" || name == "what") continue;
    const bool is_name = name == "message" || name == "messages";
    const std::string field = name + (!value.is_string() ? ' ' + value.dump()
                                      : is_name          ? numbers_of(value, messages)
                                                         : ' ' + value.get<std::string>());
    if (std::exchange(is_first, false)) {
      text = padded(std::move(text) + "  ", column_of_fields);
    } else if (text.size() - line_begins_at + 2 + field.size() <= widest_line) {
      text += ", ";
    } else {
      text += ",\n";
      line_begins_at = text.size();
      text += padded("  ", 2 + column_of_fields);
    }
    text += field;
  }
  return text;
}

}  // namespace

std::string text_of_law(std::string_view id, std::string_view sentence, std::string_view aws_page,
                        const std::vector<std::string>& violations, bool may_be_more) {
  std::string text = "batchproof: the law " + std::string(id) +
                     (violations.empty() ? " is flaky: violated once, not when its world ran again\n\n"
                                         : " is violated\n\n");
  text += "  law       " + std::string(sentence) + "\n";
  if (!aws_page.empty()) text += "  AWS page  " + std::string(aws_page) + "\n";
  return text + text_of_violations(violations, may_be_more);
}

std::vector<std::string> identifiers_of(const FinishedWorld& finished) {
  std::vector<std::string> identifiers;
  for (const Message& message : finished.messages) identifiers.push_back(message.identifier);
  return identifiers;
}

std::string text_of_trace(const Trace& trace, const std::vector<std::string>& messages, bool was_search_cut,
                          bool is_flaky) {
  constexpr std::size_t most_lines = 60;
  std::string text =
      is_flaky ? "\n  what happened when it ran again; does the subject keep state between worlds?\n\n"
      : was_search_cut
          ? "\n  a world that violates it, and what happens there; the search for a smaller "
            "one was given up, since crashes, time-outs or starts of the function took too long:\n\n"
          : "\n  the smallest world that violates it, and what happens there:\n\n";
  for (std::size_t line = 0; line < trace.lines.size(); ++line) {
    if (line == most_lines) return text + "  and " + counted(trace.lines.size() - line, "line") + " more\n";
    text += "  " + text_of_line(trace.lines[line], messages) + "\n";
  }
  return text;
}

std::string SimulationReport::text() const {
  if (counterexample_) return counterexample_->text();
  const std::string laws = only_law_ != nullptr ? "the law " + std::string(only_law_->id) : "every law";
  const std::string shard = shard_.is_whole() ? "" : ", shard " + to_text(shard_);
  if (worlds_ == 0) return "batchproof: no world was run, and no law was judged" + shard;
  if (worlds_ > 1 || !shard.empty())
    return "batchproof: " + laws + " held in " + counted(worlds_, "world") + shard;
  return "batchproof: " + laws + " held\n  " + figures_of(finished_) + "\n";
}

Verdict SimulationReport::expect_no_loss() const {
  if (worlds_ == 0) return {false, text()};
  if (only_law_ != nullptr && !only_law_->is_about_loss) {
    return {false, "batchproof: only the law " + std::string(only_law_->id) +
                       " judged the worlds, so nobody looked for lost messages; leave `law` empty\n"};
  }
  if (!counterexample_ || !counterexample_->law->is_about_loss)
    return {true, "batchproof: no message was lost\n"};
  return {false, text()};
}

}  // namespace batchproof::simulator
