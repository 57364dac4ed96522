// Runs the example of the law that is its argument.

#include <array>
#include <iomanip>
#include <iostream>
#include <string_view>

#include "law_examples.hpp"

namespace law_examples {

struct LawExample {
  std::string_view law;
  bp::properties::Report (*run)();
};

constexpr std::array examples{
    LawExample{"nothing_lost", nothing_lost},
    LawExample{"nothing_extra", nothing_extra},
    LawExample{"once_in_order", once_in_order},
    LawExample{"fifo_stops", fifo_stops},
    LawExample{"skip_the_group", skip_the_group},
    LawExample{"checkpoint", checkpoint},
    LawExample{"partition", partition},
    LawExample{"window", window},
    LawExample{"contained", contained},
    LawExample{"fresh", fresh},
    LawExample{"unreportable", unreportable},
    LawExample{"empty_is_empty", empty_is_empty},
    LawExample{"right_source", right_source},
    LawExample{"total", total},
    LawExample{"independence", independence},
    LawExample{"faithful", faithful},
    LawExample{"well_formed", well_formed},
    LawExample{"in_time", in_time},
    LawExample{"late_is_reported", late_is_reported},
    LawExample{"dead_letter", dead_letter},
    LawExample{"retry_later", retry_later},
    LawExample{"survives", survives},
    LawExample{"verdict", verdict},
    LawExample{"repeatable", repeatable},
    LawExample{"independent", independent},
    LawExample{"own_check", own_check},
    LawExample{"canary", canary},
};

void print(const bp::properties::Report& report) {
  std::cout << report.text() << '\n';
  if (!report.passed()) return;
  for (const auto& law : report.laws()) {
    std::cout << "  " << std::left << std::setw(18) << law.id << name(law.state) << '\n';
  }
}

}  // namespace law_examples

int main(int argument_count, char** arguments) {
  for (const auto& example : law_examples::examples) {
    if (argument_count != 2 || example.law != arguments[1]) continue;
    law_examples::print(example.run());
    return 0;
  }
  return 1;
}
