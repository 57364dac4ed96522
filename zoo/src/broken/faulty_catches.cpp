// Processors that catch only the exceptions that they expect, or draw wrong conclusions from them (contained,
// nothing-lost).

#include <exception>
#include <filesystem>
#include <future>
#include <ios>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <typeinfo>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

/// Handles messages; an exception of this type leaves the processor.
template <class Escaping>
void let_out(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    try {
      probe(message.identifier);
      message.failed = false;
    } catch (const Escaping&) {
      throw;
    } catch (...) {
    }
  }
}

/// Handles messages; an exception for which `is_forgiven` counts as success.
template <bool (*is_forgiven)(const std::exception&)>
void forgive(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    try {
      probe(message.identifier);
      message.failed = false;
    } catch (const std::exception& error) {
      message.failed = !is_forgiven(error);
    } catch (...) {
    }
  }
}

template <class Exception>
bool is_a(const std::exception& error) {
  return dynamic_cast<const Exception*>(&error) != nullptr;
}

bool says(const std::exception& error, std::string_view text) {
  return std::string_view(error.what()).find(text) != std::string_view::npos;
}

bool says_duplicate_key(const std::exception& error) { return says(error, "duplicate key"); }
bool says_not_found(const std::exception& error) { return says(error, "not found"); }

bool says_cancelled(const std::exception& error) {
  const auto* const failure = dynamic_cast<const std::system_error*>(&error);
  return failure != nullptr && failure->code() == std::errc::operation_canceled;
}

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
    message.failed = !error.empty();
  }
}

void repeat_when_throttled(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    bool throttled = false;
    try {
      probe(message.identifier);
      message.failed = false;
    } catch (const std::exception& error) {
      throttled = says(error, "Rate exceeded");
    } catch (...) {
    }
    if (throttled) handle(message, probe);
  }
}

BrokenProcessor lets_out(std::string name, std::string fault, void (*handling)(Messages&, RecordProbe&)) {
  return broken_handling(std::move(name), std::move(fault), "contained", sqs, handling);
}

BrokenProcessor forgives(std::string name, std::string fault, void (*handling)(Messages&, RecordProbe&)) {
  return broken_handling(std::move(name), std::move(fault), "nothing-lost", sqs, handling);
}

}  // namespace

std::vector<BrokenProcessor> faulty_catches() {
  return {
      lets_out("lets_out_stream_failures", "A std::ios_base::failure leaves the processor.",
               let_out<std::ios_base::failure>),
      lets_out("lets_out_broken_promises", "A std::future_error leaves the processor.",
               let_out<std::future_error>),
      lets_out("lets_out_bad_casts", "A std::bad_cast leaves the processor.", let_out<std::bad_cast>),
      lets_out("lets_out_length_errors", "A std::length_error leaves the processor.",
               let_out<std::length_error>),
      lets_out("lets_out_texts", "A std::string leaves the processor.", let_out<std::string>),
      lets_out("lets_out_error_codes", "A std::error_code leaves the processor.", let_out<std::error_code>),
      lets_out("lets_out_exception_pointers", "A std::exception_ptr leaves the processor.",
               let_out<std::exception_ptr>),
      forgives("forgives_duplicate_keys", "A failure that says \"duplicate key\" counts as done.",
               forgive<says_duplicate_key>),
      forgives("forgives_what_was_not_found", "A failure that says \"not found\" counts as done.",
               forgive<says_not_found>),
      forgives("forgives_range_errors", "A std::range_error counts as done.",
               forgive<is_a<std::range_error>>),
      forgives("forgives_missing_files", "A file that is missing counts as done.",
               forgive<is_a<std::filesystem::filesystem_error>>),
      forgives("forgives_what_was_cancelled", "An operation that was cancelled counts as done.",
               forgive<says_cancelled>),
      forgives("keeps_texts_for_failures", "An exception without a text counts as no failure.", keep_texts),
      broken_handling("repeats_when_throttled",
                      "A record that failed because of a rate is handled again at once.", "once-in-order",
                      kinesis, repeat_when_throttled),
  };
}

}  // namespace batchproof::zoo::broken
