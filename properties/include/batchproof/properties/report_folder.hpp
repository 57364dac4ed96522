#pragma once

#include <functional>
#include <string>

namespace batchproof::properties {

/// Where the environment variable BATCHPROOF_REPORT names a folder, `verify_handler` and `verify_processor`
/// write what they found there, passed or not: NAME.json and NAME.html (`write_conformance`).
///
/// NAME is that of this program, or what `name` returns; `<batchproof/gtest.hpp>` says that of the running
/// test, "OrderHandler.HonoursItsContract". A second report of one name in this process is NAME-2. Call it
/// before any test runs.
void name_reports(std::function<std::string()> name);

}  // namespace batchproof::properties
