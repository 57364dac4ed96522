// Judges the batches that a fuzzer's bytes choose:
//
//     const auto fuzzed = std::make_shared<FuzzedHandler<Record>>();
//     return [fuzzed](std::string_view input) { return judge_input(*fuzzed, input); };

#include <fcntl.h>
#include <unistd.h>

#include <batchproof/fixtures/hostile_input.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/properties/fuzz.hpp>
#include <batchproof/properties/laws.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "../saved/saved_files.hpp"
#include "experiments.hpp"
#include "fresh_process.hpp"
#include "fuzz_batch.hpp"
#include "handler_plan.hpp"
#include "last_words.hpp"
#include "search.hpp"

namespace batchproof::properties {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_of_any_source = 10'000;  // records; Lambda hands over no more

constexpr const char* replay_of_an_input = "this program, with the file of this input as its argument";

/// Writes a file, as a signal handler may.
bool write_whole(const std::string& path, std::string_view text) noexcept {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) return false;
  const bool is_written = write_all(file, {text});
  close(file);
  return is_written;
}

/// Saves a case that ends the process as a regression of the law `survives`. All that is written is prepared
/// here. Empty when the plan names no folder for regressions.
LastWords::Speak save_at_the_end(const VerificationPlan& plan, const SubjectUnderTest& subject,
                                 const Case& one) {
  if (plan.regressions.empty()) return {};
  std::error_code error;
  fs::create_directories(plan.regressions, error);
  Counterexample found;
  found.batch_case = one.batch;
  found.damaged = one.is_damaged;
  found.observation.payload = one.payload;
  found.mode = subject.mode;
  found.claims = subject.claims;
  found.violations = {"it ends the process"};
  found.expected = std::string(survives.expected);
  SavedFiles files = saved_files_of(survives.id, found);
  files.event_name = plan.regressions + "/" + files.event_name;
  files.case_name = plan.regressions + "/" + files.case_name;
  return [files = std::move(files)](std::string_view) {
    const bool is_saved =
        write_whole(files.case_name, files.description) && write_whole(files.event_name, files.event);
    write_all(STDERR_FILENO, {"\nbatchproof: the law survives is violated: this batch ends the process\n",
                              files.event, is_saved ? "\nsaved\n" : "\nnot saved: ", files.event_name, "\n"});
  };
}

/// A search through this one case. A copy of this process that has run no input confirms what it finds: state
/// of an earlier input is then told from a finding.
Report judge_one(const VerificationPlan& plan, const SubjectUnderTest& subject, const Case& one,
                 FreshProcess& fresh_process) {
  const LastWords last_words(save_at_the_end(plan, subject, one));
  const Stage stage{.kind = CaseKind::random,
                    .count = 1,
                    .cases =
                        [&](const SubjectUnderTest& each, std::size_t) {
                          std::vector<StagedCase> cases;
                          if (&each == &subject) cases.push_back({one, nullptr, {}, {}});
                          return cases;
                        },
                    .name = [](std::size_t) { return std::string("the input of a fuzzer"); }};
  return search({&stage, 1}, plan, &fresh_process);
}

/// Judges nothing about a batch that AWS would not send, unless hostile input is on.
Report judge_batch_as_sent(const VerificationPlan& plan, const SubjectUnderTest& subject,
                           const fixtures::BatchCase& batch, FreshProcess& fresh_process) {
  if (!plan.hostile && !fixtures::hostile_input(batch).empty()) return {};
  return judge_one(plan, subject, Case(batch), fresh_process);
}

/// The plan refers to the other members.
template <class Record>
struct FuzzedHandler {
  ErasedHandler<Record> handler;
  VerifyHandlerOptions options;
  Payloads lists{};
  VerificationPlan plan{};
  std::optional<FreshProcess> fresh_process{};
};

template <class Record>
Report judge_input(FuzzedHandler<Record>& fuzzed, std::string_view input) {
  FuzzBytes bytes(input);
  const VerificationPlan& plan = fuzzed.plan;
  const SubjectUnderTest& subject = plan.subjects[bytes.take() % plan.subjects.size()];
  const auto learn = [&](const fixtures::BatchCase& alone) -> std::optional<bool> {
    const Case one(alone);
    const LastWords last_words(save_at_the_end(plan, subject, one));
    const Observation run = run_once(subject, one);
    return run.calls.empty() ? std::nullopt : std::optional(run.calls.front().threw);
  };
  return judge_batch_as_sent(
      plan, subject,
      fuzz_batch(subject.source, bytes, {.lists = &fuzzed.lists, .learn = learn, .hostile = plan.hostile},
                 fuzzed.options.largest_batch.value_or(largest_of_any_source)),
      *fuzzed.fresh_process);
}

