#include "verify_all.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/conformance.hpp>
#include <batchproof/properties/merge_reports.hpp>
#include <chrono>
#include <thread>
#include <utility>

#include "processes.hpp"
#include "progress_line.hpp"
#include "wording.hpp"

namespace batchproof::tools {
namespace {

std::vector<std::string> replay_arguments(const VerifySubject& subject, const VerifyRun& run,
                                          const VerifyAllSettings& settings) {
  std::vector<std::string> arguments = settings.command;
  const std::string source(fixtures::name(run.sources.front()));
  for (const std::string& argument :
       {std::string("--subject"), subject.name, std::string("--source"), source})
    arguments.push_back(argument);
  if (settings.largest_batch) {
    arguments.emplace_back("--largest-batch");
    arguments.push_back(std::to_string(*settings.largest_batch));
  }
  return arguments;
}

/// Each run with its subject, in the order of the report.
using SubjectRuns = std::vector<std::pair<const VerifySubject*, const VerifyRun*>>;

}  // namespace

std::string heading_of(const VerifyAllSettings& settings) {
  const std::string shard = settings.shard.is_whole() ? "" : ", shard " + to_text(settings.shard);
  return fmt::format("seed {}, {} random batches for each law and mode{}\n\n", settings.seed,
                     with_commas(settings.cases), shard);
}

VerifyResult verify_all(const std::vector<VerifySubject>& subjects, const VerifyAllSettings& settings) {
  const auto start = std::chrono::steady_clock::now();
  SubjectRuns runs;
  for (const VerifySubject& subject : subjects) {
    for (const VerifyRun& run : subject.runs) runs.emplace_back(&subject, &run);
  }
  ProgressLine line;
  const auto finding_of = [&](std::size_t place, bool shows_progress) -> properties::NamedReport {
    const auto& [subject, run] = runs[place];
    line.begin(fmt::format("{}: {} {}", fixtures::name(run->sources.front()), subject->name, run->mode));
    auto report = run->verify({.cases = settings.cases,
                               .seed = settings.seed,
                               .largest_batch = settings.largest_batch,
                               .shard = settings.shard,
                               .progress = shows_progress ? line.progress() : properties::Progress(),
                               .replay_arguments = replay_arguments(*subject, *run, settings)});
    return {subject->name, run->mode, run->sources, std::move(report)};
  };
  VerifyResult verification{.seed = settings.seed, .shard = settings.shard, .findings = {}};
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t jobs = std::min(settings.jobs.value_or(cores), runs.size());
  if (jobs == 1) {
    for (std::size_t place = 0; place < runs.size(); ++place)
      verification.findings.push_back(finding_of(place, true));
  } else {
    const auto texts = texts_of_processes(runs.size(), jobs, [&](std::size_t place, std::size_t job) {
      return properties::conformance_json(std::vector{finding_of(place, job == 0)});
    });
    for (const std::string& text : texts)
      verification.findings.push_back(std::move(properties::read_conformance(text).front()));
  }
  verification.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return verification;
}

}  // namespace batchproof::tools
