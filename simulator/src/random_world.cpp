#include <algorithm>
#include <array>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/simulator/random.hpp>
#include <batchproof/simulator/world.hpp>
#include <stdexcept>

namespace batchproof::simulator {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

std::size_t between(Random& random, std::size_t lowest, std::size_t highest) {
  return lowest + random.below(highest - lowest + 1);
}

milliseconds one_of(Random& random, milliseconds one, milliseconds other) {
  return random.below(2) == 0 ? one : other;
}

/// Half of the worlds have the fault (swarm testing): a fault that is always on hides what happens without
/// it.
double rate_or_none(Random& random, double rate) { return random.below(2) == 0 ? rate : 0; }

Faults draw_faults(Random& random, std::size_t messages) {
  Faults faults;
  faults.poison = random.below(2) == 0 ? 0 : random.below(messages / 5 + 2);
  if (faults.poison > messages) faults.poison = messages;
  faults.flaky_rate = rate_or_none(random, 0.3);
  faults.flaky_failures = between(random, 1, 3);
  faults.crash_rate = rate_or_none(random, 0.1);
  faults.timeout_rate = rate_or_none(random, 0.05);
  faults.lost_response_rate = rate_or_none(random, 0.1);
  faults.duplicate_rate = rate_or_none(random, 0.05);
  faults.malformed_response_rate = rate_or_none(random, 0.05);
  faults.resend_rate = rate_or_none(random, 0.3);
  faults.heal_after = minutes(5);
  return faults;
}

void draw_queue(Random& random, Queue& queue, milliseconds function_timeout) {
  queue.visibility_timeout =
      std::max<milliseconds>(function_timeout, one_of(random, seconds(30), minutes(6)));
  queue.max_receive_count = static_cast<std::uint32_t>(between(random, 1, 8));
  if (random.below(32) == 0) queue.max_receive_count = 100;
  if (random.below(16) == 0) queue.max_receive_count = std::nullopt;
  queue.retention = queue.max_receive_count ? minutes(60 * 24 * 2) : minutes(60);
  queue.concurrency = between(random, 1, 5);
  // A message that comes again soon finds claims that have not expired yet.
  if (queue.max_receive_count && random.below(4) == 0) queue.visibility_timeout = function_timeout;
}

void draw_stream(Random& random, fixtures::Source source, Stream& stream) {
  const std::size_t many = source == fixtures::Source::kafka ? 12 : 8;  // numbers of two digits
  stream.shards = between(random, 1, random.below(4) == 0 ? many : 3);
  stream.parallelization_factor = between(random, 1, random.below(4) == 0 ? 10 : 2);
  stream.bisect_on_error = random.below(2) == 0;
  stream.maximum_retry_attempts = random.below(8) == 0 ? -1 : static_cast<int>(random.below(12));
  const bool retries_forever = stream.maximum_retry_attempts < 0;
  if (random.below(retries_forever ? 2 : 4) == 0) stream.maximum_record_age = minutes(10);
}

/// Batches of FIFO queues are small. For other sources some worlds have larger ones.
void draw_batches(Random& random, World& world) {
  const bool is_fifo = fixtures::is_fifo_queue(world.source);
  world.batch_size = between(random, 1, is_fifo || random.below(2) == 0 ? 10 : 100);
  world.batch_window.reset();
  const milliseconds needed = *with_defaults(world).batch_window;
  const bool draws_window = !is_fifo && needed == milliseconds(0);
  world.batch_window = draws_window && random.below(2) == 0 ? seconds(1) : needed;
}

/// A full batch takes a part of the time limit: little of it, or nearly all. Or its last record comes when
/// hardly any time is left, and takes longer than that in a batch of less than 100.
void draw_times(Random& random, World& world) {
  constexpr std::array<int, 6> percent{0, 2, 30, 60, 98, 99};
  world.function_timeout = one_of(random, seconds(5), seconds(60));
  const int chosen = percent[random.below(percent.size())];
  const bool is_too_long = chosen == percent.back() && *world.batch_size > 1;
  const auto records = static_cast<milliseconds::rep>(*world.batch_size) - (is_too_long ? 1 : 0);
  world.handler_time = world.function_timeout * chosen / (100 * records);
}

}  // namespace

World random_world(fixtures::Source source, std::uint64_t seed, std::size_t most_messages) {
  if (most_messages == 0)
    throw std::invalid_argument("most_messages is 0: a world without messages judges nothing");
  Random random(seed);
  World world{.source = source, .seed = seed};
  world.messages = between(random, 1, most_messages);
  world.groups = between(random, 1, random.below(2) == 0 ? 6 : 24);
  world.sent_every = one_of(random, milliseconds(0), milliseconds(20));
  draw_batches(random, world);
  draw_times(random, world);
  world.faults = draw_faults(random, world.messages);
  draw_queue(random, world.queue, world.function_timeout);
  draw_stream(random, source, world.stream);
  // To retry a poison message until the stream forgets it takes a day and a thousand invocations, so few
  // worlds do that.
  const bool retries_forever = fixtures::has_shards(source) && world.stream.maximum_retry_attempts < 0;
  if (retries_forever && random.below(4) != 0) world.faults.poison = 0;
  if (source == fixtures::Source::kafka || fixtures::has_windows(source))
    world.stream.parallelization_factor = 1;
  if (random.below(4) == 0) world.payload_limit = between(random, 2'000, 12'000);
  if (fixtures::has_windows(source)) {
    world.sent_every = one_of(random, world.sent_every, milliseconds(400));  // several windows
    world.stream.tumbling_window = seconds(between(random, 1, 10));
  }
  return world;
}

}  // namespace batchproof::simulator
