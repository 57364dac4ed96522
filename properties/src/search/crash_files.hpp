#pragma once

#include <string>

#include "case.hpp"
#include "subject_under_test.hpp"

namespace batchproof::properties {

/// While it lives, a case that ends the process is saved as a regression of the law `survives`: by a signal,
/// by `exit`, or by an error that the address sanitizer reports. The handlers that the
/// signals had before, such as a fuzzer's, then run. One at a time.
class CrashFiles {
 public:
  /// Writes into the folder; nothing where its name is empty. The case is copied.
  CrashFiles(const std::string& folder, const SubjectUnderTest& subject, const Case& one);
  CrashFiles(const CrashFiles&) = delete;
  CrashFiles& operator=(const CrashFiles&) = delete;
  ~CrashFiles();
};

}  // namespace batchproof::properties
