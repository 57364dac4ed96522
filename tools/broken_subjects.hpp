#pragma once

#include <vector>

#include "verify_subjects.hpp"

namespace batchproof::tools {

/// The processors and handlers of the zoo, each as "broken:NAME".
std::vector<VerifySubject> broken_subjects();

}  // namespace batchproof::tools
