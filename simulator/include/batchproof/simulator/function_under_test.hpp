#pragma once

#include <batchproof/fixtures/subject.hpp>
#include <concepts>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof::simulator {

/// Makes a subject without state of earlier batches, as a function that has just started.
using MakeSubject = std::function<fixtures::Subject()>;

/// The function under test, made of a subject or of a `MakeSubject`; what is given converts to it.
///
/// With a `MakeSubject` the simulator plays the instances of the function. One handles invocation after
/// invocation, until a crash or a timeout ends it. It is left where it stands, within its call of the probe:
/// no destructor and no `catch` block of it runs, and nothing that it does later counts. The next invocation
/// meets a new instance. State that the instances share, as they share a table, stays. When the world has
/// ended, each instance that was left goes on, with an exception out of its call of the probe, so that its
/// memory is freed. Until then it keeps its locks: an instance that holds a lock which instances share while
/// it calls the probe stops the simulation.
///
/// A subject alone stands for all instances, and its state stays. A crash or a timeout is an exception out of
/// its call of the probe, and out of each further call of that invocation; it is not a `std::exception`. The
/// simulation ignores what the subject does after it.
class FunctionUnderTest {
 public:
  template <class Make>
    requires std::is_invocable_r_v<fixtures::Subject, Make&>
  FunctionUnderTest(Make make) : make_(std::move(make)) {}

  template <class Subject>
    requires std::is_invocable_r_v<std::string, Subject&, std::string_view, RecordProbe&>
  FunctionUnderTest(Subject subject) : lasts_(true), make_([kept = fixtures::Subject(std::move(subject))] {
    return kept;
  }) {}

  /// A new instance, or a copy of the subject.
  fixtures::Subject make() const { return make_(); }

  /// True for a subject alone.
  bool lasts() const noexcept { return lasts_; }

 private:
  bool lasts_ = false;
  MakeSubject make_;
};

}  // namespace batchproof::simulator
