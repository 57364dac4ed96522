#pragma once

// Fuzz targets for libFuzzer, AFL++ and honggfuzz: the bytes choose a batch, and the laws judge it.
//
//   #include <batchproof/properties/fuzz.hpp>
//   BATCHPROOF_FUZZ_HANDLER(handle_order, batchproof::SqsRecord,
//                           {.accepted = {"2 tea"}, .rejected = {"0 tea"}, .regressions = "regressions"})

#include <batchproof/properties/verify.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace batchproof::properties {

/// Makes a batch out of any bytes, and judges it by the laws. One thread at a time.
///
/// The first byte chooses the mode of the processor. Then each record follows: its group, and its payload or
/// verdict. Unless `.hostile` is on, only batches that AWS may send are judged. With `.regressions`, a
/// counterexample is saved there, and so is a case that ends the process, under the law `survives`.
///
/// A copy of this process, made when the `JudgeInput` is, confirms a counterexample, unless the process has
/// threads. One that it does not confirm needs state of an earlier input: it is flaky, and not saved.
using JudgeInput = std::function<Report(std::string_view input)>;

/// Of a handler, in each mode of its source. A payload is one of the lists, one of them changed, or free
/// bytes: where no list has a payload, `.classify` gives its verdict or, without it, the handler itself does
/// on that record alone. `.cases`, `.seed`, `.small_cases_budget`, `.time_limit` and `.shard` do not count.
/// Throws `std::invalid_argument` for a payload in both lists.
template <fixtures::AnyRecord Record>
JudgeInput judge_inputs_of_handler(ErasedHandler<Record> handler, VerifyHandlerOptions options);

/// Judges a processor. The bytes also choose which records the handler rejects. With `.hostile`, half of the
/// values of the first byte say that the other bytes are the event itself.
JudgeInput judge_inputs_of_processor(fixtures::Source source, fixtures::Subject subject,
                                     const VerifyProcessorOptions& options);

/// Judges the input. When a law is violated, it prints that on the standard error and aborts the process, so
/// that a fuzzer keeps the input. Returns 0 otherwise.
int fuzz_one_input(const JudgeInput& judge, const std::uint8_t* data, std::size_t size);

/// The `main` of a target without a fuzzer: runs it on each file, and on the files of each folder, in the
/// arguments, and prints their names. Returns 0, or 1 when there was no file or one cannot be read, which it
/// says on the standard error.
int replay_inputs(int argument_count, char** arguments,
                  int (*target)(const std::uint8_t* data, std::size_t size));

}  // namespace batchproof::properties

/// Defines the entry of a fuzzer. The arguments after the record type are `VerifyHandlerOptions`. With
/// BATCHPROOF_FUZZ_MAIN defined it is a program that replays files.
#define BATCHPROOF_FUZZ_HANDLER(handler, Record, ...)                                    \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {    \
    static const auto judge = ::batchproof::properties::judge_inputs_of_handler<Record>( \
        ::batchproof::properties::erase_handler<Record>(handler), __VA_ARGS__);          \
    return ::batchproof::properties::fuzz_one_input(judge, data, size);                  \
  }                                                                                      \
  BATCHPROOF_FUZZ_REPLAY

/// The same for a processor: any callable, as `verify_processor` takes it, and `VerifyProcessorOptions`.
#define BATCHPROOF_FUZZ_PROCESSOR(processor, Record, ...)                                           \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {               \
    static const ::batchproof::VerifyProcessorOptions options = __VA_ARGS__;                        \
    static const auto judge = ::batchproof::properties::judge_inputs_of_processor(                  \
        ::batchproof::fixtures::source_of<Record>(options.fifo, options.pipe), processor, options); \
    return ::batchproof::properties::fuzz_one_input(judge, data, size);                             \
  }                                                                                                 \
  BATCHPROOF_FUZZ_REPLAY

#ifdef BATCHPROOF_FUZZ_MAIN
#define BATCHPROOF_FUZZ_REPLAY                                                                         \
  int main(int argument_count, char** arguments) {                                                     \
    return ::batchproof::properties::replay_inputs(argument_count, arguments, LLVMFuzzerTestOneInput); \
  }
#else
#define BATCHPROOF_FUZZ_REPLAY
#endif
