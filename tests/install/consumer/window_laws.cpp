// The functions of a window under their laws, without GoogleTest.

#include <batchproof/window_laws.hpp>
#include <iostream>

namespace bp = batchproof;

struct Count {
  int records = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Count, records)

int main() {
  const auto report = bp::verify_window<Count>(
      [](Count& count, const bp::KinesisStreamRecord& record) {
        if (record.data() != "good") throw 1;
        ++count.records;
      },
      [](const Count&, const bp::Window&) {}, bp::BatchProcessor<bp::KinesisStreamRecord>(),
      {.accepted = {"good"}, .rejected = {"bad"}, .cases = 50});
  std::cout << report << '\n';
  return report.passed() ? 0 : 1;
}
