#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <optional>
#include <regex>
#include <string>
#include <utility>

#include "events.hpp"
#include "refusal.hpp"
#include "sources.hpp"

namespace batchproof {
namespace {

using ::testing::HasSubstr;

/// One character of a name as an escape.
std::string with_escape(std::string name, std::size_t position) {
  constexpr std::string_view hex = "0123456789abcdef";
  const auto code = static_cast<unsigned char>(name[position]);
  return name.replace(position, 1, std::string("\\u00") + hex[code >> 4U] + hex[code & 0xFU]);
}

/// The payload with an escape in each name that is so long.
std::string with_escaped_names(const std::string& payload, std::size_t position) {
  const std::regex name("\"([A-Za-z0-9]+)\":");
  std::string escaped;
  std::size_t at = 0;
  for (std::sregex_iterator found(payload.begin(), payload.end(), name), end; found != end; ++found) {
    const auto begin = static_cast<std::size_t>(found->position(1));
    const std::string plain = found->str(1);
    escaped +=
        payload.substr(at, begin - at) + (position < plain.size() ? with_escape(plain, position) : plain);
    at = begin + plain.size();
  }
  return escaped + payload.substr(at);
}

template <class Record>
class Decode : public ::testing::Test {
 protected:
  using Data = Source<Record>;

  /// Three good records, the middle one with its identifier replaced by other JSON.
  static std::string with_second_identifier(const std::string& json) {
    const std::string key = in_quotes(Data::identifier_key) + ":";
    return event_of(
        {Data::record("1"), with(Data::record("2"), key + R"("2")", key + json), Data::record("3")});
  }

  static std::string with_second_source(const std::string& field) {
    const std::string source = R"("eventSource":)" + in_quotes(Data::event_source) + ",";
    return event_of({Data::record("1"), with(Data::record("2"), source, field), Data::record("3")});
  }

  static std::string second(const std::string& path) { return "/Records/1/" + path; }