template <class Record>
JudgeInput judge_handler(ErasedHandler<Record> handler, const VerifyHandlerOptions& options) {
  constexpr std::uint64_t drawn_by = 1;  // the same payloads for the same bytes
  const auto fuzzed = std::make_shared<FuzzedHandler<Record>>();
  fuzzed->handler = std::move(handler);
  fuzzed->options = options;
  fuzzed->options.cases = 1;
  fuzzed->options.seed = drawn_by;
  fuzzed->options.small_cases_budget = std::chrono::milliseconds(0);
  fuzzed->options.shard = fixtures::Shard();
  fuzzed->lists = {fuzzed->options.accepted.examples(drawn_by), fuzzed->options.rejected.examples(drawn_by),
                   options.classify};
  fuzzed->plan = plan_of_handler(fuzzed->handler, fuzzed->options, handler_laws(), Processes::none, {});
  fuzzed->plan.saved_cases.clear();
  fuzzed->plan.replay_command = replay_of_an_input;
  fuzzed->fresh_process.emplace(fuzzed->plan, "the inputs of a fuzzer");
  return [fuzzed](std::string_view input) { return judge_input(*fuzzed, input); };
}

struct FuzzedProcessor {
  fixtures::Subject processor;
  std::size_t largest_batch = 0;
  VerificationPlan plan{};
  std::optional<FreshProcess> fresh_process{};
};

Report judge_input(FuzzedProcessor& fuzzed, std::string_view input) {
  FuzzBytes bytes(input);
  const SubjectUnderTest& subject = fuzzed.plan.subjects.front();
  const unsigned kind = bytes.take();
  if (fuzzed.plan.hostile && (kind & 1U) != 0)
    return judge_one(fuzzed.plan, subject,
                     readable_case(std::string(bytes.take_all()), subject.source, kind >> 1U),
                     *fuzzed.fresh_process);
  return judge_batch_as_sent(
      fuzzed.plan, subject,
      fuzz_batch(subject.source, bytes, {.hostile = fuzzed.plan.hostile}, fuzzed.largest_batch),
      *fuzzed.fresh_process);
}

}  // namespace

template <fixtures::AnyRecord Record>
JudgeInput judge_inputs_of_handler(ErasedHandler<Record> handler, VerifyHandlerOptions options) {
  return judge_handler(std::move(handler), options);
}

JudgeInput judge_inputs_of_processor(fixtures::Source source, fixtures::Subject processor,
                                     const VerifyProcessorOptions& options) {
  const auto fuzzed = std::make_shared<FuzzedProcessor>();
  fuzzed->processor = std::move(processor);
  fuzzed->largest_batch = options.largest_batch.value_or(largest_of_any_source);
  SubjectUnderTest subject{.source = source, .claims = claims_of(options)};
  subject.run = [fuzzed = fuzzed.get()](const Case& one, Watch watch) {
    return observe(fuzzed->processor, one.batch, one.payload, watch);
  };
  fuzzed->plan = {.laws = processor_laws(),
                  .settings = {.cases = 1},
                  .regressions = options.regressions,
                  .replay_command = replay_of_an_input,
                  .hostile = options.hostile};
  fuzzed->plan.subjects.push_back(std::move(subject));
  fuzzed->fresh_process.emplace(fuzzed->plan, "the inputs of a fuzzer");
  return [fuzzed](std::string_view input) { return judge_input(*fuzzed, input); };
}

int fuzz_one_input(const JudgeInput& judge, const std::uint8_t* data, std::size_t size) {
  const Report report = judge({reinterpret_cast<const char*>(data), size});
  if (report.broken_law().empty()) return 0;
  const std::string text = report.text() + "\n";
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::abort();
}

#define BATCHPROOF_INSTANTIATE(Record) \
  template JudgeInput judge_inputs_of_handler(ErasedHandler<Record> handler, VerifyHandlerOptions options);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

}  // namespace batchproof::properties

/// The address sanitizer, which names it, calls it when it has reported an error, which is no signal.
// NOLINTBEGIN(bugprone-reserved-identifier, cert-dcl37-c, cert-dcl51-cpp, readability-identifier-naming)
extern "C" void __asan_on_error();
extern "C" void __asan_on_error() {
  batchproof::properties::leave_last_words("makes an error that the address sanitizer reports");
}
// NOLINTEND(bugprone-reserved-identifier, cert-dcl37-c, cert-dcl51-cpp, readability-identifier-naming)
