#pragma once

// For tests that use GoogleTest: EXPECT_TRUE prints the whole report of a verification, with a command that
// runs the failed test alone. Two functions register each law as a test of its own. The matchers below check
// a response.
//
//     EXPECT_TRUE(bp::verify_handler<bp::SqsRecord>(handle_order, {.accepted = {"{}"}, .rejected = {"x"}}));
//     EXPECT_THAT(bp::process_partial_response(event, handle_order, processor), bp::ReportsExactly("m2"));

#include <gmock/gmock-matchers.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/report_folder.hpp>
#include <batchproof/properties/response_difference.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {
namespace detail {

/// The filter for this test. A name that the user registered may hold what separates patterns in a filter,
/// and a question mark stands for any character.
inline std::string filter_for(std::string test) {
  const auto separates = [](char character) { return character == '-' || character == ':'; };
  std::replace_if(test.begin(), test.end(), separates, '?');
  return test;
}

/// The arguments, with the filter replaced by one for this test. An environment variable may have enabled it.
inline std::vector<std::string> narrow_to(const std::string& test, std::vector<std::string> arguments) {
  const auto is_filter = [](const std::string& argument) {
    return argument.starts_with("--gtest_filter=") || argument.starts_with("--gtest_repeat=") ||
           argument.starts_with("--gtest_output=") || argument == "--gtest_also_run_disabled_tests";
  };
  arguments.erase(std::remove_if(arguments.begin(), arguments.end(), is_filter), arguments.end());
  if (test.find("DISABLED_") != std::string::npos) arguments.push_back("--gtest_also_run_disabled_tests");
  arguments.push_back("--gtest_filter=" + filter_for(test));
  return arguments;
}

/// The name of the running test; empty outside of a test.
inline std::string name_of_running_test() {
  const auto* const test = ::testing::UnitTest::GetInstance()->current_test_info();
  return test == nullptr ? "" : std::string(test->test_suite_name()) + "." + test->name();
}

inline std::vector<std::string> narrow_to_running_test(std::vector<std::string> arguments) {
  const std::string test = name_of_running_test();
  return test.empty() || arguments.empty() ? arguments : narrow_to(test, std::move(arguments));
}

/// The name, with the start time, since a test may be repeated. Empty in a death test, whose process
/// GoogleTest started.
inline std::string identity_of_running_test() {
  const auto* const test = ::testing::UnitTest::GetInstance()->current_test_info();
  const bool is_in_death_test = ::testing::internal::InDeathTestChild();
  if (test == nullptr || is_in_death_test) return "";
  return name_of_running_test() + "@" + std::to_string(test->result()->start_timestamp());
}

inline const bool identifies_tests = (properties::identify_test(identity_of_running_test), true);
inline const bool names_reports = (properties::name_reports(name_of_running_test), true);
inline const bool replays_one_test = (properties::narrow_replay(narrow_to_running_test), true);

class ReportsExactlyMatcher {
 public:
  using is_gtest_matcher = void;

  explicit ReportsExactlyMatcher(std::vector<std::string> item_identifiers)
      : item_identifiers_(std::move(item_identifiers)) {}

  bool MatchAndExplain(std::string_view response, std::ostream* explanation) const {
    const auto difference = properties::response_difference(response, item_identifiers_);
    if (explanation != nullptr && difference) *explanation << *difference;
    return !difference;
  }

  void DescribeTo(std::ostream* description) const { describe(description, "reports"); }
  void DescribeNegationTo(std::ostream* description) const { describe(description, "does not report"); }

 private:
  void describe(std::ostream* description, const char* verb) const {
    *description << verb << " exactly " << ::testing::PrintToString(item_identifiers_);
  }

  std::vector<std::string> item_identifiers_;
};

class HandledInOrderMatcher {
 public:
  using is_gtest_matcher = void;

  explicit HandledInOrderMatcher(std::vector<std::string> item_identifiers)
      : item_identifiers_(std::move(item_identifiers)) {}

