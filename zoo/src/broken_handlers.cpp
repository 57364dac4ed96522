#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/zoo/broken_handlers.hpp>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <utility>

namespace batchproof::zoo {
namespace {

nlohmann::json order_in(const SqsRecord& record) { return fixtures::parse_json(record.body()); }

double quantity_of(const SqsRecord& record) { return order_in(record).at("quantity").get<double>(); }

void refuse_what_is_below_one(double quantity) {
  if (quantity < 1) throw std::invalid_argument("quantity must be at least 1");
}

bool is_good(const SqsRecord& record) {
  try {
    handle_order(record);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

void swallow_rejection(const SqsRecord& record) {
  try {
    handle_order(record);
  } catch (const std::exception&) {
  }
}

void reject_large_orders(const SqsRecord& record) {
  handle_order(record);
  if (quantity_of(record) > 100) throw std::out_of_range("too many");
}

void trust_the_body(const SqsRecord& record) {
  const auto order = fixtures::parse_json_or_discard(record.body());
  if (!order.is_discarded() && order.value("quantity", 1.0) < 1) throw std::invalid_argument("no quantity");
}

void refuse_the_smallest_order(const SqsRecord& record) {
  handle_order(record);
  if (quantity_of(record) == 1) throw std::invalid_argument("not above 1");
}

void look_for_zero_alone(const SqsRecord& record) {
  if (quantity_of(record) == 0) throw std::invalid_argument("quantity must be at least 1");
}

void refuse_late_deliveries(const SqsRecord& record) {
  constexpr std::uint64_t enough = 3;
  handle_order(record);
  if (record.attributes().approximate_receive_count() > enough)
    throw std::runtime_error("delivered too often");
}

void look_at_two_of_three(const SqsRecord& record) {
  if (record.index() % 3 != 2) handle_order(record);
}

/// Reuses one object for a whole batch: an order without a quantity gets that of the order before.
std::function<void(const SqsRecord&)> keep_the_last_quantity() {
  return [quantity = 0.0](const SqsRecord& record) mutable {
    if (record.index() == 0) quantity = 0.0;
    quantity = order_in(record).value("quantity", quantity);
    refuse_what_is_below_one(quantity);
  };
}

std::function<void(const SqsRecord&)> remember_verdicts() {
  return [verdicts = std::map<std::string, bool, std::less<>>()](const SqsRecord& record) mutable {
    auto [verdict, is_new] = verdicts.try_emplace(std::string(record.message_id()), true);
    if (is_new) verdict->second = is_good(record);
    if (!verdict->second) throw std::invalid_argument("refused before");
  };
}

/// Marks a message as seen before it is handled.
std::function<void(const SqsRecord&)> take_what_was_seen_for_done() {
  return [seen = std::set<std::string, std::less<>>()](const SqsRecord& record) mutable {
    const auto [entry, is_new] = seen.emplace(record.message_id());
    if (is_new) handle_order(record);
    seen.erase(entry);
  };
}

/// Expects each order to be larger than the one before.
std::function<void(const SqsRecord&)> want_growing_orders() {
  return [largest = 0.0](const SqsRecord& record) mutable {
    if (record.index() == 0) largest = 0.0;
    handle_order(record);
    const double quantity = quantity_of(record);
    if (quantity < largest) throw std::runtime_error("smaller than the order before");
    largest = quantity;
  };
}

std::function<void(const SqsRecord&)> take_two_orders_a_batch() {
  return [taken = 0](const SqsRecord& record) mutable {
    if (record.index() == 0) taken = 0;
    handle_order(record);
    if (++taken > 2) throw std::runtime_error("two orders at a time");
  };
}

/// Opens a transaction around the batch, which one failure aborts.
std::function<void(const SqsRecord&)> abort_at_a_bad_order() {
  return [aborted = false](const SqsRecord& record) mutable {
    if (record.index() == 0) aborted = false;
    aborted = aborted || !is_good(record);
    if (aborted) throw std::runtime_error("the transaction was aborted");
  };
}

/// Loses the connection after the first order of each second batch.
std::function<void(const SqsRecord&)> lose_the_connection() {
  return [is_worn = true](const SqsRecord& record) mutable {
    if (record.index() == 0) is_worn = !is_worn;
    handle_order(record);
    if (is_worn && record.index() > 0) throw std::runtime_error("no connection");
  };
}

/// Accepts the next order unchecked after a good one.
std::function<void(const SqsRecord&)> depend_on_neighbour() {
  return [was_good = false](const SqsRecord& record) mutable {
    if (was_good && record.index() > 0) {
      was_good = false;
      return;
    }
    was_good = false;
    handle_order(record);
    was_good = true;
  };
}

/// Uses up a quota that is never restored.
std::function<void(const SqsRecord&)> keep_a_quota() {
  return [left = 50](const SqsRecord& record) mutable {
    handle_order(record);
    if (left-- <= 0) throw std::runtime_error("no quota left");
  };
}

/// Refuses a message that is delivered again, once.
std::function<void(const SqsRecord&)> refuse_what_was_seen() {
  return [seen = std::set<std::string, std::less<>>()](const SqsRecord& record) mutable {
    handle_order(record);
    const auto [entry, is_new] = seen.emplace(record.message_id());
    if (is_new) return;
    seen.erase(entry);
    throw std::runtime_error("seen before");
  };
}

void terminate_on_surprise(const SqsRecord& record) noexcept { handle_order(record); }

void exit_on_long_orders(const SqsRecord& record) {
  constexpr std::size_t longest_order = 1000;
  if (record.body().size() > longest_order) std::exit(EXIT_FAILURE);
  handle_order(record);
}

void accept_the_first_alone(const SqsRecord& record) {
  handle_order(record);
  if (record.index() > 0) throw std::runtime_error("one at a time");
}

// Faults that only near misses of the good orders show.

/// Reuses one object for a whole batch, and keeps its old value for null.
std::function<void(const SqsRecord&)> fill_null_from_the_order_before() {
  return [last = 0.0](const SqsRecord& record) mutable {
    if (record.index() == 0) last = 0.0;
    const auto quantity = order_in(record).at("quantity");
    if (!quantity.is_null()) last = quantity.get<double>();
    refuse_what_is_below_one(last);
  };
}

/// Reads from a stream that a text puts into its failed state until the next batch.
std::function<void(const SqsRecord&)> fail_after_a_text() {
  return [has_failed = false](const SqsRecord& record) mutable {
    if (record.index() == 0) has_failed = false;
    const auto order = order_in(record);
    has_failed |= order.contains("quantity") && order["quantity"].is_string();
    if (has_failed) throw std::runtime_error("the stream has failed");
    handle_order(record);
  };
}

/// Sums up a batch, which a very large order makes overflow.
std::function<void(const SqsRecord&)> overflow_the_sum() {
  return [sum = 0.0](const SqsRecord& record) mutable {
    constexpr double most = 1e18;
    if (record.index() == 0) sum = 0.0;
    handle_order(record);
    if (sum > most) throw std::overflow_error("too much in one batch");
    sum += quantity_of(record);
  };
}

/// Remembers values by message id, and treats null as "already handled".
std::function<void(const SqsRecord&)> take_null_for_read() {
  return [read = std::map<std::string, nlohmann::json, std::less<>>()](const SqsRecord& record) mutable {
    const auto known = read.find(record.message_id());
    if (known != read.end() && known->second.is_null()) return;
    const auto quantity = order_in(record).at("quantity");
    read[std::string(record.message_id())] = quantity;
    refuse_what_is_below_one(quantity.get<double>());
  };
}

/// Refuses a message without the field once, and accepts it the next time.
std::function<void(const SqsRecord&)> do_without_what_is_renamed() {
  return [asked = std::set<std::string, std::less<>>()](const SqsRecord& record) mutable {
    const auto order = order_in(record);
    if (order.is_object() && !order.empty() && !order.contains("quantity")) {
      if (asked.emplace(record.message_id()).second) throw std::invalid_argument("no quantity");
      return;
    }
    handle_order(record);
  };
}

/// Orders by message id, as a function may keep them in a table. They must be the accepted ones.
using Books = std::multiset<std::string, std::less<>>;

std::string compare(const Books& books, const std::vector<RecordProbe::Call>& calls) {
  Books accepted;
  for (const RecordProbe::Call& call : calls) {
    if (!call.threw) accepted.insert(call.item_identifier);
  }
  return books == accepted ? "" : "the books hold other orders than those that were accepted";
}

BrokenHandler with_books(std::string name, std::string fault,
                         std::function<void(Books& books, const SqsRecord& record)> handler) {
  const auto books = std::make_shared<Books>();
  return {
      .name = std::move(name),
      .fault = std::move(fault),
      .law = "own-check",
      .handler = [books, handler = std::move(handler)](const SqsRecord& record) { handler(*books, record); },
      .before_each = [=] { books->clear(); },
      .check = [=](const auto& calls) { return compare(*books, calls); }};
}

void book_before_looking(Books& books, const SqsRecord& record) {
  books.emplace(record.message_id());
  handle_order(record);
}

void book_what_is_new(Books& books, const SqsRecord& record) {
  handle_order(record);
  if (books.empty()) books.emplace(record.message_id());
}

}  // namespace

void handle_order(const SqsRecord& record) { refuse_what_is_below_one(quantity_of(record)); }

const std::vector<std::string>& good_orders() {
  static const std::vector<std::string> orders{R"({"quantity": 2})", R"({"quantity": 1})",
                                               R"({"quantity": 500})"};
  return orders;
}

const std::vector<std::string>& bad_orders() {
  static const std::vector<std::string> orders{R"({"quantity": 0})", R"({"quantity": -1})", R"({})",
                                               "not json", ""};
  return orders;
}

std::vector<BrokenHandler> broken_handlers() {
  return {
      {"swallows_rejection", "An order that is refused counts as done.", "verdict", swallow_rejection},
      {"rejects_valid_payload", "Large orders are refused.", "verdict", reject_large_orders},
      {"trusts_the_body", "A body that is not an order counts as done.", "verdict", trust_the_body},
      {"depends_on_neighbour", "The order after a good one is not checked.", "verdict",
       depend_on_neighbour()},
      {"keeps_a_quota", "After fifty good orders, all fail.", "verdict", keep_a_quota()},
      {"refuses_the_smallest_order", "An order of one is refused.", "verdict", refuse_the_smallest_order},
      {"looks_for_zero_alone", "An order of less than nothing counts as done.", "verdict",
       look_for_zero_alone},
      {"refuses_late_deliveries", "A message that was received more than three times is refused.", "verdict",
       refuse_late_deliveries},
      {"remembers_verdicts", "The verdict on a message id is kept, and given again to another order.",
       "verdict", remember_verdicts()},
      {"keeps_the_last_quantity", "An order without a quantity gets that of the order before.", "verdict",
       keep_the_last_quantity()},
      {"takes_what_it_saw_for_done", "A message that failed counts as done when it is delivered again.",
       "repeatable", take_what_was_seen_for_done()},
      {"loses_the_connection", "In each second batch all orders but the first fail.", "repeatable",
       lose_the_connection()},
      {"looks_at_two_of_three", "Each third order of a batch is not checked.", "independent",
       look_at_two_of_three},
      {"wants_growing_orders", "An order fails that is smaller than the one before.", "independent",
       want_growing_orders()},
      {"takes_two_orders_a_batch", "After two good orders, all others of the batch fail.", "independent",
       take_two_orders_a_batch()},
      {"aborts_at_a_bad_order", "After a bad order, all others of the batch fail.", "independent",
       abort_at_a_bad_order()},
      {"refuses_what_was_seen", "A message that is delivered again fails.", "repeatable",
       refuse_what_was_seen()},
      {"accepts_the_first_alone", "Only the first order of a batch is taken.", "independent",
       accept_the_first_alone},
      {"terminates_on_surprise", "A promise to throw nothing, which a bad order breaks.", "survives",
       terminate_on_surprise},
      {"exits_on_long_orders", "A very long body ends the process.", "survives", exit_on_long_orders},
      {"fills_null_from_the_order_before", "An order whose quantity is null gets that of the order before.",
       "independent", fill_null_from_the_order_before()},
      {"fails_after_a_text", "After a quantity that is a text, all orders of the batch fail.", "independent",
       fail_after_a_text()},
      {"overflows_the_sum", "After a very large order, all others of the batch fail.", "independent",
       overflow_the_sum()},
      {"takes_null_for_read", "An order whose quantity is null counts as done when it is delivered again.",
       "repeatable", take_null_for_read()},
      {"does_without_what_is_renamed",
       "An order whose quantity has another name counts as done when it is delivered again.", "repeatable",
       do_without_what_is_renamed()},
      with_books("books_before_it_looks", "An order is booked and then refused.", book_before_looking),
      with_books("books_one_order_a_batch", "Only the first good order of a batch is booked.",
                 book_what_is_new),
  };
}

}  // namespace batchproof::zoo
