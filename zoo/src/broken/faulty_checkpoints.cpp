// Stream processors that report one sequence number, and a wrong one (checkpoint).

#include <algorithm>
#include <cstdint>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

using Choose = std::function<std::string(const std::vector<std::string>& failed)>;

BrokenProcessor chooses_wrongly(std::string name, std::string fault, Source source, Choose choose) {
  const ProcessorClaims claims{.reports_every_failure = false};
  return broken_report(
      std::move(name), std::move(fault), "checkpoint", source,
      [choose = std::move(choose)](const Messages& messages) {
        const auto failed = failed_identifiers(messages);
        return failed.empty() ? response_of({}) : response_of({choose(failed)});
      },
      claims);
}

std::string lowest_text(const std::vector<std::string>& failed) {
  return *std::min_element(failed.begin(), failed.end());
}

std::uint64_t as_64_bits(const std::string& number) {
  std::uint64_t value = 0;
  for (const char digit : number) value = value * 10 + static_cast<std::uint64_t>(digit - '0');
  return value;
}

std::string lowest_64_bits(const std::vector<std::string>& failed) {
  return *std::min_element(
      failed.begin(), failed.end(),
      [](const std::string& left, const std::string& right) { return as_64_bits(left) < as_64_bits(right); });
}

std::string lowest_double(const std::vector<std::string>& failed) {
  return *std::min_element(
      failed.rbegin(), failed.rend(),
      [](const std::string& left, const std::string& right) { return std::stod(left) < std::stod(right); });
}

/// The later of two numbers whose first 20 digits are equal.
std::string lowest_by_first_twenty(const std::vector<std::string>& failed) {
  return *std::min_element(failed.rbegin(), failed.rend(),
                           [](const std::string& left, const std::string& right) {
                             return left.size() != right.size() ? left.size() < right.size()
                                                                : left.substr(0, 20) < right.substr(0, 20);
                           });
}

std::string lowest_by_last_nine(const std::vector<std::string>& failed) {
  const auto end_of = [](const std::string& number) {
    return number.substr(number.size() - std::min<std::size_t>(9, number.size()));
  };
  return *std::min_element(
      failed.begin(), failed.end(),
      [&](const std::string& left, const std::string& right) { return end_of(left) < end_of(right); });
}

std::string last(const std::vector<std::string>& failed) { return failed.back(); }

/// Reports the last record that succeeded instead of the first that failed.
std::string record_before_first_failure(const Messages& messages) {
  const auto failed =
      std::find_if(messages.begin(), messages.end(), [](const Message& message) { return message.failed; });
  if (failed == messages.end()) return response_of({});
  return response_of({failed == messages.begin() ? failed->identifier : std::prev(failed)->identifier});
}

std::string one_more(std::string number) {
  for (auto digit = number.rbegin(); digit != number.rend(); ++digit) {
    if (*digit != '9') {
      ++*digit;
      return number;
    }
    *digit = '0';
  }
  return "1" + number;
}

/// Assumes that sequence numbers have no gaps.
std::string number_after_last_success(const Messages& messages) {
  const auto failed =
      std::find_if(messages.begin(), messages.end(), [](const Message& message) { return message.failed; });
  if (failed == messages.end()) return response_of({});
  return response_of(
      {failed == messages.begin() ? failed->identifier : one_more(std::prev(failed)->identifier)});
}

}  // namespace

std::vector<BrokenProcessor> faulty_checkpoints() {
  const ProcessorClaims first_alone{.reports_every_failure = false};
  return {
      chooses_wrongly("lowest_in_text_order", "Sequence numbers are compared as text.", kinesis, lowest_text),
      chooses_wrongly("lowest_as_64_bits", "Sequence numbers are read into 64 bits.", kinesis,
                      lowest_64_bits),
      chooses_wrongly("lowest_as_double", "Sequence numbers are read into a double.", dynamodb,
                      lowest_double),
      chooses_wrongly("lowest_by_first_twenty_digits",
                      "Sequence numbers that begin with the same 20 digits are one.", kinesis,
                      lowest_by_first_twenty),
      chooses_wrongly("lowest_by_last_nine_digits", "Sequence numbers are compared by their last 9 digits.",
                      dynamodb, lowest_by_last_nine),
      chooses_wrongly("last_failure_as_checkpoint", "The last failure is the checkpoint.", dynamodb, last),
      broken_report("last_success_as_checkpoint", "The record before the first failure is the checkpoint.",
                    "checkpoint", kinesis, record_before_first_failure, first_alone),
      broken_report("counts_on_from_the_last_success",
                    "The checkpoint is the last success's number plus one.", "well-formed", kinesis,
                    number_after_last_success, first_alone),
  };
}

}  // namespace batchproof::zoo::broken
