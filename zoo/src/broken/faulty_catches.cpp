// Processors that catch only the exceptions that they expect, or draw wrong conclusions from them (contained,
// nothing-lost).

#include <exception>
#include <filesystem>
#include <future>
#include <ios>
#include <stdexcept>
#include <string>
#include <system_error>
#include <typeinfo>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

/// Handles messages; an exception of this type leaves the processor.
template <class Escaping>
void let_out(Messages& messages, RecordProbe& probe) {
  for (std::size_t index = 0; index < messages.size(); ++index) {
    messages[index].handled = true;
    try {
      probe(messages[index].identifier);
      messages[index].failed = false;
    } catch (const Escaping&) {
      throw;
    } catch (...) {
    }
  }
}

/// Treats an exception of this type as success.
template <class Forgiven>
void forgive(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    message.handled = true;
    try {
      probe(message.identifier);
      message.failed = false;
    } catch (const Forgiven&) {
      message.failed = false;
    } catch (...) {
    }
  }
}

/// Treats an exception whose text contains this one as success.
template <const char* text>
void forgive_saying(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    message.handled = true;
    try {
      probe(message.identifier);
      message.failed = false;
    } catch (const std::exception& error) {
      message.failed = std::string(error.what()).find(text) == std::string::npos;
    } catch (...) {
    }
  }
}

constexpr char duplicate_key[] = "duplicate key";
constexpr char not_found[] = "not found";

/// Treats a message as failed when the text of its exception is not empty.
void keep_texts(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    std::string error;
    try {
      probe(message.identifier);
    } catch (const std::exception& thrown) {
      error = thrown.what();
    } catch (...) {
      error = "unknown";
    }
    message.handled = true;
    message.failed = !error.empty();
  }
}

void forgive_cancelled(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    try {
      probe(message.identifier);
      message.failed = false;
    } catch (const std::system_error& error) {
      message.failed = error.code() != std::errc::operation_canceled;
    } catch (...) {
    }
  }
}

void repeat_when_throttled(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    bool throttled = false;
    try {
      probe(message.identifier);
      message.failed = false;
    } catch (const std::exception& error) {
      throttled = std::string(error.what()).find("Rate exceeded") != std::string::npos;
    } catch (...) {
    }
    if (throttled) handle(message, probe);
  }
}

BrokenProcessor lets_out(std::string name, std::string fault, Source source,
                         void (*handling)(Messages&, RecordProbe&)) {
  return {std::move(name), std::move(fault), "contained", source, {}, with_faulty_handling(source, handling)};
}

BrokenProcessor forgives(std::string name, std::string fault, Source source,
                         void (*handling)(Messages&, RecordProbe&)) {
  return {
      std::move(name), std::move(fault), "nothing-lost", source, {}, with_faulty_handling(source, handling)};
}

}  // namespace

std::vector<BrokenProcessor> faulty_catches() {
  return {
      lets_out("lets_out_stream_failures", "A std::ios_base::failure leaves the processor.", sqs,
               let_out<std::ios_base::failure>),
      lets_out("lets_out_broken_promises", "A std::future_error leaves the processor.", sqs,
               let_out<std::future_error>),
      lets_out("lets_out_bad_casts", "A std::bad_cast leaves the processor.", sqs, let_out<std::bad_cast>),
      lets_out("lets_out_length_errors", "A std::length_error leaves the processor.", sqs,
               let_out<std::length_error>),
      lets_out("lets_out_texts", "A std::string leaves the processor.", sqs, let_out<std::string>),
      lets_out("lets_out_error_codes", "A std::error_code leaves the processor.", sqs,
               let_out<std::error_code>),
      lets_out("lets_out_exception_pointers", "A std::exception_ptr leaves the processor.", sqs,
               let_out<std::exception_ptr>),
      forgives("forgives_duplicate_keys", "A failure that says \"duplicate key\" counts as done.", sqs,
               forgive_saying<duplicate_key>),
      forgives("forgives_what_was_not_found", "A failure that says \"not found\" counts as done.", sqs,
               forgive_saying<not_found>),
      forgives("forgives_range_errors", "A std::range_error counts as done.", sqs, forgive<std::range_error>),
      forgives("forgives_missing_files", "A file that is missing counts as done.", sqs,
               forgive<std::filesystem::filesystem_error>),
      forgives("forgives_what_was_cancelled", "An operation that was cancelled counts as done.", sqs,
               forgive_cancelled),
      forgives("keeps_texts_for_failures", "An exception without a text counts as no failure.", sqs,
               keep_texts),
      {"repeats_when_throttled",
       "A record that failed because of a rate is handled again at once.",
       "once-in-order",
       kinesis,
       {},
       with_faulty_handling(kinesis, repeat_when_throttled)},
  };
}

}  // namespace batchproof::zoo::broken