  static std::string refusal(const std::string& payload, std::optional<std::size_t> record_index,
                             const std::string& json_pointer) {
    return refusal_of<Record>(payload, record_index, json_pointer);
  }
};

TYPED_TEST_SUITE(Decode, AllSources, SourceNames);

TYPED_TEST(Decode, AcceptsAnEmptyBatch) {
  const auto event = decode<TypeParam>(R"({"Records":[]})");
  EXPECT_TRUE(event.empty());
  EXPECT_EQ(event.size(), 0U);
}

TYPED_TEST(Decode, KeepsTheRecordsInOrder) {
  const auto event = decode<TypeParam>(batch_of<TypeParam>({"3", "1", "2"}));
  ASSERT_EQ(event.size(), 3U);
  EXPECT_EQ(event.records()[0].item_identifier(), "3");
  EXPECT_EQ(event.records()[1].item_identifier(), "1");
  EXPECT_EQ(event.records()[2].item_identifier(), "2");
  EXPECT_EQ(event.records()[2].index(), 2U);
}

TYPED_TEST(Decode, ReadsAnEventThroughWhitespaceOfAnyKind) {
  std::string spaced;
  bool in_string = false;
  for (const char character : batch_of<TypeParam>({"1", "2"})) {
    if (character == '"') in_string = !in_string;
    const bool structural = std::string_view("{}[]:,").find(character) != std::string_view::npos;
    spaced += !in_string && structural ? " \t\r\n" + std::string(1, character) + "\r\n\t "
                                       : std::string(1, character);
  }
  const auto event = decode<TypeParam>(spaced);
  ASSERT_EQ(event.size(), 2U);
  EXPECT_EQ(event.records()[1].item_identifier(), "2");
  const auto compact = decode<TypeParam>(batch_of<TypeParam>({"1", "2"}));
  EXPECT_EQ(event.records()[1].event_source_arn(), compact.records()[1].event_source_arn());
}

TYPED_TEST(Decode, SkipsFieldsThatItDoesNotKnow) {
  const auto event = decode<TypeParam>(
      R"({"new":[{"deep":[1,true,null,"}"]}],"Records":[)" +
      with(TestFixture::Data::record("1"), R"({")", R"({"future":{"a":[{}]},")") + R"(],"more":-1.5e3})");
  EXPECT_EQ(event.size(), 1U);
}

TYPED_TEST(Decode, BringsAnIdentifierWithEscapesBackIntact) {
  const auto event = decode<TypeParam>(batch_of<TypeParam>({R"(a\"b\\c\u00e9\ud83d\ude00\n)", "2"}));
  EXPECT_EQ(event.records()[0].item_identifier(), "a\"b\\c\xC3\xA9\xF0\x9F\x98\x80\n");
  EXPECT_EQ(event.records()[1].item_identifier(), "2");
}

TYPED_TEST(Decode, KeepsItsTextWhenOtherEventsAreDecoded) {
  const auto first = decode<TypeParam>(batch_of<TypeParam>({"first"}));
  const std::string_view identifier = first.records()[0].item_identifier();
  const auto second = decode<TypeParam>(batch_of<TypeParam>({"other"}));
  EXPECT_EQ(identifier, "first");
  EXPECT_EQ(second.records()[0].item_identifier(), "other");
}

TYPED_TEST(Decode, GivesAnEventThatCanBeCopiedAndMoved) {
  auto event = decode<TypeParam>(batch_of<TypeParam>({"1"}));
  const auto copy = event;
  const auto moved = std::move(event);
  EXPECT_EQ(copy.records()[0].item_identifier(), "1");
  EXPECT_EQ(copy.records().data(), moved.records().data());
}

TYPED_TEST(Decode, TakesLiteralsViewsAndStrings) {
  const std::string text = batch_of<TypeParam>({"1"});
  std::string given_away = text;
  EXPECT_EQ(decode<TypeParam>(text.c_str()).size(), 1U);
  EXPECT_EQ(decode<TypeParam>(std::string_view(text)).size(), 1U);
  EXPECT_EQ(decode<TypeParam>(text).size(), 1U);
  EXPECT_EQ(decode<TypeParam>(std::move(given_away)).size(), 1U);
  EXPECT_EQ(decode<TypeParam>(R"({"Records":[]})").size(), 0U);
}

TYPED_TEST(Decode, ReadsAViewThatNothingTerminates) {
  const std::string text = batch_of<TypeParam>({"1"});
  const auto event = decode<TypeParam>(std::string_view(text + "}]garbage").substr(0, text.size()));
  EXPECT_EQ(event.size(), 1U);
}

TYPED_TEST(Decode, RefusesAnEmptyPayload) {
  TestFixture::refusal("", std::nullopt, "");
  TestFixture::refusal(" \r\n", std::nullopt, "");
}

TYPED_TEST(Decode, RefusesWhatIsNotAnObject) {
  for (const char* payload :
       {"not json", "[", "null", "1", R"("Records")", "{", "}", "\xEF\xBB\xBF{\"Records\":[]}"}) {
    TestFixture::refusal(payload, std::nullopt, "");
  }
}

TYPED_TEST(Decode, RefusesAnEventThatIsTruncatedAnywhere) {
  const std::string payload = batch_of<TypeParam>({"1", "2"});
  for (std::size_t size = 0; size < payload.size(); ++size) {
    EXPECT_THROW(decode<TypeParam>(payload.substr(0, size)), EventError) << payload.substr(0, size);
  }
}

TYPED_TEST(Decode, SaysThatATruncatedEventIsTruncated) {
  const std::string payload = batch_of<TypeParam>({"1", "2"});
  EXPECT_THAT(TestFixture::refusal(payload.substr(0, payload.size() - 2), std::nullopt, ""),
              HasSubstr("truncated"));
  EXPECT_THAT(TestFixture::refusal(payload.substr(0, payload.size() - 3), std::nullopt, ""),
              HasSubstr("truncated"));
  EXPECT_EQ(TestFixture::refusal(payload.substr(0, payload.size() - 1), std::nullopt, ""),
            "the event: the text ends where '}' should stand (truncated?)");
}

TYPED_TEST(Decode, RefusesTextAfterTheEvent) {
  const std::string payload = batch_of<TypeParam>({"1"});
  for (const char* rest : {"x", "{}", ",", "]", "0", "\"\"", R"({"Records":[]})"}) {
    EXPECT_THAT(TestFixture::refusal(payload + rest, std::nullopt, ""), HasSubstr("follow"));
  }
  TestFixture::refusal(payload + std::string(1, '\0'), std::nullopt, "");
}

TYPED_TEST(Decode, RefusesBadGrammarBetweenRecords) {
  const std::string one = TestFixture::Data::record("1");
  TestFixture::refusal(R"({"Records":[)" + one + one + "]}", std::nullopt, "");
  TestFixture::refusal(R"({"Records":[)" + one + ",]}", 1, "/Records/1");
  TestFixture::refusal(R"({"Records":[)" + one + "}}", std::nullopt, "");
  TestFixture::refusal(R"({"Records" []})", std::nullopt, "");
  TestFixture::refusal(R"({Records:[]})", std::nullopt, "");
  TestFixture::refusal(R"({"Records":[],})", std::nullopt, "");
}

TYPED_TEST(Decode, RefusesBadGrammarInAFieldThatNobodyReads) {
  for (const char* json : {R"({"a" 1})", R"({1:2})", R"({"a"})", R"({"a":})", R"({"a":1 "b":2})",
                           R"({"a":1,})", R"({"a":1,:2})", "[1 2]", "[1,]", "[,]", "[:]", R"({"a":[})",
                           R"([{]})", R"([1:2])", R"({"a":1:2})", R"({"a","b"})", R"({[]:1})"}) {
    TestFixture::refusal(R"({"unread":)" + std::string(json) + R"(,"Records":[]})", std::nullopt, "");
  }
}

TYPED_TEST(Decode, ReadsAsManyLevelsAsItSays) {
  const auto nested = [](std::size_t levels) {
    return R"({"unread":)" + std::string(levels, '[') + std::string(levels, ']') + R"(,"Records":[]})";
  };
  EXPECT_TRUE(decode<TypeParam>(nested(512)).empty());
  EXPECT_THAT(TestFixture::refusal(nested(513), std::nullopt, ""), HasSubstr("more than 512 levels"));
}

TYPED_TEST(Decode, RefusesInvalidUtf8WhereverItStands) {
  for (const char* bytes : {"\xFF", "\xC3", "\xED\xA0\x80", "\xC0\x80", "\xF4\x90\x80\x80"}) {
    TestFixture::refusal(batch_of<TypeParam>({"1", bytes}), std::nullopt, "");
    TestFixture::refusal(R"({"unread":")" + std::string(bytes) + R"(","Records":[]})", std::nullopt, "");
  }
}

TYPED_TEST(Decode, RefusesControlCharactersInStrings) {
  TestFixture::refusal(batch_of<TypeParam>({"a\nb"}), std::nullopt, "");
  TestFixture::refusal(batch_of<TypeParam>({std::string(1, '\0')}), std::nullopt, "");
}

TYPED_TEST(Decode, RefusesANulByteBetweenTokens) {
  const std::string what =
      TestFixture::refusal(R"({"Records":)" + std::string(1, '\0') + "[]}", std::nullopt, "/Records");
  EXPECT_THAT(what, HasSubstr("array"));
  EXPECT_THAT(
      TestFixture::refusal(R"({"unread":)" + std::string(1, '\0') + R"(,"Records":[]})", std::nullopt, ""),
      HasSubstr("byte 10"));
}

TYPED_TEST(Decode, RefusesAControlCharacterBehindAValue) {
  for (const char byte : {'\0', '\x01', '\v', '\f', '\x1A', '\x1F'}) {
    const std::string null = "null" + std::string(1, byte);
    EXPECT_THROW(decode<TypeParam>(R"({"window":)" + null + R"(,"Records":[]})"), EventError);
    EXPECT_THROW(decode<TypeParam>(R"({"Records":)" + null + "}"), EventError);
  }
}

TYPED_TEST(Decode, RefusesTwoHundredThousandLevels) {
  const std::string open(200'000, '[');
  const std::string close(200'000, ']');
  EXPECT_THAT(TestFixture::refusal(R"({"unread":)" + open + close + R"(,"Records":[]})", std::nullopt, ""),
              HasSubstr("levels deep"));
  TestFixture::refusal(R"({"Records":)" + open + close + "}", 0, "/Records/0");
  const std::string record = TestFixture::Data::record("1");
  EXPECT_THAT(TestFixture::refusal(
                  event_of({record, with(record, R"({")", R"({"unread":)" + open + close + R"(,")")}), 1,
                  "/Records/1"),
              HasSubstr("levels deep"));
  TestFixture::refusal(R"({"unread":)" + open, std::nullopt, "");
}

TYPED_TEST(Decode, RefusesAnEventWithoutRecords) {
  for (const char* payload : {"{}", R"({"records":[]})", R"({"Event":{"Records":[]}})",
                              R"({"\u0052ecord":[]})", R"({"\\u0052ecords":[]})"}) {
    EXPECT_THAT(TestFixture::refusal(payload, std::nullopt, "/Records"), HasSubstr("missing"));
  }
}

TYPED_TEST(Decode, RefusesRecordsThatAreNoArray) {
  for (const char* json : {"null", "{}", "1", "true", R"("[]")"}) {
    EXPECT_THAT(TestFixture::refusal(R"({"Records":)" + std::string(json) + "}", std::nullopt, "/Records"),
                HasSubstr("not an array"));
  }
}

TYPED_TEST(Decode, RefusesRecordsThatComeTwice) {
  TestFixture::refusal(R"({"Records":[],"Records":[]})", std::nullopt, "");
}

TYPED_TEST(Decode, RefusesARecordThatIsNoObject) {
  for (const char* json : {"null", "[]", "1", R"("record")"}) {
    const std::string what =
        TestFixture::refusal(event_of({TestFixture::Data::record("1"), json}), 1, "/Records/1");
    EXPECT_THAT(what, HasSubstr("not an object"));
  }
}

TYPED_TEST(Decode, RefusesARecordWithoutItsIdentifier) {
  const std::string key = in_quotes(TestFixture::Data::identifier_key);
  const std::string payload =
      event_of({TestFixture::Data::record("1"), with(TestFixture::Data::record("2"), key, R"("another")")});
  const std::string what =
      TestFixture::refusal(payload, 1, TestFixture::second(TestFixture::Data::identifier_path));
  EXPECT_THAT(what, HasSubstr("missing"));
}

TYPED_TEST(Decode, RefusesAnIdentifierThatIsNoUsableString) {
  for (const char* json :
       {"null", R"("")", "17", "true", "[]", "{}", R"(["2"])", R"("\ud800")", R"("\x")", R"("\u00")"}) {
    TestFixture::refusal(TestFixture::with_second_identifier(json), 1,
                         TestFixture::second(TestFixture::Data::identifier_path));
  }
}

TYPED_TEST(Decode, RefusesAnIdentifierThatComesTwice) {
  const std::string key = in_quotes(TestFixture::Data::identifier_key) + ":";
  TestFixture::refusal(TestFixture::with_second_identifier(R"("2",)" + key + R"("2")"), 1, "/Records/1");
}

TYPED_TEST(Decode, RefusesARecordWithoutItsSource) {
  EXPECT_THAT(TestFixture::refusal(TestFixture::with_second_source(""), 1, "/Records/1/eventSource"),
              HasSubstr("missing"));
  EXPECT_THAT(TestFixture::refusal(TestFixture::with_second_source(R"("eventSource":null,)"), 1,
                                   "/Records/1/eventSource"),
              HasSubstr("missing"));
}

TYPED_TEST(Decode, RefusesARecordOfAnotherSourceByName) {
  const std::string what = TestFixture::refusal(TestFixture::with_second_source(R"("eventSource":"aws:s3",)"),
                                                1, "/Records/1/eventSource");
  EXPECT_THAT(what, HasSubstr("\"aws:s3\""));
  EXPECT_THAT(what, HasSubstr(TestFixture::Data::event_source));
  for (const char* json : {"17", "{}", R"("")", R"("aws:sqs ")", R"("\ud800")"}) {
    TestFixture::refusal(TestFixture::with_second_source(R"("eventSource":)" + std::string(json) + ","), 1,
                         "/Records/1/eventSource");
  }
}

TYPED_TEST(Decode, ReadsASourceThatIsWrittenWithEscapes) {
  const std::string source = with(TestFixture::Data::event_source, "aws", R"(\u0061ws)");
  EXPECT_EQ(decode<TypeParam>(TestFixture::with_second_source(R"("eventSource":)" + in_quotes(source) + ","))
                .size(),
            3U);
}

TYPED_TEST(Decode, RefusesATumblingWindow) {
  const std::string window =
      R"({"window":{"start":"2020-12-09T07:04:00Z","end":"2020-12-09T07:06:00Z"},"state":{},)";
  const std::string payload = with(batch_of<TypeParam>({"1"}), "{", window);
  const bool is_queue = std::is_same_v<TypeParam, SqsRecord>;
  EXPECT_THAT(TestFixture::refusal(payload, std::nullopt, "/window"),
              HasSubstr(is_queue ? "Lambda has windows for Kinesis and DynamoDB Streams alone"
                                 : "whose state the response would lose"));
}

TYPED_TEST(Decode, AcceptsANullWindow) {
  EXPECT_EQ(decode<TypeParam>(with(batch_of<TypeParam>({"1"}), "{", R"({"window":null,)")).size(), 1U);
}

TYPED_TEST(Decode, WritesMessagesThatAreUtf8WhateverThePayloadHolds) {
  std::string long_text = "x";
  for (int count = 0; count < 100; ++count) long_text += "\xC3\xA9";
  const std::string what =
      TestFixture::refusal(TestFixture::with_second_source(R"("eventSource":)" + in_quotes(long_text) + ","),
                           1, "/Records/1/eventSource");
  EXPECT_THAT(what, HasSubstr("\xC3\xA9\", but the processor"));
}

TYPED_TEST(Decode, TakesANameWithEscapesForWhatItStandsFor) {
  const std::string plain = batch_of<TypeParam>({"1", "2"});
  const auto expected = decode<TypeParam>(plain);
  for (const std::string& escaped : {with_escaped_names(plain, 0), with_escaped_names(plain, 1),
                                     with(with_escaped_names(plain, 2), ":[", " \n:[")}) {
    const auto event = decode<TypeParam>(escaped);
    ASSERT_EQ(event.size(), 2U) << escaped;
    EXPECT_EQ(event.records()[1].item_identifier(), "2");
    EXPECT_EQ(event.records()[1].event_source_arn(), expected.records()[1].event_source_arn());
  }
}

TYPED_TEST(Decode, RefusesAFieldThatComesTwiceWithEscapesToo) {
  const std::string key = in_quotes(TestFixture::Data::identifier_key);
  const std::string escaped = in_quotes(with_escape(TestFixture::Data::identifier_key, 3));
  TestFixture::refusal(TestFixture::with_second_identifier(R"("2",)" + escaped + R"(:"2")"), 1, "/Records/1");
  TestFixture::refusal(with(batch_of<TypeParam>({"1"}), key + ":", escaped + R"(:"2",)" + key + ":"), 0,
                       "/Records/0");
  for (const char* payload : {R"({"Records":[],"\u0052ecords":[]})", R"({"\u0052ecords":[],"Records":[]})",
                              R"({"\u0052ecords":[],"Record\u0073":[]})", R"({"Records" :[],"Records":[]})",
                              R"({"Records":[],"Records" :[]})", "{\"Records\" :[],\"Records\"\n:[]}"}) {
    EXPECT_THAT(TestFixture::refusal(payload, std::nullopt, ""), HasSubstr("comes twice"));
  }
}

TYPED_TEST(Decode, RefusesATumblingWindowWhoseNameIsWrittenWithEscapes) {
  for (const char* name : {"wind\\u006fw", "\\u0077\\u0069\\u006e\\u0064\\u006F\\u0077"}) {
    TestFixture::refusal(
        with(batch_of<TypeParam>({"1"}), "{", R"({)" + in_quotes(name) + R"(:{"start":"x"},)"), std::nullopt,
        "/window");
  }
}

TYPED_TEST(Decode, DoesNotLookIntoANameThatIsNoneOfItsOwn) {
  for (const char* name : {R"(\u005)", R"(Record\q)", R"(Record\ud83d)", R"(R\u0065cord)"}) {
    EXPECT_TRUE(decode<TypeParam>("{" + in_quotes(name) + R"(:1,"Records":[]})").empty()) << name;
  }
}

TEST(DecodeAnotherSourcesEvent, NamesTheProcessorToUse) {
  const auto what = [](const auto& decoding) -> std::string {
    try {
      decoding();
    } catch (const EventError& error) {
      return error.what();
    }
    return "accepted";
  };
  const std::string sqs = batch_of<SqsRecord>({"1"});
  const std::string kinesis = batch_of<KinesisStreamRecord>({"1"});
  const std::string dynamodb = batch_of<DynamoDbRecord>({"1"});
  EXPECT_THAT(what([&] { decode<KinesisStreamRecord>(sqs); }), HasSubstr("BatchProcessor<SqsRecord>"));
  EXPECT_THAT(what([&] { decode<DynamoDbRecord>(kinesis); }),
              HasSubstr("BatchProcessor<KinesisStreamRecord>"));
  EXPECT_THAT(what([&] { decode<SqsRecord>(dynamodb); }), HasSubstr("BatchProcessor<DynamoDbRecord>"));
}

TEST(DecodeSqs, ChecksAFieldThatNobodyReadsForStructureAlone) {
  for (const char* value : {"nul", "1\"\"", "01", "1\",[\""}) {
    const auto event =
        decode<SqsRecord>(R"({"Records":[{"messageId":"a","eventSource":"aws:sqs","unread":)" +
                          std::string(value) + R"(},{"messageId":"b","eventSource":"aws:sqs"}]})");
    EXPECT_EQ(event.size(), 2U) << value;
  }
}

TEST(DecodeSqs, RefusesAKeyWithoutItsColonWhereverAnotherColonStands) {
  for (std::size_t digits = 1; digits < 30; ++digits) {
    EXPECT_THROW(decode<SqsRecord>(R"({"Records":[{"x":)" + std::string(digits, '1') +
                                   R"(,"messageId" 0 "1","eventSource":"aws:sqs"}]})"),
                 EventError)
        << digits;
  }
}

TEST(DecodeSqs, RefusesAQueueThatCannotBeReadSinceItMightBeAFifoQueue) {
  for (const char* ending : {R"(\q.fifo)", R"(\ud83d.fifo)", R"(\ud83d)"}) {
    const std::string payload =
        R"({"Records":[{"messageId":"a","eventSource":"aws:sqs","eventSourceARN":"arn)" +
        std::string(ending) + R"("}]})";
    try {
      decode<SqsRecord>(payload);
      FAIL() << ending;
    } catch (const EventError& error) {
      EXPECT_EQ(error.json_pointer(), "/Records/0/eventSourceARN");
    }
  }
  const auto event = decode<SqsRecord>(
      R"({"Records":[{"messageId":"a","eventSource":"aws:sqs","eventSourceARN":"arn:my.\u0066ifo"}]})");
  EXPECT_TRUE(event.records()[0].from_fifo_queue());
}

