#pragma once

// Laws of worlds, and the worlds that violate them. `Finished` is a world that has ended: that of the
// simulator, or one that holds more. Its member `world` is the world as it was before, for which there is a
// `to_json`.

#include <batchproof/fixtures/printable.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::simulator {

/// Always true, for a law that is about every world.
template <class World>
bool applies_to_any(const World&) {
  return true;
}

/// A law about the outcome of messages, from the first delivery to the last. It is a pure function of a
/// finished world, which any thread may call.
template <class Finished>
struct WorldLaw {
  using World = decltype(Finished::world);

  std::string_view id;          ///< "nothing-vanishes"
  std::string_view sentence;    ///< the law in one sentence
  std::string_view aws_page{};  ///< the title of the AWS page that it follows; may be empty
  bool (*applies)(const World& world) = applies_to_any<World>;

  /// One sentence for each violation, which names the message; empty when the law holds.
  std::vector<std::string> (*violations)(const Finished& finished) = nullptr;

  /// True when a violation is a lost message.
  bool is_about_loss = false;

  /// True when there may be more violations than `violations` lists; null when it lists all of them.
  bool (*may_be_more)(const Finished& finished) = nullptr;
};

/// The parts of the text of a counterexample: before the worlds, with one of the violations that are equal
/// but for what they name, and behind the worlds. Any thread may call them. `may_be_more`: not all violations
/// are listed.
std::string text_of_law(std::string_view id, std::string_view sentence, std::string_view aws_page,
                        const std::vector<std::string>& violations, bool may_be_more);
std::string text_of_trace(const Trace& trace, const std::vector<std::string>& messages, bool was_search_cut,
                          bool is_flaky);

/// The identifiers of the messages, by their numbers.
std::vector<std::string> identifiers_of(const FinishedWorld& finished);

/// A law that was violated, and the smallest world that was found to violate it. A value.
template <class Finished>
struct WorldCounterexample {
  const WorldLaw<Finished>* law = nullptr;  ///< lives as long as the program; null when none was violated
  decltype(Finished::world) found_in{};     ///< the world in which the violation was seen first
  decltype(Finished::world) smallest{};     ///< mostly one or two messages
  bool was_search_cut = false;              ///< a smaller world may violate the law too
  std::vector<std::string> violations{};    ///< in the smallest world; empty when the law is flaky
  bool may_be_more = false;                 ///< of the violations than are listed
  Trace trace{};                            ///< of the smallest world
  std::vector<std::string> messages{};      ///< of the smallest world: the identifiers, by number

  /// For people: the law, which must not be null, its violations, the smallest world and its trace.
  std::string text() const {
    return fixtures::printable_lines(
        text_of_law(law->id, law->sentence, law->aws_page, violations, may_be_more) + "\n  found in  " +
        to_json(found_in) + text_of_trace(trace, messages, was_search_cut, violations.empty()));
  }
};

}  // namespace batchproof::simulator
