#pragma once

#include <batchproof/fixtures/source.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <string_view>
#include <vector>

#include "verify_subjects.hpp"

namespace batchproof::tools {

/// The processors and handlers of the zoo, each as "broken:NAME".
std::vector<VerifySubject> broken_subjects();

/// The broken processor that an option names as "broken:NAME", for a case of this source. Throws `UsageError`
/// for another name, or a processor of another source.
const zoo::BrokenProcessor& broken_processor(std::string_view subject, fixtures::Source source);

}  // namespace batchproof::tools
