#include "output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "terminal.hpp"
#include "wrapped_text.hpp"

namespace batchproof::tools {
namespace {

[[noreturn]] void refuse_output(const char* stream) {
  throw OutputError(std::string("cannot write the ") + stream + ": " + std::strerror(errno));
}

bool write_all(std::FILE* stream, std::string_view text) noexcept {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size();
}

}  // namespace

void reserve_standard_streams() noexcept {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(number, F_GETFD) != -1) continue;
    // open() returns the lowest free number, which is this one. Writing to it fails, as to a closed stream.
    if (open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY) != number) return;
  }
}

void print(std::string_view text) {
  if (!write_all(stdout, text)) refuse_output("standard output");
}

void flush_output() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) refuse_output("standard output");
}

void complain(std::string_view what) noexcept {
  try {
    write_all(stderr, "batchproof: " + printable(what) + "\n");
  } catch (...) {
    write_all(stderr, "batchproof: out of memory\n");
  }
}

void print_note(std::string_view sentence) {
  if (!write_all(stderr, wrapped(sentence, 0) + "\n")) refuse_output("standard error");
}

}  // namespace batchproof::tools
