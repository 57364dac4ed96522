#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace batchproof::blackbox {

/// Finds in the log of a function which records it handled:
///
///   const HandledInLog handled(R"(handled (\S+))");
///   for (const std::string& identifier : handled.in(log)) ...
///
/// Copies share the expression. Any thread may search.
class HandledInLog {
 public:
  /// `expression`: as `VerifyFunctionOptions::handled`. Throws `std::invalid_argument` when it is invalid.
  explicit HandledInLog(const std::string& expression);

  /// What the expression finds, in the order of the log: its first group, or the whole match without one.
  std::vector<std::string> in(std::string_view log) const;

 private:
  std::shared_ptr<const re2::RE2> expression_;
};

/// A record of a batch, and what the answer says of it.
struct AnsweredRecord {
  std::string identifier;
  bool is_reported = false;
  bool must_fail = false;
  std::string stops_with{};  ///< equal for records of which a failure stops the later ones
};

/// The calls that a log shows, with those of refused records: of one that must fail, is reported, and has no
/// call in the log, since the function looked at its payload before it called its handler. Each stands before
/// the first call of a later record. With `stops_after_failure` a record behind a reported one that it stops
/// with is not among them: it need not be handled.
std::vector<std::string> with_refused(const std::vector<std::string>& logged,
                                      const std::vector<AnsweredRecord>& batch, bool stops_after_failure);

/// What an expression that found no identifier must find instead, as a part of a sentence. `are_objects`: the
/// identifiers are JSON objects, as Kafka's are.
std::string what_handled_must_find(bool are_objects);

}  // namespace batchproof::blackbox