  bool MatchAndExplain(const RecordProbe& probe, std::ostream* explanation) const {
    std::vector<std::string> handled;
    for (const RecordProbe::Call& call : probe.calls()) handled.push_back(call.item_identifier);
    return MatchAndExplain(handled, explanation);
  }

  bool MatchAndExplain(const std::vector<std::string>& handled, std::ostream* explanation) const {
    const auto [expected, actual] =
        std::mismatch(item_identifiers_.begin(), item_identifiers_.end(), handled.begin(), handled.end());
    const bool expected_more = expected != item_identifiers_.end();
    const bool handled_more = actual != handled.end();
    if (explanation != nullptr && (expected_more || handled_more)) {
      *explanation << "handled " << ::testing::PrintToString(handled) << ": call " << actual - handled.begin()
                   << (handled_more ? " is for \"" + *actual + "\"" : std::string(" was never made"))
                   << (expected_more ? ", \"" + *expected + "\" expected" : std::string(", none expected"));
    }
    return !expected_more && !handled_more;
  }

  void DescribeTo(std::ostream* description) const { describe(description, "handled"); }
  void DescribeNegationTo(std::ostream* description) const { describe(description, "not handled"); }

 private:
  void describe(std::ostream* description, const char* verb) const {
    *description << verb << " in this order and no other: " << ::testing::PrintToString(item_identifiers_);
  }

  std::vector<std::string> item_identifiers_;
};

/// Counts the repetitions of the tests (--gtest_repeat).
class Repetitions : public ::testing::EmptyTestEventListener {
 public:
  /// The number of the running one, from 0.
  static int current() { return number(); }

  /// To be called before the tests run; once is enough.
  static void count() {
    static const bool is_counted = [] {
      ::testing::UnitTest::GetInstance()->listeners().Append(new Repetitions);  // which owns it
      return true;
    }();
    static_cast<void>(is_counted);
  }

  void OnTestIterationStart(const ::testing::UnitTest&, int iteration) override { number() = iteration; }

 private:
  static int& number() {
    static int of_the_running_tests = 0;
    return of_the_running_tests;
  }
};

/// One verification by all laws, shared by the tests of a suite, each of which is about one law. The first of
/// several tests runs it, in each repetition.
struct SharedVerification {
  /// The report of this repetition.
  const properties::Report& report_of(int current) {
    if (std::exchange(repetition, current) != current || !report) report = verify();
    return *report;
  }

  std::function<properties::Report()> verify;
  std::optional<properties::Report> report{};
  int repetition = 0;  ///< of the report
};

/// A test of one law. It is skipped when the subject shows nothing that the law could judge.
class LawTest : public ::testing::Test {
 public:
  LawTest(const properties::Law& law, std::shared_ptr<SharedVerification> shared,
          std::function<properties::Report()> verify_alone)
      : law_(law), shared_(std::move(shared)), verify_alone_(std::move(verify_alone)) {}

  void TestBody() override {
    const int tests = ::testing::UnitTest::GetInstance()->current_test_suite()->test_to_run_count();
    // A program that was executed again runs one test: it answers questions about the shared verification
    // too.
    if (tests > 1 || properties::is_executed_again()) {
      const properties::Report& report = shared_->report_of(Repetitions::current());
      if (tests > 1 && report.passed()) return expect_held(report);
    }
    const properties::Report report = verify_alone_();
    // Without a seed the two draw other cases: what one of them found is not lost.
    if (shared_->report && report.passed() && shared_->report->broken_law() == law_.id)
      ADD_FAILURE() << shared_->report->text();
    if (report.judged_nothing()) GTEST_SKIP() << report.text();
    EXPECT_TRUE(report);
  }

 private:
  void expect_held(const properties::Report& report) const {
    const auto row = std::find_if(report.laws().begin(), report.laws().end(),
                                  [&](const properties::LawResult& law) { return law.id == law_.id; });
    if (row != report.laws().end() && row->state != properties::LawState::held)
      GTEST_SKIP() << row->id << " is " << name(row->state) << " " << row->reason;
  }

