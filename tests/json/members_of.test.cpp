// Which types are taken apart, so that what nlohmann made of a payload can be compared with it.

#include <batchproof/json/members_of.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace batchproof::members_of_tests {
namespace {

struct Plain {
  int number;
  std::string text;
  std::vector<std::string> list;
  std::optional<double> optional;
  std::map<std::string, int> map;
  std::variant<int, std::string> variant;
  std::array<int, 3> array;
};

struct Nested {
  Plain plain;
  std::unique_ptr<int> pointer;
  bool flag = true;
  std::uint8_t bits : 3;
};

struct Derived : Plain {
  int more;
};

struct EmptyBase {};
struct WithEmptyBase : EmptyBase {
  int number;
};

struct ArrayFirst {
  int numbers[3];
  std::string text;
};

struct ArrayLast {
  std::vector<int> list;
  double numbers[2];
};

struct Virtual {
  virtual ~Virtual() = default;
  int number = 0;
};

class Private {
 public:
  int number() const { return number_; }

 private:
  int number_ = 0;
};

TEST(MembersOf, AreKnownOfAggregatesAlone) {
  EXPECT_EQ(detail::member_count<Plain>(), 7);
  EXPECT_TRUE(detail::has_known_members_v<Plain>);
  EXPECT_TRUE(detail::has_known_members_v<Nested>);
  EXPECT_FALSE(detail::has_known_members_v<Derived>);
  EXPECT_FALSE(detail::has_known_members_v<WithEmptyBase>);
  EXPECT_FALSE(detail::has_known_members_v<ArrayFirst>);
  EXPECT_FALSE(detail::has_known_members_v<ArrayLast>);
  EXPECT_FALSE(detail::has_known_members_v<Virtual>);
  EXPECT_FALSE(detail::has_known_members_v<Private>);
  EXPECT_FALSE(detail::has_known_members_v<int>);
}

}  // namespace
}  // namespace batchproof::members_of_tests
