// Handlers of inner records, judged by the laws of handlers on envelopes that hold accepted and rejected
// payloads, and on damaged ones; and broken handlers that open envelopes by themselves.

#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/async.hpp>
#include <batchproof/envelopes.hpp>
#include <batchproof/fixtures/inner_payloads.hpp>
#include <batchproof/gtest.hpp>
#include <batchproof/json.hpp>
#include <set>
#include <stdexcept>
#include <string>

#include "envelope_events.hpp"

namespace batchproof {
namespace {

using fixtures::InnerPayloads;

constexpr int envelopes_of_each_kind = 50;

const InnerPayloads order_payloads{.accepted = {R"({"quantity": 2})",
                                                [](std::uint64_t seed) {
                                                  return R"({"name": "caf\u00E9 é", "quantity": )" +
                                                         std::to_string(1 + seed % 1000) + "}";
                                                }},
                                   .rejected = {R"({"quantity": 0})", "not json", "{}"},
                                   .hostile = true};
const InnerPayloads details{
    .accepted = order_payloads.accepted, .rejected = {R"({"quantity": 0})", "{}"}, .hostile = true};
const InnerPayloads object_keys{
    .accepted = {"orders/1 + 1.json", "orders/é&=%.json"}, .rejected = {"photos/1.jpg"}, .hostile = true};
const InnerPayloads new_images{.accepted = {R"({"quantity": {"N": "2"}})"},
                               .rejected = {R"({"quantity": {"N": "0"}})", "{}"},
                               .hostile = true};
const InnerPayloads log_messages{
    .accepted = {"started", "done: 7 é"}, .rejected = {"panic"}, .hostile = true};

void ship(const Order& order) {
  if (order.quantity < 1) throw std::invalid_argument("quantity must be at least 1");
}

void index_object(const S3Notification& object) {
  if (!object.key().starts_with("orders/")) throw std::invalid_argument("no order");
}

void copy_item(const Change<Order>& change) {
  if (change.new_image) ship(*change.new_image);
}

void note_message(const LogEvent& event) {
  if (event.message() == "panic") throw std::runtime_error("panic");
}

VerifyHandlerOptions options_of(const InnerPayloads& payloads) {
  return {.accepted = payloads.accepted, .rejected = payloads.rejected, .cases = 100, .hostile = true};
}

/// Each payload by itself, of many seeds: the laws draw few of each kind of damage.
template <class Handler, class FailureOf>
void expect_verdicts(const InnerPayloads& payloads, const Handler& handler, FailureOf failure_of) {
  for (const std::string& text : payloads.accepted.examples(1, envelopes_of_each_kind))
    EXPECT_EQ(failure_of(text, handler), "") << text;
  for (const std::string& text : payloads.rejected.examples(1, envelopes_of_each_kind))
    EXPECT_NE(failure_of(text, handler), "") << text;
}

constexpr auto in_body = [](const std::string& text, const auto& handler) {
  return failure_of_body(text, handler);
};
constexpr auto in_data = [](const std::string& text, const auto& handler) {
  return failure_of_data(text, handler);
};

template <class Record, class Handler, class FailureOf>
void expect_contract(const InnerPayloads& payloads, const Handler& handler, FailureOf failure_of) {
  expect_verdicts(payloads, handler, failure_of);
  EXPECT_TRUE(verify_handler<Record>(handler, options_of(payloads)));
}

TEST(EnvelopeLaws, HoldForMessagesOfSns) {
  expect_contract<SqsRecord>(fixtures::in_sns_messages(order_payloads), sns_message(typed<Order>(ship)),
                             in_body);
}

TEST(EnvelopeLaws, HoldForEventsOfEventBridge) {
  expect_contract<SqsRecord>(fixtures::in_eventbridge_events(details), eventbridge_event(typed<Order>(ship)),
                             in_body);
}

TEST(EnvelopeLaws, HoldForNotificationsOfS3) {
  expect_contract<SqsRecord>(fixtures::in_s3_notifications(object_keys), s3_notification(index_object),
                             in_body);
}

TEST(EnvelopeLaws, HoldForEnvelopesInEnvelopes) {
  expect_contract<SqsRecord>(fixtures::in_sns_messages(fixtures::in_s3_notifications(object_keys)),
                             sns_message(s3_notification(index_object)), in_body);
}

TEST(EnvelopeLaws, HoldForUserRecords) {
  expect_contract<KinesisStreamRecord>(fixtures::in_user_records(order_payloads),
                                       user_records(typed<Order>(ship)), in_data);
}

TEST(EnvelopeLaws, HoldForChangesOfItems) {
  expect_contract<KinesisStreamRecord>(fixtures::in_dynamodb_changes(new_images),
                                       dynamodb_change(typed<Order>(copy_item)), in_data);
}

TEST(EnvelopeLaws, HoldForLogEvents) {
  expect_contract<KinesisStreamRecord>(fixtures::in_cloudwatch_logs(log_messages),
                                       cloudwatch_logs(note_message), in_data);
}

TEST(EnvelopeLaws, HoldForAHandlerThatSkipsMessagesThatItHasHandled) {
  std::set<std::string> handled;
  const auto ship_once = [&](const SnsMessage& message) {
    const std::string id(message.message_id().value_or(""));
    if (handled.count(id) != 0) return;
    if (nlohmann::json::parse(message.message()).at("quantity").get<double>() < 1)
      throw std::invalid_argument("quantity must be at least 1");
    if (!id.empty()) handled.insert(id);
  };
  const InnerPayloads messages = fixtures::in_sns_messages(order_payloads);
  EXPECT_TRUE(verify_handler<SqsRecord>(
      sns_message(ship_once), {.accepted = messages.accepted, .rejected = messages.rejected, .seed = 1}));
}

TEST(EnvelopeLaws, HoldForAHandlerThatComparesTheImagesOfAChange) {
  const auto copy_if_it_changed = [](const Change<Order>& change) {
    if (change.kind == ChangeKind::modify && change.old_image.value().quantity == change.new_image->quantity)
      return;
    copy_item(change);
  };
  expect_contract<KinesisStreamRecord>(fixtures::in_dynamodb_changes(new_images),
                                       dynamodb_change(typed<Change<Order>>(copy_if_it_changed)), in_data);
}

TEST(EnvelopeLaws, HoldForCoroutines) {
  const auto ship_later = [](const Order& order) -> boost::asio::awaitable<void> {
    co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
    ship(order);
  };
  const auto handler = user_records(typed<Order>(ship_later));
  EXPECT_TRUE(verify_handler<KinesisStreamRecord>(handler, AsyncBatchProcessor<KinesisStreamRecord>(),
                                                  options_of(fixtures::in_user_records(order_payloads))));
}

/// Waits before it looks.
template <class Inner>
boost::asio::awaitable<void> look_later(void (*look)(const Inner&), const Inner& inner) {
  co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
  look(inner);
}

constexpr auto in_body_by_coroutine = [](const std::string& text, auto handler) {
  return async_process_partial_response(
      fixtures::sqs_event({{.message_id = "m1", .body = text}}), handler,
      AsyncBatchProcessor<SqsRecord>({.raise_on_entire_batch_failure = false}));
};
constexpr auto in_data_by_coroutine = [](const std::string& text, auto handler) {
  return async_process_partial_response(
      fixtures::kinesis_event({{.sequence_number = "7", .data = text}}), handler,
      AsyncBatchProcessor<KinesisStreamRecord>({.raise_on_entire_batch_failure = false}));
};

/// Of an async handler the response shows whether it failed.
template <class Handler, class Answer>
void expect_verdicts_of_coroutine(const InnerPayloads& payloads, const Handler& handler, Answer answer) {
  expect_verdicts(payloads, handler, [&](const std::string& text, const Handler& given) {
    const std::string response = answer(text, given);
    return response == R"({"batchItemFailures":[]})" ? std::string() : response;
  });
}

TEST(EnvelopeCoroutines, GiveTheVerdictsOfPlainHandlers) {
  const auto ship_later = [](const Order& order) { return look_later(ship, order); };
  expect_verdicts_of_coroutine(fixtures::in_sns_messages(order_payloads),
                               sns_message(typed<Order>(ship_later)), in_body_by_coroutine);
  expect_verdicts_of_coroutine(fixtures::in_eventbridge_events(details),
                               eventbridge_event(typed<Order>(ship_later)), in_body_by_coroutine);
  const auto index_later = [](const S3Notification& object) { return look_later(index_object, object); };
  expect_verdicts_of_coroutine(fixtures::in_s3_notifications(object_keys), s3_notification(index_later),
                               in_body_by_coroutine);
  expect_verdicts_of_coroutine(fixtures::in_sns_messages(fixtures::in_s3_notifications(object_keys)),
                               sns_message(s3_notification(index_later)), in_body_by_coroutine);
  expect_verdicts_of_coroutine(fixtures::in_user_records(order_payloads),
                               user_records(typed<Order>(ship_later)), in_data_by_coroutine);
  const auto copy_later = [](const Change<Order>& change) { return look_later(copy_item, change); };
  expect_verdicts_of_coroutine(fixtures::in_dynamodb_changes(new_images),
                               dynamodb_change(typed<Order>(copy_later)), in_data_by_coroutine);
  const auto note_later = [](const LogEvent& event) { return look_later(note_message, event); };
  expect_verdicts_of_coroutine(fixtures::in_cloudwatch_logs(log_messages), cloudwatch_logs(note_later),
                               in_data_by_coroutine);
}

TEST(EnvelopeLaws, HoldForTypedLogEvents) {
  expect_contract<KinesisStreamRecord>(fixtures::in_cloudwatch_logs(order_payloads),
                                       cloudwatch_logs(typed<Order>(ship)), in_data);
}

TEST(InnerPayloads, LeaveOutDamageThatProvesNothingOfAHandlerThatTakesAnyText) {
  const InnerPayloads any{
      .accepted = {"a", "b"}, .rejected = {}, .accepts_other_texts = true, .hostile = true};
  expect_verdicts(fixtures::in_user_records(any), user_records([](const UserRecord&) {}), in_data);
  EXPECT_TRUE(fixtures::in_sns_messages(any).rejected.empty());
  expect_verdicts(fixtures::in_sns_messages(any), sns_message([](const SnsMessage&) {}), in_body);
}

TEST(InnerPayloads, AreNotDamagedUnlessAskedFor) {
  EXPECT_TRUE(fixtures::in_cloudwatch_logs({.accepted = {"a"}}).rejected.empty());
  EXPECT_FALSE(fixtures::in_cloudwatch_logs({.accepted = {"a"}, .hostile = true}).rejected.empty());
  const auto both =
      fixtures::in_sns_messages(fixtures::in_s3_notifications({.accepted = {"a"}, .hostile = true}));
  EXPECT_TRUE(both.hostile);
}

TEST(InnerPayloads, HaveTheContextThatAHandlerLooksAt) {
  const std::string arn = "arn:aws:sns:eu-west-1:111122223333:orders";
  const auto ship_of_the_topic = [&](const SnsMessage& message) {
    if (message.topic_arn() != arn) throw std::invalid_argument("another topic, or a raw message");
    ship(nlohmann::json::parse(message.message()).get<Order>());
  };
  expect_verdicts(fixtures::in_sns_messages(order_payloads, {.topic_arn = arn, .raw = false}),
                  sns_message(ship_of_the_topic), in_body);
  const auto ship_placed = [](const EventBridgeEvent& event) {
    if (event.source() != "shop" || event.detail_type() != "Order Placed")
      throw std::invalid_argument("another event");
    ship(nlohmann::json::parse(event.detail()).get<Order>());
  };
  expect_verdicts(fixtures::in_eventbridge_events(details, {.source = "shop", .detail_type = "Order Placed"}),
                  eventbridge_event(ship_placed), in_body);
  const auto index_created = [](const S3Notification& object) {
    if (object.bucket() != "orders" || object.event_name() != "ObjectCreated:Put")
      throw std::invalid_argument("another event");
    index_object(object);
  };
  expect_verdicts(
      fixtures::in_s3_notifications(object_keys, {.bucket = "orders", .event_names = {"ObjectCreated:Put"}}),
      s3_notification(index_created), in_body);
  const auto copy_modified = [](const Change<Order>& change) {
    if (change.kind != ChangeKind::modify) throw std::invalid_argument("no modification");
    copy_item(change);
  };
  expect_verdicts(fixtures::in_dynamodb_changes(new_images, {.insertions = false}),
                  dynamodb_change(typed<Order>(copy_modified)), in_data);
  EXPECT_THROW(fixtures::in_dynamodb_changes(new_images, {.insertions = false, .modifications = false}),
               std::invalid_argument);
}

TEST(InnerPayloads, HoldRemovalsWhereTheHandlerAcceptsThem) {
  const InnerPayloads changes = fixtures::in_dynamodb_changes(new_images, {.removals = true});
  expect_verdicts(changes, dynamodb_change(typed<Order>(copy_item)), in_data);
  const auto needs_an_image = dynamodb_change([](const DynamoDbRecord& record) {
    if (!record.new_image()) throw std::invalid_argument("no new image");
  });
  EXPECT_FALSE(verify_handler<KinesisStreamRecord>(needs_an_image, options_of(changes)));
}

TEST(InnerPayloads, HoldWhatIsRejectedThoughNothingIsAccepted) {
  const auto changes =
      fixtures::in_dynamodb_changes({.rejected = {"not json", "7", "{}"}}, {.insertions = false});
  for (const std::string& text : changes.rejected.examples(1, envelopes_of_each_kind))
    EXPECT_NE(failure_of_data(text, dynamodb_change(typed<Order>(copy_item))), "") << text;
}

TEST(InnerPayloads, RefuseWhatTheirEnvelopeCannotHold) {
  EXPECT_THROW(fixtures::in_cloudwatch_logs({.accepted = {"\xff"}}), std::invalid_argument);
  EXPECT_THROW(fixtures::in_sns_messages({.accepted = {"\xff"}}), std::invalid_argument);
  EXPECT_THROW(fixtures::in_user_records({.accepted = {"a"}, .rejected = {"a"}}), std::invalid_argument);
  EXPECT_THROW(fixtures::in_eventbridge_events({.accepted = {"7"}}), std::invalid_argument);
  EXPECT_THROW(fixtures::in_dynamodb_changes({.accepted = {R"({"quantity": 2})"}}), std::invalid_argument);
  const auto drawn =
      fixtures::in_eventbridge_events({.accepted = {[](std::uint64_t) { return std::string("7"); }}});
  EXPECT_THROW(drawn.accepted.examples(1), std::invalid_argument);
}

TEST(InnerPayloads, AreTheSameOfOneSeed) {
  const InnerPayloads once = fixtures::in_cloudwatch_logs(log_messages);
  const InnerPayloads again = fixtures::in_cloudwatch_logs(log_messages);
  EXPECT_EQ(once.accepted.examples(7), again.accepted.examples(7));
  EXPECT_EQ(once.rejected.examples(7), again.rejected.examples(7));
}

// Broken handlers. The law is `verdict`, and what each does wrong stands in its name.

template <class Record, class Handler>
void expect_broken(const InnerPayloads& payloads, const Handler& handler) {
  const auto report =
      verify_handler<Record>(handler, {.accepted = payloads.accepted, .rejected = payloads.rejected});
  EXPECT_FALSE(report.passed());
  EXPECT_EQ(report.broken_law(), "verdict") << report.text();
  EXPECT_EQ(report.counterexample().size(), 1U) << report.text();
}

TEST(BrokenEnvelopeHandlers, PassOverWhatTheyCannotOpen) {
  const auto forgiving = [](auto handler) {
    return [handler](const KinesisStreamRecord& record) {
      try {
        handler(record, LambdaContext());
      } catch (const InnerRecordError& error) {
        if (error.inner()) throw;
      }
    };
  };
  expect_broken<KinesisStreamRecord>(fixtures::in_user_records(order_payloads),
                                     forgiving(user_records([](const UserRecord& record) {
                                       ship(nlohmann::json::parse(record.data()).get<Order>());
                                     })));
  expect_broken<KinesisStreamRecord>(fixtures::in_cloudwatch_logs(log_messages),
                                     forgiving(cloudwatch_logs(note_message)));
  expect_broken<KinesisStreamRecord>(
      fixtures::in_dynamodb_changes(new_images), forgiving(dynamodb_change([](const DynamoDbRecord& record) {
        if (record.new_image().value().at("quantity").as_number().to_int64() < 1)
          throw std::invalid_argument("quantity");
      })));
}

TEST(BrokenEnvelopeHandlers, HandleTheFirstInnerRecordAlone) {
  expect_broken<KinesisStreamRecord>(
      fixtures::in_user_records(order_payloads), [](const KinesisStreamRecord& record) {
        ship(nlohmann::json::parse(user_records_in(record)[0].data()).get<Order>());
      });
}

/// The failure of a record that lies far behind, and a key whose place takes two bytes.
TEST(BrokenEnvelopeHandlers, TakeAHundredInnerRecordsAtMost) {
  InnerPayloads orders = order_payloads;
  orders.hostile = false;
  expect_broken<KinesisStreamRecord>(
      fixtures::in_user_records(orders), [](const KinesisStreamRecord& record) {
        const auto records = user_records_in(record);
        for (std::size_t index = 0; index < std::min<std::size_t>(records.size(), 100); ++index)
          ship(nlohmann::json::parse(records[index].data()).get<Order>());
      });
  InnerPayloads messages = log_messages;
  messages.hostile = false;
  expect_broken<KinesisStreamRecord>(fixtures::in_cloudwatch_logs(messages),
                                     [](const KinesisStreamRecord& record) {
                                       std::size_t noted = 0;
                                       cloudwatch_logs([&](const LogEvent& event) {
                                         if (++noted <= 100) note_message(event);
                                       })(record, LambdaContext());
                                     });
}

TEST(BrokenEnvelopeHandlers, TakeTheKeyAsItIsWritten) {
  expect_broken<SqsRecord>(fixtures::in_s3_notifications(object_keys), [](const SqsRecord& record) {
    const std::set<std::string> known{"orders/1 + 1.json", "orders/é&=%.json"};
    const auto tree = nlohmann::json::parse(record.body());
    if (tree.contains("Event")) return;
    for (const auto& one : tree.at("Records")) {
      if (!known.count(one.at("s3").at("object").at("key"))) throw std::invalid_argument("no order");
    }
  });
}

TEST(BrokenEnvelopeHandlers, ReadTheOldImage) {
  expect_broken<KinesisStreamRecord>(fixtures::in_dynamodb_changes(new_images),
                                     dynamodb_change(typed<Change<Order>>([](const Change<Order>& change) {
                                       ship(change.old_image ? *change.old_image : *change.new_image);
                                     })));
}

TEST(BrokenEnvelopeHandlers, TakeAMissingMessageForNoWork) {
  expect_broken<SqsRecord>(fixtures::in_sns_messages(order_payloads), [](const SqsRecord& record) {
    const auto tree = nlohmann::json::parse(record.body());
    if (!tree.contains("TopicArn")) return ship(tree.get<Order>());
    if (tree.contains("Message"))
      ship(nlohmann::json::parse(tree["Message"].get<std::string>()).get<Order>());
  });
}

TEST(BrokenEnvelopeHandlers, ReadNoDetailAsAnEmptyOne) {
  expect_broken<SqsRecord>(
      fixtures::in_eventbridge_events({.accepted = {R"({"quantity": 2})"}, .hostile = true}),
      [](const SqsRecord& record) {
        const auto tree = nlohmann::json::parse(record.body());
        if (!tree.value("detail", nlohmann::json::object()).is_object())
          throw std::invalid_argument("detail");
        tree.at("source").get<std::string>();
        tree.at("detail-type").get<std::string>();
      });
}

}  // namespace
}  // namespace batchproof
