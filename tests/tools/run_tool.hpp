#pragma once

// Runs the built command as a shell would, and keeps its output.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <batchproof/fixtures/event_files.hpp>
#include <batchproof/properties/law.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "../read_file.hpp"
#include "../scratch_path.hpp"

namespace batchproof::tools {

struct ToolRun {
  int status = -1;  ///< the exit status; -1 for a process that did not exit by itself
  std::string out{};
  std::string error{};
};

inline std::string write_file(std::string_view name, std::string_view content) {
  const std::string path = scratch_path(name);
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

/// A text that the command broke into lines, in one line.
inline std::string in_one_line(std::string_view text) {
  std::string line;
  for (const char character : text) {
    const bool is_blank = character == ' ' || character == '\n';
    if (!is_blank || !line.ends_with(' ')) line += is_blank ? ' ' : character;
  }
  return line;
}

/// In columns, of a text in ASCII.
inline std::size_t widest_line(std::string_view text) {
  std::size_t widest = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    widest = std::max(widest, end - begin);
    begin = end + 1;
  }
  return widest;
}

/// The file of a standard stream of the command; "" for a file of its own, which the test reads.
struct Streams {
  static constexpr std::string_view closed = "closed";

  std::string_view in{};
  std::string_view out{};
  std::string_view error{};
};

inline void open_stream(posix_spawn_file_actions_t& actions, int number, std::string_view where,
                        const std::string& file) {
  if (where == Streams::closed) {
    posix_spawn_file_actions_addclose(&actions, number);
    return;
  }
  const std::string path = where.empty() ? file : std::string(where);
  const int flags = number == STDIN_FILENO ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&actions, number, path.c_str(), flags, 0600);
}

inline ToolRun run_tool(std::vector<std::string> arguments, std::string_view standard_input = "",
                        const Streams& streams = {}) {
  const std::string in = write_file("in", standard_input);
  const std::string out = scratch_path("out");
  const std::string error = scratch_path("error");

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  open_stream(actions, STDIN_FILENO, streams.in, in);
  open_stream(actions, STDOUT_FILENO, streams.out, out);
  open_stream(actions, STDERR_FILENO, streams.error, error);

  arguments.insert(arguments.begin(), BATCHPROOF_TOOL);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);

  pid_t process = 0;
  const int failed = posix_spawn(&process, BATCHPROOF_TOOL, &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return {.error = "cannot be started: " BATCHPROOF_TOOL};

  int status = 0;
  waitpid(process, &status, 0);
  ToolRun run{WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out), read_file(error)};
  for (const std::string& path : {in, out, error}) unlink(path.c_str());
  return run;
}

/// The command fails with an error of one line.
inline void expect_one_complaint(const ToolRun& run, std::string_view part) {
  EXPECT_EQ(run.status, 2) << run.error;
  EXPECT_EQ(run.error.rfind("batchproof: ", 0), 0U) << run.error;
  EXPECT_EQ(std::count(run.error.begin(), run.error.end(), '\n'), 1) << run.error;
  EXPECT_NE(run.error.find(part), std::string::npos) << run.error << " without " << part;
}

/// The command succeeded, and names every law.
inline void expect_success_with_every_law(const ToolRun& run) {
  EXPECT_EQ(run.status, 0) << run.out;
  EXPECT_EQ(run.error, "");
  for (const auto laws : {properties::processor_laws(), properties::handler_laws()}) {
    for (const auto& law : laws) EXPECT_NE(run.out.find(law.id), std::string::npos) << law.id;
  }
}

inline std::string sample_event(std::string_view source) {
  return BATCHPROOF_SOURCE_DIR "/fixtures/events/sample_orders/" + std::string(source) + ".json";
}

inline std::string sample_response(std::string_view source) {
  return fixtures::event_file("sample_orders/" + std::string(source)).response.value();
}

}  // namespace batchproof::tools
