// A payload may end where readable memory ends: behind it stands a page that nobody may touch.

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <batchproof/batch.hpp>
#include <cstddef>
#include <new>
#include <string>
#include <string_view>

#include "events.hpp"
#include "sources.hpp"

namespace batchproof {
namespace {

/// Memory whose last byte is followed by a page that traps.
class GuardedMemory {
 public:
  explicit GuardedMemory(std::size_t size) {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    readable_ = (size + page - 1) / page * page;
    void* const memory =
        mmap(nullptr, readable_ + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    begin_ = static_cast<char*>(memory);
    whole_ = readable_ + page;
    if (mprotect(begin_ + readable_, page, PROT_NONE) != 0) throw std::bad_alloc();
  }
  ~GuardedMemory() { munmap(begin_, whole_); }
  GuardedMemory(const GuardedMemory&) = delete;
  GuardedMemory& operator=(const GuardedMemory&) = delete;

  /// The text, so placed that it ends where the memory ends.
  std::string_view place(std::string_view text) {
    char* const begin = begin_ + readable_ - text.size();
    std::copy(text.begin(), text.end(), begin);
    return {begin, text.size()};
  }

 private:
  char* begin_ = nullptr;
  std::size_t readable_ = 0;
  std::size_t whole_ = 0;
};

template <class Record>
class PayloadBounds : public ::testing::Test {};

TYPED_TEST_SUITE(PayloadBounds, AllSources, SourceNames);

TYPED_TEST(PayloadBounds, AreKeptWhateverTheSize) {
  GuardedMemory memory(8'192);
  for (std::size_t size = 1; size < 200; ++size) {
    const std::string payload = batch_of<TypeParam>({"7", std::string(size, 'x') + R"(\n)"});
    std::size_t bytes = 0;
    static_cast<void>(process_partial_response(
        memory.place(payload), [&](const TypeParam& record) { bytes += record.item_identifier().size(); },
        BatchProcessor<TypeParam>{}));
    EXPECT_EQ(bytes, 1 + size + 1);
  }
}

TEST(PayloadBoundsOfSqs, AreKeptWhenTheLastTextHasEscapes) {
  GuardedMemory memory(8'192);
  for (std::size_t size = 0; size < 100; ++size) {
    for (const std::string& after : {std::string(), R"(,"x":")" + std::string(size, 'x') + '"'}) {
      const std::string payload = R"({"Records":[{"messageId":"1","eventSource":"aws:sqs","\u0062ody":"a\n)" +
                                  std::string(size, 'b') + '"' + after + "}]}";
      std::string body;
      static_cast<void>(process_partial_response(
          memory.place(payload), [&](const SqsRecord& record) { body = record.body(); },
          BatchProcessor<SqsRecord>{}));
      EXPECT_EQ(body, "a\n" + std::string(size, 'b'));
    }
  }
}

template <class Record>
void expect_refused(std::string_view payload) {
  EXPECT_THROW(static_cast<void>(process_partial_response(
                   payload, [](const Record&) {}, BatchProcessor<Record>{})),
               EventError);
}

TYPED_TEST(PayloadBounds, AreKeptWhereverAListOfRecordsIsCut) {
  GuardedMemory memory(8'192);
  const std::string batch = batch_of<TypeParam>({"7", "8"});
  const std::string list = batch.substr(batch.find('[', 1), batch.rfind(']') - batch.find('[', 1));
  for (std::size_t size = 1; size <= list.size(); ++size) {
    expect_refused<TypeParam>(memory.place(list.substr(0, size)));
  }
}

TEST(PayloadBoundsOfSqs, AreKeptWhenTheBracketAfterTheRecordsIsMissing) {
  GuardedMemory memory(8'192);
  constexpr std::string_view payload = R"([{"messageId":"1","body":"a","eventSource":"aws:sqs"})";
  expect_refused<SqsRecord>(memory.place(payload));
}

TYPED_TEST(PayloadBounds, AreKeptWhereverThePayloadIsCut) {
  GuardedMemory memory(8'192);
  const std::string payload = batch_of<TypeParam>({"7", "8"});
  for (std::size_t size = 0; size < payload.size(); ++size) {
    expect_refused<TypeParam>(memory.place(payload.substr(0, size)));
  }
}

TYPED_TEST(PayloadBounds, AreKeptWhereverABracketTakesAnothersPlace) {
  GuardedMemory memory(8'192);
  const std::string payload = batch_of<TypeParam>({"7", "8"});
  for (std::size_t place = 0; place < payload.size(); ++place) {
    for (const char byte : std::string_view("{}[]:,\" 0n")) {
      std::string damaged = payload;
      damaged[place] = byte;
      try {
        const auto event = decode<TypeParam>(damaged);
        static_cast<void>(process_partial_response(
            memory.place(damaged), [](const TypeParam&) {}, BatchProcessor<TypeParam>{}));
        EXPECT_LE(event.size(), 2U);
      } catch (const EventError&) {
        EXPECT_THROW(static_cast<void>(process_partial_response(
                         memory.place(damaged), [](const TypeParam&) {}, BatchProcessor<TypeParam>{})),
                     EventError);
      }
    }
  }
}

}  // namespace
}  // namespace batchproof
