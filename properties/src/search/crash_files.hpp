#pragma once

#include <string>

#include "case.hpp"
#include "subject_under_test.hpp"

namespace batchproof::properties {

/// While it exists, a case that ends the process is saved as a regression of the law `survives`: by a signal,
/// by `exit`, or by an error that the address sanitizer reports. The earlier handlers of the signals, such as
/// a fuzzer's, run afterwards. One at a time.
class CrashFiles {
 public:
  /// Writes into the folder; does nothing when its name is empty. The case is copied.
  CrashFiles(const std::string& folder, const SubjectUnderTest& subject, const Case& one);
  CrashFiles(const CrashFiles&) = delete;
  CrashFiles& operator=(const CrashFiles&) = delete;
  ~CrashFiles();
};

}  // namespace batchproof::properties