  const properties::Law& law_;
  std::shared_ptr<SharedVerification> shared_;
  std::function<properties::Report()> verify_alone_;
};

/// "fifo-stops" becomes "fifo_stops", since a minus sign has a meaning in GoogleTest's filters.
inline void register_test(const std::string& suite, const properties::Law& law,
                          std::shared_ptr<SharedVerification> shared,
                          std::function<properties::Report()> verify_alone) {
  Repetitions::count();
  std::string name(law.id);
  std::replace(name.begin(), name.end(), '-', '_');
  ::testing::RegisterTest(
      suite.c_str(), name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
      [&law, shared = std::move(shared), verify_alone = std::move(verify_alone)]() -> ::testing::Test* {
        return new LawTest(law, shared, verify_alone);
      });
}

}  // namespace detail

/// Registers a test for each law of a handler, which checks that law alone: "OrderHandler.verdict" and so on.
/// Call it before the tests run, as the initial value of a variable does. It returns true.
///
///   const bool registered = batchproof::register_handler_tests<bp::SqsRecord>("OrderHandler", handle_order,
///                                                                             {.accepted = ...});
template <class Record, class Handler>
bool register_handler_tests(const std::string& suite, Handler handler, const VerifyHandlerOptions& options) {
  if constexpr (detail::check_handler<Handler, Record>()) {
    const auto kept = std::make_shared<Handler>(std::move(handler));
    const auto shared = std::make_shared<detail::SharedVerification>();
    shared->verify = [kept, options] {
      return properties::verify_erased_handler(properties::erase_handler<Record>(*kept), options);
    };
    for (const properties::Law& law : properties::handler_laws()) {
      if (law.needs_check && !options.check) continue;
      detail::register_test(suite, law, shared, [kept, options, &law] {
        return properties::verify_erased_handler(properties::erase_handler<Record>(*kept), options,
                                                 {&law, 1});
      });
    }
  }
  return true;
}

/// The same for each law of a processor that applies to its claims.
template <class Record>
bool register_processor_tests(const std::string& suite, const fixtures::Subject& subject,
                              const VerifyProcessorOptions& options = {}) {
  const auto source = fixtures::source_of<Record>(options.fifo, options.pipe);
  const auto claims = properties::claims_of(options);
  const auto shared = std::make_shared<detail::SharedVerification>();
  shared->verify = [=] {
    return properties::verify_laws(properties::processor_laws(), source, subject, claims,
                                   properties::settings_of(options));
  };
  for (const properties::Law& law : properties::processor_laws()) {
    if (!law.applies(source, claims)) continue;
    detail::register_test(suite, law, shared, [=, &law] {
      return properties::verify_laws({&law, 1}, source, subject, claims, properties::settings_of(options));
    });
  }
  return true;
}

/// Matches the response, as text, that reports these records in this order and no other:
/// `EXPECT_THAT(response, ReportsExactly("m2", "m5"))`.
template <class... ItemIdentifiers>
::testing::Matcher<std::string_view> ReportsExactly(const ItemIdentifiers&... item_identifiers) {
  return detail::ReportsExactlyMatcher({std::string(item_identifiers)...});
}

/// Matches the response that reports no failure.
inline ::testing::Matcher<std::string_view> ReportsNothing() { return ReportsExactly(); }

/// Matches a `RecordProbe`, or a `std::vector<std::string>` that a handler filled with identifiers, when
/// these records were handled in this order and no other: `EXPECT_THAT(probe, HandledInOrder("m1", "m2"))`.
template <class... ItemIdentifiers>
detail::HandledInOrderMatcher HandledInOrder(const ItemIdentifiers&... item_identifiers) {
  return detail::HandledInOrderMatcher({std::string(item_identifiers)...});
}

}  // namespace batchproof::inline v0_1
