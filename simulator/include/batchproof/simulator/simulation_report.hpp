#pragma once

#include <batchproof/fixtures/assertable.hpp>
#include <batchproof/simulator/finished_world.hpp>
#include <batchproof/simulator/life_law.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <batchproof/simulator/world.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof::simulator {

/// Whether something is as it should be, and the text that says so. EXPECT_TRUE prints it.
class Verdict : public fixtures::Assertable<Verdict> {
 public:
  Verdict(bool passed, std::string text) : passed_(passed), text_(std::move(text)) {}

  bool passed() const noexcept { return passed_; }
  const std::string& text() const noexcept { return text_; }

 private:
  bool passed_;
  std::string text_;
};

/// A law that was broken, and the smallest world that was found to break it.
struct BrokenLife {
  const LifeLaw* law = nullptr;
  World found_in{};                       ///< the world that broke it first
  World smallest{};                       ///< often of few messages
  std::vector<std::string> violations{};  ///< in the smallest world
  Trace trace{};                          ///< of the smallest world
};

/// What a simulation showed. A value. EXPECT_TRUE prints it in full.
class SimulationReport : public fixtures::Assertable<SimulationReport> {
 public:
  /// Of several worlds `finished` is the last that was run.
  SimulationReport(std::size_t worlds, FinishedWorld finished, std::optional<BrokenLife> broken)
      : worlds_(worlds), finished_(std::move(finished)), broken_(std::move(broken)) {}

  /// True when at least one world was run and none broke a law.
  bool passed() const noexcept { return worlds_ > 0 && !broken_; }

  /// Kept unless a message was lost: gone from its source without having been handled. What is dead-lettered
  /// or expires by configuration is no loss, nor is what comes too often.
  Verdict expect_no_loss() const;

  /// The id of the law that was broken, such as "nothing-vanishes"; empty when none was.
  std::string_view broken_law() const noexcept { return broken_ ? broken_->law->id : std::string_view(); }

  /// Null when no law was broken. Lives as long as the report.
  const BrokenLife* counterexample() const noexcept { return broken_ ? &*broken_ : nullptr; }

  std::size_t worlds() const noexcept { return worlds_; }
  const FinishedWorld& finished() const noexcept { return finished_; }

  /// For people: the law, what is wrong, the smallest world and its trace; two lines when all is well.
  std::string text() const;

 private:
  std::size_t worlds_;
  FinishedWorld finished_;
  std::optional<BrokenLife> broken_;
};

}  // namespace batchproof::simulator
