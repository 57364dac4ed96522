// A law catches the fault that it must catch.

#include <batchproof/zoo/batch_faults.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <iostream>

namespace zoo = batchproof::zoo;

int main() {
  const auto faults = zoo::batch_faults();
  const zoo::LawTrial trial = faults.front().run(faults.front().own_laws.front(), 200, 1);
  std::cout << faults.front().sentence << ' ' << trial.smallest_case << '\n';
  return trial.caught && faults.size() > zoo::broken_processors().size() ? 0 : 1;
}
