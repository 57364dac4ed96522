#include "deadline_course.hpp"

#include <algorithm>
#include <batchproof/fixtures/handling_time.hpp>
#include <batchproof/properties/depends_on.hpp>
#include <chrono>
#include <cstddef>

#include "expected_answer.hpp"

namespace batchproof::properties {

std::vector<Course> courses(const fixtures::BatchCase& batch_case, const fixtures::ProcessorClaims& claims) {
  std::vector<Course> courses;
  std::vector<std::size_t> not_done;
  auto left = fixtures::time_limit;
  bool is_late = false;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    const auto& record = batch_case.records[index];
    const bool is_stopped = std::any_of(not_done.begin(), not_done.end(), [&](std::size_t earlier) {
      return depends_on(batch_case, claims, index, earlier);
    });
    if (is_stopped) {
      courses.push_back(Course::stopped);
    } else if (is_late || left < claims.reserve || left.count() <= 0) {
      is_late = true;
      courses.push_back(Course::late);
    } else {
      left -= fixtures::handling_time(record.item_identifier);
      courses.push_back(record.rejected ? Course::fails : Course::succeeds);
    }
    if (courses.back() != Course::succeeds) not_done.push_back(index);
  }
  return courses;
}

std::string expected_before_deadline(const fixtures::BatchCase& batch_case,
                                     const fixtures::ProcessorClaims& claims) {
  const std::vector<Course> course_of = courses(batch_case, claims);
  std::vector<std::string> failed;
  for (std::size_t index = 0; index < course_of.size(); ++index) {
    if (course_of[index] != Course::succeeds) failed.push_back(batch_case.records[index].item_identifier);
  }
  const bool all_failed = !failed.empty() && failed.size() == course_of.size();
  return (all_failed && claims.raise_on_entire_batch_failure ? "an error, or " : "") + response_of(failed);
}

}  // namespace batchproof::properties
