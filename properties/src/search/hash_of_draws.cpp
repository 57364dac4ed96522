#include "hash_of_draws.hpp"

#include <array>
#include <batchproof/fixtures/hash.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "../saved/json_of_claims.hpp"

namespace batchproof::properties {
namespace {

/// The texts one after the other; each ends with a byte that keeps it apart from the next one.
class HashOfTexts {
 public:
  void add(std::string_view text) {
    hash_ = fixtures::hash_on(fixtures::hash_on(hash_, text), std::string_view("\0", 1));
  }
  void add(std::size_t number) { add(std::to_string(number)); }

  std::string digits() const {
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    constexpr unsigned bits = 64;
    std::string text;
    for (unsigned shift = bits; shift > 0; shift -= 4) text += hexadecimal[hash_ >> (shift - 4) & 0xFU];
    return text;
  }

 private:
  std::uint64_t hash_ = fixtures::empty_hash;
};

/// Of each kind that AWS sends. The numbers of the whole run: no shard judges all of them.
void add_some_cases(HashOfTexts& hash, const Draws& draws) {
  constexpr std::array<std::size_t, 3> numbers{0, 29,
                                               58};  // of usual size; the first near miss is a deletion
  for (const DrawCase* const draw : {&draws.batch, &draws.near_miss}) {
    for (const std::size_t number : numbers) {
      const auto drawn = *draw ? (*draw)(number) : std::nullopt;
      hash.add(drawn ? drawn->batch.pattern() + drawn->payload : "none");
    }
  }
}

void add_subject(HashOfTexts& hash, const SubjectUnderTest& subject) {
  hash.add(subject.mode);
  hash.add(fixtures::name(subject.source));
  hash.add(fixtures::to_text(json_of_claims(subject.claims)));
  hash.add(subject.claims.max_concurrency);
  hash.add(subject.draws.small ? subject.draws.small->count() : 0);
  if (subject.draws.choices == nullptr) return;
  for (const auto* const payloads : {&subject.draws.choices->accepted, &subject.draws.choices->rejected}) {
    hash.add(payloads->size());
    for (const std::string& payload : *payloads) hash.add(payload);
  }
}

}  // namespace

std::string hash_of_draws(const VerificationPlan& plan) {
  HashOfTexts hash;
  hash.add(plan.hostile ? "hostile" : "as AWS sends them");
  hash.add(plan.largest_batch ? std::to_string(*plan.largest_batch) : "the usual");
  hash.add(plan.same_in_shards);
  for (const SubjectUnderTest& subject : plan.subjects) {
    add_subject(hash, subject);
    if (plan.settings.cases > 0) add_some_cases(hash, subject.draws);  // without lists nothing can be drawn
  }
  return hash.digits();
}

}  // namespace batchproof::properties
