#include "world_history.hpp"

#include <algorithm>
#include <array>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string_view>
#include <utility>

namespace batchproof::tools {
namespace {

using nlohmann::ordered_json;
using simulator::Delivery;
using simulator::Disposition;
using simulator::FinishedWorld;
using simulator::Message;
using std::chrono::milliseconds;

/// The deliveries of one message, in their order.
using Life = std::vector<const Delivery*>;

std::vector<Life> lives_of(const FinishedWorld& finished, const std::vector<Delivery>& deliveries) {
  std::vector<Life> lives(finished.messages.size());
  for (const Delivery& delivery : deliveries) lives[delivery.message].push_back(&delivery);
  return lives;
}

/// The states of a message; a curve counts the messages in one state.
enum class Whereabouts : std::size_t { waiting, in_flight, done, dead_lettered, expired, nowhere };

constexpr std::array<const char*, 5> curve_names{"waiting", "in_flight", "done", "dead_lettered", "expired"};

Whereabouts place_of(Disposition disposition) {
  switch (disposition) {
    case Disposition::done:
      return Whereabouts::done;
    case Disposition::dead_lettered:
      return Whereabouts::dead_lettered;
    case Disposition::expired:
      return Whereabouts::expired;
    case Disposition::on_source:
      break;
  }
  return Whereabouts::waiting;
}

/// Calls `move(at, from, to)` for each change of a message's state.
template <class Move>
void walk(const Message& message, const Life& life, Move move) {
  move(message.sent_at, Whereabouts::nowhere, Whereabouts::waiting);
  for (const Delivery* const delivery : life) {
    move(delivery->began, Whereabouts::waiting, Whereabouts::in_flight);
    const bool ends = delivery == life.back() && message.disposition != Disposition::on_source;
    const bool ends_here = ends && message.ended_at <= delivery->released;
    move(delivery->released, Whereabouts::in_flight,
         ends_here ? place_of(message.disposition) : Whereabouts::waiting);
    if (ends_here) return;
  }
  if (message.disposition != Disposition::on_source)
    move(message.ended_at, Whereabouts::waiting, place_of(message.disposition));
}

/// Points of time: dense at the beginning, when most deliveries happen, and evenly spaced later.
std::vector<milliseconds> spread_times(milliseconds end) {
  constexpr int points = 300;
  const auto length = static_cast<double>(end.count());
  std::vector<milliseconds> times{milliseconds(0), end};
  for (int point = 0; point < points; ++point) {
    const double share = static_cast<double>(point) / points;
    times.emplace_back(static_cast<std::int64_t>(length * share));
    times.emplace_back(static_cast<std::int64_t>(std::pow(length + 1, share)) - 1);
  }
  return times;
}

/// The times of all changes, if there are not too many.
std::vector<milliseconds> times_to_show(const FinishedWorld& finished, const std::vector<Life>& lives,
                                        bool& are_all) {
  constexpr std::size_t most = 1000;
  std::set<milliseconds> moving{milliseconds(0), finished.ended_at};
  for (std::size_t number = 0; number < lives.size() && moving.size() <= most; ++number)
    walk(finished.messages[number], lives[number],
         [&](milliseconds at, Whereabouts, Whereabouts) { moving.insert(at); });
  are_all = moving.size() <= most;
  if (are_all) return {moving.begin(), moving.end()};
  auto times = spread_times(finished.ended_at);
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

ordered_json json_of_curves(const FinishedWorld& finished, const std::vector<Life>& lives) {
  bool are_all = false;
  const std::vector<milliseconds> times = times_to_show(finished, lives, are_all);
  // There is one state more than curves: not yet sent, which is not shown.
  std::array<std::vector<std::int64_t>, curve_names.size() + 1> counts;
  counts.fill(std::vector<std::int64_t>(times.size()));
  for (std::size_t number = 0; number < lives.size(); ++number) {
    walk(finished.messages[number], lives[number], [&](milliseconds at, Whereabouts from, Whereabouts to) {
      const auto point = std::lower_bound(times.begin(), times.end(), at);
      if (point == times.end()) return;
      const auto index = static_cast<std::size_t>(point - times.begin());
      counts[static_cast<std::size_t>(from)][index] -= 1;
      counts[static_cast<std::size_t>(to)][index] += 1;
    });
  }
  ordered_json json{{"all_changes", are_all}, {"at", ordered_json::array()}};
  for (const milliseconds time : times) json["at"].push_back(time.count());
  for (std::size_t curve = 0; curve < curve_names.size(); ++curve) {
    std::partial_sum(counts[curve].begin(), counts[curve].end(), counts[curve].begin());
    json[curve_names[curve]] = counts[curve];
  }
  return json;
}

/// The rank of a message by its failures; 0 is the worst.
int rank_of(const Message& message) {
  if (message.disposition == Disposition::done && message.successes == 0) return 0;
  if (message.disposition == Disposition::dead_lettered) return message.tries == 0 ? 1 : 2;
  if (message.disposition != Disposition::done) return 3;
  return message.deliveries > 1 ? 4 : 5;
}

/// The numbers of the messages whose lives are shown, in the order in which they were sent.
std::vector<std::size_t> messages_to_show(const FinishedWorld& finished) {
  constexpr std::size_t most_messages = 10'000;
  constexpr std::size_t most_deliveries = 20'000;
  std::vector<std::size_t> numbers(finished.messages.size());
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  std::stable_sort(numbers.begin(), numbers.end(), [&](std::size_t left, std::size_t right) {
    return rank_of(finished.messages[left]) < rank_of(finished.messages[right]);
  });
  std::size_t shown = 0;
  std::size_t deliveries = 0;
  while (shown < std::min(most_messages, numbers.size())) {
    deliveries += finished.messages[numbers[shown]].deliveries;
    if (shown > 0 && deliveries > most_deliveries) break;
    shown += 1;
  }
  numbers.resize(shown);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

/// Texts in a list, each once; other data refers to them by their places.
class Texts {
 public:
  std::size_t place_of_text(std::string_view text) {
    const auto [entry, is_new] = places_.emplace(text, places_.size());
    if (is_new) list_.push_back(text);
    return entry->second;
  }
  const std::vector<std::string_view>& list() const noexcept { return list_; }

 private:
  std::map<std::string_view, std::size_t> places_{};
  std::vector<std::string_view> list_{};
};

ordered_json json_of_life(const Message& message, const Life& life, Texts& reasons) {
  constexpr std::size_t most_shown = 100;
  ordered_json json{{"id", message.identifier},
                    {"group", message.group},
                    {"sent", message.sent_at.count()},
                    {"disposition", simulator::name(message.disposition)},
                    {"ended", message.ended_at.count()},
                    {"times_delivered", message.deliveries},
                    {"tries", message.tries},
                    {"successes", message.successes},
                    {"is_poison", message.is_poison()},
                    {"deliveries", ordered_json::array()}};
  for (std::size_t number = 0; number < std::min(most_shown, life.size()); ++number) {
    const Delivery& delivery = *life[number];
    ordered_json row{delivery.began.count(), delivery.ended.count(), delivery.released.count(),
                     delivery.invocation, simulator::name(delivery.outcome)};
    if (!delivery.failed_because.empty()) row.push_back(reasons.place_of_text(delivery.failed_because));
    json["deliveries"].push_back(std::move(row));
  }
  return json;
}

ordered_json json_of_lives(const FinishedWorld& finished, const std::vector<Life>& lives) {
  Texts reasons;
  ordered_json messages = ordered_json::array();
  for (const std::size_t number : messages_to_show(finished))
    messages.push_back(json_of_life(finished.messages[number], lives[number], reasons));
  return {{"of", finished.messages.size()}, {"reasons", reasons.list()}, {"messages", std::move(messages)}};
}

}  // namespace

void WorldHistory::keep(const Delivery& delivery) {
  constexpr std::size_t longest_reason = 160;
  deliveries_.push_back(delivery);
  const std::string_view reason = detail::whole_characters(delivery.failed_because, longest_reason);
  auto known = reasons_.find(reason);
  if (known == reasons_.end()) known = reasons_.emplace(reason).first;
  deliveries_.back().failed_because = *known;
}

std::string WorldHistory::json(const FinishedWorld& finished) {
  const std::vector<Life> lives = lives_of(finished, deliveries_);
  const ordered_json json{{"curves", json_of_curves(finished, lives)},
                          {"lives", json_of_lives(finished, lives)}};
  return fixtures::to_ascii_text(json);
}

}  // namespace batchproof::tools
