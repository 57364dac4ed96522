#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/subject.hpp>
#include <batchproof/properties/report.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// A case that once violated a law. It is saved as values, not as a seed, so that it stays the same when the
/// generators change.
///
/// It is two files, as the events of the fixtures are: NAME.json is the event, byte for byte, and
/// NAME.case.json says how to judge it: law, mode, options, pattern, expected answer, and the earlier batches
/// of a violation that needs some.
struct SavedCase {
  std::string path{};   ///< of the event
  std::string about{};  ///< the fault in one sentence
  std::string law{};    ///< the id of the law that it violated
  std::string mode{};   ///< the processor mode, as in `Counterexample`
  fixtures::ProcessorClaims claims{};
  fixtures::BatchCase batch_case{};
  std::string payload{};
  bool damaged = false;                 ///< the payload was damaged, and is not the batch's own
  std::string expected{};               ///< for people, as in `Counterexample`
  std::vector<EarlierBatch> earlier{};  ///< batches that must come before it, as in `Counterexample`
};

/// Writes a counterexample into the folder, makes the folder if it is missing, and returns the event's path.
/// The name consists of the law and a hash of the contents, so that the same failure is saved once. Throws
/// `std::runtime_error` when a file cannot be written.
std::string save_regression(const std::string& folder, std::string_view law,
                            const Counterexample& counterexample);

/// The text of NAME.case.json, with the fields that handlers must see.
std::string describe_regression(const SavedCase& saved);

/// Makes a saved case from the texts of its two files; it has no path. Throws `std::runtime_error` with the
/// reason.
SavedCase parse_regression(std::string_view description, std::string payload);

/// Reads a saved case; the path is that of either file. Throws `std::runtime_error` with the file and the
/// reason.
SavedCase load_regression(const std::string& path);

/// All saved cases of a folder, ordered by name; none if the folder does not exist or its name is empty.
/// Throws `std::invalid_argument` for a file, and otherwise as `load_regression`.
std::vector<SavedCase> load_regressions(const std::string& folder);

/// Judges a saved case by the law that it violated. `subject` is a processor. Throws `std::invalid_argument`
/// for an unknown law, and for a law of handlers, which cannot judge a processor.
Report replay_regression(const SavedCase& saved, const fixtures::Subject& subject);

}  // namespace batchproof::properties
