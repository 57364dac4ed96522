// What script/verify shows: sample events through the handler of orders, and then this library's processors
// and that handler under their laws. It is a program of its own, so that the first minute with batchproof
// does not go into compiling the rest of the command.
//
//     first_minute fixtures/events/sample_orders/sqs.json

#include <batchproof/fixtures/source.hpp>
#include <cstdio>
#include <exception>
#include <random>
#include <string>

#include "../output.hpp"
#include "../process_output.hpp"
#include "../processed_event.hpp"
#include "../read_input.hpp"
#include "../terminal.hpp"
#include "../verify_all.hpp"

namespace batchproof::tools {
namespace {

void process_sample(const std::string& path, bool colour) {
  const std::string payload = read_text(path, {1, "a sample is small"});
  print("== batchproof process " + path + " --handler sample\n");
  print(text_of(process_event(payload, {.failures = {.sample_handler = true}}), colour) + "\n");
}

int verify_library(bool colour) {
  // Batches of 10,000 records would take half of the time; `batchproof verify` judges them too.
  const VerifyAllSettings settings{
      .seed = std::random_device{}(), .largest_batch = 1'000, .command = {"script/verify"}};
  print("== batchproof verify\n" + heading_of(settings));
  flush_output();
  VerifySubject processors = library_processors();
  keep_sources(processors, {fixtures::all_sources.begin(), fixtures::all_sources.end()});
  const VerifyResult verification = verify_all({processors, sample_handler()}, settings);
  print(text_of(verification, colour));
  flush_output();
  return verification.passed() ? 0 : 1;
}

}  // namespace
}  // namespace batchproof::tools

int main(int argc, char** argv) {
  using namespace batchproof::tools;
  reserve_standard_streams();
  try {
    const bool colour = wants_colour(stdout);
    for (int place = 1; place < argc; ++place) process_sample(argv[place], colour);
    return verify_library(colour);
  } catch (const std::exception& error) {
    complain(error.what());
    return 2;
  }
}
