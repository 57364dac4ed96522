#include "verify_command.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/properties/conformance.hpp>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <random>
#include <utility>

#include "progress_line.hpp"
#include "sources.hpp"
#include "table.hpp"
#include "usage_error.hpp"
#include "verify_output.hpp"
#include "verify_subjects.hpp"

namespace batchproof::tools {
namespace {

using fixtures::Source;

std::vector<VerifySubject> all_subjects() {
  std::vector<VerifySubject> subjects{library_processors(), sample_handler()};
  auto broken = broken_subjects();
  std::move(broken.begin(), broken.end(), std::back_inserter(subjects));
  return subjects;
}

int list_subjects() {
  std::vector<Row> rows{{{"subject"}, {"what it is"}}};
  for (const VerifySubject& subject : all_subjects()) rows.push_back({{subject.name}, {subject.description}});
  std::cout << table(rows, false);
  return 0;
}

std::vector<Source> chosen_sources(const std::vector<std::string>& names) {
  if (names.empty()) return {fixtures::all_sources.begin(), fixtures::all_sources.end()};
  std::vector<Source> sources;
  sources.reserve(names.size());
  for (const std::string& name : names) sources.push_back(source_of(name));
  return sources;
}

std::vector<VerifySubject> chosen_subjects(const std::string& name) {
  if (name.empty()) return {library_processors(), sample_handler()};
  auto subjects = all_subjects();
  const auto found = std::find_if(subjects.begin(), subjects.end(),
                                  [&](const VerifySubject& subject) { return subject.name == name; });
  if (found == subjects.end()) {
    throw UsageError(
        fmt::format("there is no subject \"{}\"; batchproof verify --list-subjects names them", name));
  }
  return {std::move(*found)};
}

/// Leaves a subject the runs that are about one of these sources.
void keep_sources(VerifySubject& subject, const std::vector<Source>& wanted) {
  std::vector<VerifyRun> kept;
  for (VerifyRun& run : subject.runs) {
    std::vector<Source> sources;
    std::copy_if(run.sources.begin(), run.sources.end(), std::back_inserter(sources), [&](Source source) {
      return std::find(wanted.begin(), wanted.end(), source) != wanted.end();
    });
    if (sources.empty()) continue;
    run.sources = std::move(sources);
    kept.push_back(std::move(run));
  }
  subject.runs = std::move(kept);
}

bool is_empty(const VerifySubject& subject) { return subject.runs.empty(); }

std::vector<std::string> replay_arguments(const VerifyCommand& command, const VerifySubject& subject,
                                          const VerifyRun& run) {
  const std::string source(fixtures::name(run.sources.front()));
  return {command.program, "verify", "--subject", subject.name, "--source", source};
}

Verification verify_all(const VerifyCommand& command, const std::vector<VerifySubject>& subjects,
                        std::uint64_t seed) {
  const auto start = std::chrono::steady_clock::now();
  Verification verification{.seed = seed, .findings = {}};
  ProgressLine line;
  for (const VerifySubject& subject : subjects) {
    for (const VerifyRun& run : subject.runs) {
      line.begin(fmt::format("{}: {} {}", fixtures::name(run.sources.front()), subject.name, run.mode));
      auto report = run.verify({.cases = command.cases,
                                .seed = seed,
                                .progress = line.progress(),
                                .replay_arguments = replay_arguments(command, subject, run)});
      verification.findings.push_back({subject.name, run.mode, run.sources, std::move(report)});
    }
  }
  verification.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return verification;
}

void write_report(const VerifyCommand& command, const Verification& verification) {
  properties::write_conformance(command.report_folder, verification.findings);
  if (command.json) return;
  const std::filesystem::path folder(command.report_folder);
  std::cout << fmt::format("Report: {}\n", (folder / "conformance.html").string());
}

}  // namespace

int verify(const VerifyCommand& command) {
  if (command.list_subjects || command.subject == "list") return list_subjects();
  auto subjects = chosen_subjects(command.subject);
  for (VerifySubject& subject : subjects) keep_sources(subject, chosen_sources(command.sources));
  if (std::all_of(subjects.begin(), subjects.end(), is_empty)) {
    throw UsageError(fmt::format("the subject \"{}\" has nothing to do with that source", command.subject));
  }
  const std::uint64_t seed = command.seed ? *command.seed : std::random_device{}();
  // A folder that cannot be written to is told at once, and a run that is cut short leaves no page that says
  // "passed".
  if (!command.report_folder.empty()) properties::write_conformance(command.report_folder, {});
  if (!command.json) {
    std::cout << fmt::format("seed {}, {} random batches for each law and mode\n\n", seed,
                             with_commas(command.cases))
              << std::flush;
  }
  const Verification verification = verify_all(command, subjects, seed);
  std::cout << (command.json ? json_of(verification) : text_of(verification, wants_colour(stdout)));
  if (!command.report_folder.empty()) write_report(command, verification);
  return verification.passed() ? 0 : 1;
}

}  // namespace batchproof::tools
