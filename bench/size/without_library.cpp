#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>

int main() {
  const std::string payload{std::istreambuf_iterator<char>(std::cin), {}};
  if (payload.empty()) throw std::runtime_error("empty");
  std::cout << payload;
}
