#pragma once

// The subjects of `batchproof verify`: this library's processors, the sample handler; broken_subjects.hpp has
// the broken ones.
//
//     const VerifySubject subject = library_processors();
//     properties::Report report = subject.runs.front().verify({.cases = options.cases, .seed = seed});

#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/shard.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/fixtures/subject.hpp>
#include <batchproof/properties/progress.hpp>
#include <batchproof/properties/report.hpp>
#include <batchproof/properties/verify.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace batchproof::tools {

struct RunSettings {
  int cases = 0;
  std::uint64_t seed = 0;
  std::optional<std::size_t> largest_batch{};  ///< as in `VerifyProcessorOptions`
  fixtures::Shard shard{};
  properties::Progress progress{};
  std::vector<std::string>
      replay_arguments{};  ///< a command line that repeats the run, without shard, seed and cases
};

/// The command line that repeats a run.
std::string replay_command_of(const RunSettings& settings);

/// One verification: a processor in one mode, or a handler in every mode of its source.
struct VerifyRun {
  std::string mode;                       ///< empty if there is only one
  std::vector<fixtures::Source> sources;  ///< the sources of the report
  std::function<properties::Report(const RunSettings& settings)> verify;
};

struct VerifySubject {
  std::string name;
  std::string description;
  std::vector<VerifyRun> runs;
};

/// A run that judges a processor by every law. `odd_fields` as in `properties::VerifySettings`.
VerifyRun processor_run(std::string mode, fixtures::Source source, const fixtures::ProcessorClaims& claims,
                        fixtures::Subject subject, bool odd_fields = false);

/// Gives a verification of a handler these settings.
void apply(const RunSettings& settings, VerifyHandlerOptions& options);

/// A run that judges a handler in every processor mode.
template <class Record, class Handler>
VerifyRun handler_run(Handler handler, VerifyHandlerOptions options) {
  return {"in every processor mode", fixtures::sources_of<Record>(),
          [handler, options = std::move(options)](const RunSettings& settings) mutable {
            apply(settings, options);
            return verify_handler<Record>(handler, options);
          }};
}

/// This library's processors, in every mode of each source but those of windows: "processors".
VerifySubject library_processors();

/// The handler of `batchproof process --handler sample`, for each source: "sample_handler".
VerifySubject sample_handler();

/// Keeps only the runs of a subject for one of these sources.
void keep_sources(VerifySubject& subject, const std::vector<fixtures::Source>& wanted);

}  // namespace batchproof::tools
