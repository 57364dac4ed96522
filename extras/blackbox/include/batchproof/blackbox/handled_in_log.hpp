#pragma once

#include <cstddef>
#include <functional>
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

/// The calls that a log shows, with those of refused records: of one that must fail, is reported, and has no
/// call in the log, since the function looked at its payload before it called its handler. Each stands before
/// the first call of a later record. `batch`: the identifiers of the batch; `is_refused(index)`: whether that
/// record must fail and is reported.
std::vector<std::string> with_refused(const std::vector<std::string>& logged,
                                      const std::vector<std::string>& batch,
                                      const std::function<bool(std::size_t index)>& is_refused);

/// What an expression that found no identifier must find instead, as a part of a sentence. `are_objects`: the
/// identifiers are JSON objects, as Kafka's are.
std::string what_handled_must_find(bool are_objects);

}  // namespace batchproof::blackbox
