#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/subject.hpp>
#include <batchproof/properties/report.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// A case that once broke a law: values, not a seed, so that it outlives a change of the generators.
///
/// It is two files, as the events of the fixtures are: NAME.json is the event, byte for byte, and
/// NAME.case.json says what is to become of it: law, mode, options, pattern, expected answer.
struct SavedCase {
  std::string path;   ///< of the event
  std::string about;  ///< one sentence: what was wrong
  std::string law;    ///< the id of the law that it broke
  std::string mode;   ///< how it was run, as in `Counterexample`
  fixtures::ProcessorClaims claims;
  fixtures::BatchCase batch_case;
  std::string payload;
  bool damaged = false;  ///< the payload is not the batch's own, but was damaged
  std::string expected;  ///< for people, as in `Counterexample`
};

/// Writes a counterexample into the folder, which is made where it is missing, and returns the event's path.
/// The name is made of the law and the contents, so that the same failure is saved once. Throws
/// `std::runtime_error` where that cannot be written.
std::string save_regression(const std::string& folder, std::string_view law,
                            const fixtures::ProcessorClaims& claims, const Counterexample& counterexample);

/// Makes one of what both files hold; it has no path. Throws `std::runtime_error` that says what is wrong.
SavedCase parse_regression(std::string_view told, std::string payload);

/// Reads one; the path is that of either file. Throws `std::runtime_error` that names the file and what is
/// wrong with it.
SavedCase load_regression(const std::string& path);

/// All of a folder, in the order of their names; none where there is no such folder or none is named.
std::vector<SavedCase> load_regressions(const std::string& folder);

/// Judges a saved case by the law that it broke. `subject` is a processor, so that a law of handlers
/// cannot be judged here. Throws `std::invalid_argument` for that, and for a law that is not known.
Report replay_regression(const SavedCase& saved, const fixtures::Subject& subject);

}  // namespace batchproof::properties
