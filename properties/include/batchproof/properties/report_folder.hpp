#pragma once

#include <functional>
#include <string>

namespace batchproof::properties {

/// If the environment variable BATCHPROOF_REPORT names a folder, `verify_handler` and `verify_processor`
/// write their results there, passed or not: NAME.json and NAME.html (`write_conformance`).
///
/// NAME is the name of this program, or the result of `name`; `<batchproof/gtest.hpp>` gives that of the
/// running test, "OrderHandler.HonoursItsContract". A second report of one name in this process is NAME-2.
/// Call this before any test runs.
void name_reports(std::function<std::string()> name);

}  // namespace batchproof::properties
