#pragma once

#include <batchproof/fixtures/subject.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof::simulator {

/// Makes a subject without state of earlier batches, like a function that has just started.
using MakeSubject = std::function<fixtures::Subject()>;

/// The function under test. A subject, a `MakeSubject`, or a function that returns a `MakeSubject` converts
/// to it:
///
///     simulate(subject, world);
///     simulate([] { return subject_with_memory(); }, world);
///     simulate([] { return [table = std::make_shared<Table>()] { return subject_with(table); }; }, world);
///
/// With a `MakeSubject` the simulator runs instances of the function. One handles invocation after
/// invocation, until a crash or a timeout ends it. The instance stops inside its call of the probe: none of
/// its destructors and `catch` blocks runs, and its later actions do not count. The next invocation runs in a
/// new instance. State that the instances share, such as a table, stays. When the world has ended, each
/// stopped instance continues with an exception from its call of the probe, so that its memory is freed; the
/// oldest one does so already when more than 64 are stopped. Until then it keeps its locks: an instance that
/// calls the probe while it holds a lock which instances share blocks the simulation.
///
/// Worlds share the state that a `MakeSubject` shares among its instances. A function that returns a
/// `MakeSubject` is called for each world, so that every world begins with an empty table.
///
/// A subject alone stands for all instances, and its state stays. A crash or a timeout is then an exception
/// from its call of the probe, and from each further call of that invocation; it is not a `std::exception`.
/// The simulation ignores all that the subject does afterwards.
class FunctionUnderTest {
 public:
  template <class Make>
  requires std::is_invocable_r_v<MakeSubject, Make&> FunctionUnderTest(Make make)
      : begin_world_(std::move(make)) {}

  template <class Make>
  requires std::is_invocable_r_v<fixtures::Subject, Make&> FunctionUnderTest(Make make)
      : begin_world_([kept = MakeSubject(std::move(make))] { return kept; }) {}

  template <class Subject>
  requires std::is_invocable_r_v<std::string, Subject&, std::string_view, RecordProbe&> FunctionUnderTest(
      Subject subject)
      : lasts_(true), begin_world_([kept = fixtures::Subject(std::move(subject))] {
          return MakeSubject([kept] { return kept; });
        }) {}

  /// Makes the instances of one world.
  MakeSubject begin_world() const { return begin_world_(); }

  /// True for a subject alone, which serves all invocations of a world.
  bool lasts() const noexcept { return lasts_; }

 private:
  bool lasts_ = false;
  std::function<MakeSubject()> begin_world_;
};

}  // namespace batchproof::simulator
