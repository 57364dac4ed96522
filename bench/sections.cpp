#include "sections.hpp"

#include <fmt/core.h>

#include <array>
#include <string>

namespace batchproof::bench {
namespace {

using Run = benchmark::BenchmarkReporter::Run;

bool has(const Run& run, const char* counter) { return run.counters.contains(counter); }

double value(const Run& run, const char* counter) { return run.counters.at(counter); }

bool exceeds(const Run& run, const char* counter, const char* limit) {
  return has(run, counter) && has(run, limit) && value(run, counter) > value(run, limit);
}

std::string times(const Run& run, const char* counter, int digits) {
  return has(run, counter) ? fmt::format("{:.{}f}", value(run, counter), digits) : "";
}

std::string row_name(const Run& run) {
  const std::string& name = run.run_name.function_name;
  return has(run, "walk_ratio") ? name.substr(0, name.rfind('/')) : name;
}

bool print_ratio(const Run& run) {
  const bool over = exceeds(run, "walk_ratio", "limit");
  const bool over_without = exceeds(run, "walk_ratio_without_throws", "limit_without_throws");
  const bool under =
      has(run, "least_nlohmann_ratio") && exceeds(run, "least_nlohmann_ratio", "nlohmann_ratio");
  fmt::print("{:<29} {:>6} {:>8.1f} {:>5} {:>5} {:>5} {:>5} {:>5} {:>4}\n", row_name(run),
             value(run, "records"), value(run, "median_microseconds"), times(run, "walk_ratio", 2),
             over ? "OVER" : times(run, "limit", 2), times(run, "walk_ratio_without_throws", 2),
             over_without ? "OVER" : times(run, "limit_without_throws", 2),
             under ? "UNDER" : times(run, "nlohmann_ratio", 1), times(run, "powertools_ratio", 1));
  return over || over_without || under;
}

std::string in_microseconds(const Run& run, double multiple) {
  return fmt::format("{:.0f}", value(run, "median_microseconds") * multiple);
}

/// The headlines: the time of this library beside the baselines', in microseconds.
bool print_headline(const Run& run) {
  const bool over = exceeds(run, "walk_ratio", "limit") ||
                    exceeds(run, "walk_ratio_without_throws", "limit_without_throws");
  const auto elsewhere = [&](const char* ratio) {
    return has(run, ratio) ? in_microseconds(run, value(run, ratio)) : "";
  };
  fmt::print("{:<24} {:>10} {:>8} {:>9} {:>11} {:>6} {:>6}\n", run.report_label, in_microseconds(run, 1),
             in_microseconds(run, 1 / value(run, "walk_ratio")), elsewhere("nlohmann_ratio"),
             elsewhere("powertools_ratio"), times(run, "walk_ratio", 2),
             over ? "OVER" : times(run, "limit", 2));
  return over;
}

bool print_verification(const Run& run) {
  if (!has(run, "median_milliseconds")) {
    fmt::print("{:<24} {}\n", row_name(run), run.report_label);
    return false;
  }
  const double milliseconds = value(run, "median_milliseconds");
  const double cases = value(run, "cases");
  const bool over = has(run, "limit_milliseconds") && milliseconds > value(run, "limit_milliseconds");
  fmt::print("{:<24} {:>6} {:>8.0f} {:>6} {:>14.0f} {:>5} {:>11}\n", row_name(run), cases, milliseconds,
             over ? "OVER" : times(run, "limit_milliseconds", 0), cases * 1000 / milliseconds,
             value(run, "laws"), value(run, "judgements"));
  return over;
}

bool print_milliseconds(const Run& run) {
  const double milliseconds = value(run, "median_milliseconds");
  const bool over = milliseconds > value(run, "limit_milliseconds");
  fmt::print("{:<34} {:>9.1f} {:>9}\n", row_name(run), milliseconds,
             over ? "OVER" : times(run, "limit_milliseconds", 0));
  return over;
}

bool print_simulation(const Run& run) {
  const double cycles = value(run, "cycles_a_minute");
  const double least = value(run, "least_cycles_a_minute");
  fmt::print("{:<24} {:>12.0f} {:>18.0f} {:>12}\n", row_name(run), value(run, "deliveries"), cycles,
             cycles < least ? "UNDER" : fmt::format("{:.0f}", least));
  return cycles < least;
}

bool print_concurrency(const Run& run) {
  const bool is_time = has(run, "microseconds");
  const double measured = value(run, is_time ? "microseconds" : "ratio");
  const bool over = measured > value(run, "limit");
  fmt::print("{:<50} {:>9.2f} {:<2} {:>7}\n", row_name(run), measured, is_time ? "us" : "x",
             over ? "OVER" : times(run, "limit", 2));
  return over;
}

bool print_footprint(const Run& run) {
  const double measured = value(run, "footprint");
  const bool over = measured > value(run, "limit");
  fmt::print("{:<50} {:>9.2f} {:<2} {:>7}\n", row_name(run), measured, run.report_label,
             over ? "OVER" : times(run, "limit", 1));
  return over;
}

const std::array<Section, 8> sections{{
    {"What you pay for a batch of 1,000, and what you would pay elsewhere: the least\n"
     "that any reader must do, a walk by simdjson; a plain nlohmann loop; and\n"
     "Powertools for AWS Lambda (TypeScript). Times in microseconds.\n"
     "1,000                    batchproof     walk  nlohmann  Powertools x walk  limit",
     [](const Run& run) { return has(run, "walk_ratio") && !run.report_label.empty(); }, print_headline},
    {"Medians in microseconds, and in multiples of the bare walk, timed in turn; the\n"
     "rest is without the time of the throws. Then what nlohmann and Powertools take,\n"
     "in multiples of ours.\n"
     "row                          records       us  walk limit  rest limit nlohm Powr",
     [](const Run& run) { return has(run, "walk_ratio"); }, print_ratio},
    {"Batches of 10,000 records, drawn and written.\n"
     "source                                    ms     limit",
     [](const Run& run) { return run.run_name.function_name.starts_with("generate"); }, print_milliseconds},
    {"Templates, generated: 10,000 that are one application, and one of 1 MB.\n"
     "templates                                 ms     limit",
     [](const Run& run) { return run.run_name.function_name.starts_with("lint"); }, print_milliseconds},
    {"Random cases of up to 10 records, and the laws that each is judged by.\n"
     "subject                   cases       ms  limit cases a second  laws  judgements",
     [](const Run& run) { return run.run_name.function_name.starts_with("verify"); }, print_verification},
    {"Worlds of 100,000 messages in batches of 10, an event and a response each, on\n"
     "one core.\n"
     "source                     deliveries   batches a minute     at least",
     [](const Run& run) { return has(run, "cycles_a_minute"); }, print_simulation},
    {"Memory, size and start.\n"
     "what                                                measured      limit",
     [](const Run& run) { return has(run, "footprint"); }, print_footprint},
    {"Concurrency, windows and inner records: medians beside a baseline.\n"
     "what                                                measured      limit",
     [](const Run&) { return true; }, print_concurrency},
}};

}  // namespace

const Section& section_of(const Run& run) {
  for (const Section& section : sections) {
    if (section.holds(run)) return section;
  }
  return sections.back();
}

}  // namespace batchproof::bench
