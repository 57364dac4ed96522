#include <batchproof/errors.hpp>
#include <utility>

namespace batchproof::inline v0_1 {
namespace {

std::string at_place(const std::string& json_pointer, const std::string& what_was_wrong) {
  return (json_pointer.empty() ? "the event" : json_pointer) + ": " + what_was_wrong;
}

}  // namespace

EventError::EventError(const std::string& what_was_wrong, std::optional<std::size_t> record_index,
                       std::string json_pointer)
    : std::runtime_error(at_place(json_pointer, what_was_wrong)),
      record_index_(record_index),
      json_pointer_(std::move(json_pointer)) {}

RecordError::RecordError(const std::string& what_was_wrong, std::string json_pointer)
    : std::runtime_error(at_place(json_pointer, what_was_wrong)), json_pointer_(std::move(json_pointer)) {}

}  // namespace batchproof::inline v0_1