TEST(DecodeSqs, FindsAFifoQueueAndItsGroupsUnderNamesWithEscapes) {
  const std::string payload = with_escaped_names(
      event_of({fifo_record("a", "g"), fifo_record("b", "g"), fifo_record("c", "other")}), 3);
  std::string handled;
  const SqsFifoPartialProcessor processor{{.skip_group_on_error = true}};
  EXPECT_EQ(process_partial_response(
                payload,
                [&](const SqsRecord& record) {
                  handled += record.message_id();
                  if (record.index() == 0) throw std::runtime_error("rejected");
                },
                processor),
            R"({"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"b"}]})");
  EXPECT_EQ(handled, "ac");
  EXPECT_THROW((void)process_partial_response(
                   payload, [](const SqsRecord&) {}, BatchProcessor<SqsRecord>{}),
               EventError);
}

TEST(DecodeStreams, RefuseARecordWhoseInnerObjectIsNone) {
  const auto place_in = [](const auto& decoding) -> std::string {
    try {
      decoding();
    } catch (const EventError& error) {
      return error.json_pointer();
    }
    return "accepted";
  };
  for (const std::string json : {"null", "1", "[]", R"("text")"}) {
    EXPECT_EQ(place_in([&] {
                decode<KinesisStreamRecord>(R"({"Records":[{"eventSource":"aws:kinesis","kinesis":)" + json +
                                            "}]}");
              }),
              "/Records/0/kinesis/sequenceNumber");
    EXPECT_EQ(
        place_in([&] {
          decode<DynamoDbRecord>(R"({"Records":[{"eventSource":"aws:dynamodb","dynamodb":)" + json + "}]}");
        }),
        "/Records/0/dynamodb/SequenceNumber");
  }
}

TEST(Decode, NamesAByteThatDoesNotPrintByItsNumber) {
  const auto error_of = [](const std::string& payload) -> std::string {
    try {
      decode<SqsRecord>(payload);
    } catch (const EventError& error) {
      return error.what();
    }
    return {};
  };
  EXPECT_EQ(error_of(R"({"Records":[]x})"), "the event: '}' expected at byte 13, found 'x'");
  EXPECT_EQ(error_of("{\"Records\":[]\xC3\xA9}"), "the event: '}' expected at byte 13, found 0xC3");
  EXPECT_EQ(error_of("{\"Records\":[]\x01}"), "the event: '}' expected at byte 13, found 0x01");
  EXPECT_EQ(error_of("{\"Records\":[]\x7F}"), "the event: '}' expected at byte 13, found 0x7F");
}

}  // namespace
}  // namespace batchproof
