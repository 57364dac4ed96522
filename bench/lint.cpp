#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <batchproof/lint/lint.hpp>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "benchmarks.hpp"
#include "timing.hpp"

namespace batchproof::bench {
namespace {

constexpr int templates = 10'000;
constexpr double limit_of_all_milliseconds = 60'000;
constexpr std::size_t large_template_bytes = 1'000'000;
constexpr double limit_of_large_milliseconds = 1'000;
constexpr int iterations = 5;

/// A queue, a function that reads it, and a policy, as people write them; some values must be computed.
std::string resources_of(int number) {
  return fmt::format(R"(  Queue{0}:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub "orders-{0}-${{Stage}}"
      VisibilityTimeout: !FindInMap [Seconds, !Ref Stage, Visibility]
      RedrivePolicy: {{deadLetterTargetArn: !GetAtt Dead{0}.Arn, maxReceiveCount: {1}}}
  Dead{0}:
    Type: AWS::SQS::Queue
    Properties: {{MessageRetentionPeriod: 1209600}}
  Policy{0}:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue{0}]
      PolicyDocument:
        Statement:
          - {{Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: !GetAtt Queue{0}.Arn}}
  Function{0}:
    Type: AWS::Serverless::Function
    Condition: IsWanted
    Properties:
      Handler: index.handler
      Runtime: nodejs22.x
      Timeout: 30
      Environment: {{Variables: {{STAGE: !Ref Stage, TABLE: !Join ["-", [table, !Ref Stage]]}}}}
      Events:
        Orders:
          Type: SQS
          Properties:
            Queue: !Sub "arn:aws:sqs:${{AWS::Region}}:${{AWS::AccountId}}:orders-{0}-${{Stage}}"
            FunctionResponseTypes: !If [IsWanted, [ReportBatchItemFailures], !Ref AWS::NoValue]
)",
                     number, number % 9 + 1);
}

/// `Stage` has no default, so that everything is read with each of its values.
constexpr const char* head = R"(Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String, AllowedValues: [test, live]}
Mappings:
  Seconds: {test: {Visibility: 120}, live: {Visibility: 240}}
Conditions:
  IsWanted: !Or [!Equals [!Ref Stage, live], !Equals [!Ref AWS::Region, eu-west-1]]
Resources:
)";

std::vector<lint::TemplateFile> many_templates() {
  std::vector<lint::TemplateFile> files;
  for (int number = 0; number < templates; ++number)
    files.push_back({fmt::format("stacks/{}.yaml", number), head + resources_of(number)});
  return files;
}

std::vector<lint::TemplateFile> large_template() {
  std::string text = head;
  for (int number = 0; text.size() < large_template_bytes; ++number) text += resources_of(number);
  return {{"large.yaml", std::move(text)}};
}

void lint_all(benchmark::State& state, const std::vector<lint::TemplateFile>& files,
              double limit_milliseconds) {
  std::vector<double> milliseconds;
  for (auto _ : state) {
    std::vector<lint::TemplateFile> copy = files;
    std::vector<lint::LintedFile> linted;
    const double seconds = processor_seconds_of([&] { linted = lint::lint(std::move(copy)); });
    for (const lint::LintedFile& file : linted)
      if (!file.refused.empty() || file.linted.sources.empty())
        state.SkipWithError("a template was not read");
    state.SetIterationTime(seconds);
    milliseconds.push_back(seconds * 1e3);
  }
  state.counters["median_milliseconds"] = median(std::move(milliseconds));
  state.counters["limit_milliseconds"] = limit_milliseconds;
}

}  // namespace

void register_lint(const Effort& effort) {
  const auto add = [&](const char* name, auto files, double limit) {
    benchmark::RegisterBenchmark(name,
                                 [files, limit](benchmark::State& state) { lint_all(state, files(), limit); })
        ->Iterations(effort.repetitions(iterations))
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  };
  add("lint 10000 templates", many_templates, limit_of_all_milliseconds);
  add("lint 1 MB", large_template, limit_of_large_milliseconds);
}

}  // namespace batchproof::bench
