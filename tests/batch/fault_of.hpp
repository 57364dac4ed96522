#pragma once

#include <batchproof/errors.hpp>
#include <batchproof/event.hpp>
#include <string>

namespace batchproof {

/// The place that the error of an accessor of the first record names; "none" without an error.
template <class Record, class Access>
std::string fault_of(const Event<Record>& event, Access&& access) {
  try {
    access(event.records()[0]);
  } catch (const RecordError& error) {
    return error.json_pointer();
  }
  return "none";
}

}  // namespace batchproof
