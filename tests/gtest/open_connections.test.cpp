// A copy of a process shares its connections, and what both send on one arrives mixed. A handler whose test
// has a connection is judged all the same, and a right one is not accused.

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <batchproof/gtest.hpp>
#include <batchproof/properties/verify.hpp>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>

namespace batchproof::properties {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

sockaddr_in loopback() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// Answers each call that bears the next number, as TLS does, and closes a connection at any other.
[[noreturn]] void answer_calls_on(int connection) {
  std::uint32_t expected = 0;
  std::uint32_t number = 0;
  while (recv(connection, &number, sizeof number, MSG_WAITALL) == sizeof number && number == expected++)
    send(connection, &number, sizeof number, MSG_NOSIGNAL);
  _exit(0);
}

/// A server in a process of its own, which ends with this object.
class Server {
 public:
  Server() {
    const int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    socklen_t size = sizeof address_;
    if (bind(listening, reinterpret_cast<const sockaddr*>(&address_), size) != 0 ||
        listen(listening, SOMAXCONN) != 0 ||
        getsockname(listening, reinterpret_cast<sockaddr*>(&address_), &size) != 0)
      fail("no server");
    process_ = fork();
    if (process_ == 0) serve(listening);
    close(listening);
  }
  ~Server() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  const sockaddr_in& address() const noexcept { return address_; }

 private:
  [[noreturn]] static void serve(int listening) {
    static_cast<void>(std::signal(SIGCHLD, SIG_IGN));
    while (true) {
      const int connection = accept(listening, nullptr, nullptr);
      if (connection >= 0 && fork() == 0) answer_calls_on(connection);
      close(connection);
    }
  }

  sockaddr_in address_ = loopback();
  pid_t process_ = -1;
};

/// Numbers its calls.
class Connection {
 public:
  explicit Connection(const Server& server) {
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&server.address()), sizeof server.address()) != 0)
      fail("no connection");
  }
  ~Connection() { close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void call() {
    const std::uint32_t number = calls_++;
    std::uint32_t answer = 0;
    send(socket_, &number, sizeof number, MSG_NOSIGNAL);
    if (recv(socket_, &answer, sizeof answer, MSG_WAITALL) != sizeof answer || answer != number)
      throw std::runtime_error("the connection is lost");
  }

 private:
  int socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::uint32_t calls_ = 0;
};

const VerifyHandlerOptions good_or_bad{.accepted = {"good"}, .rejected = {"bad"}, .cases = 100, .seed = 7};

void accept_good(const SqsRecord& record) {
  if (record.body() != "good") throw std::invalid_argument("no order");
}

class OpenConnections : public ::testing::Test {
 protected:
  Server server_;
  Connection connection_{server_};
};

TEST_F(OpenConnections, DoNotAccuseARightHandler) {
  const Report report = verify_handler<SqsRecord>(
      [&](const SqsRecord& record) {
        connection_.call();
        accept_good(record);
      },
      good_or_bad);
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_THAT(report.text(), Not(HasSubstr("not judged"))) << report;
}

TEST_F(OpenConnections, DoNotHideAWrongVerdict) {
  const Report report = verify_handler<SqsRecord>([&](const SqsRecord&) { connection_.call(); }, good_or_bad);
  EXPECT_EQ(report.broken_law(), "verdict") << report;
  EXPECT_EQ(report.counterexample().confirmation, Confirmation::executed_again) << report;
}

TEST_F(OpenConnections, DoNotHideTheEndOfTheProcess) {
  const Report report = verify_handler<SqsRecord>(
      [&](const SqsRecord& record) {
        connection_.call();
        if (record.body() == "bad") std::abort();
      },
      good_or_bad);
  EXPECT_EQ(report.broken_law(), "survives") << report;
  EXPECT_EQ(report.counterexample().batch_case.pattern(), "x") << report;
}

/// The program that runs the cases of a child process has a state then, so another one confirms.
TEST_F(OpenConnections, DoNotHideThatAFaultNeedsEarlierBatches) {
  int calls = 0;
  const Report report = verify_handler<SqsRecord>(
      [&](const SqsRecord& record) {
        connection_.call();
        if (++calls < 30) accept_good(record);
      },
      good_or_bad);
  ASSERT_FALSE(report.passed());
  EXPECT_FALSE(report.counterexample().earlier.empty()) << report;
}

TEST(ConnectionsOfTheFirstCall, DoNotAccuseARightHandler) {
  const Server server;
  std::optional<Connection> connection;
  const Report report = verify_handler<SqsRecord>(
      [&](const SqsRecord& record) {
        if (!connection) connection.emplace(server);
        connection->call();
        accept_good(record);
      },
      good_or_bad);
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_THAT(report.text(), Not(HasSubstr("not judged"))) << report;
}

}  // namespace
}  // namespace batchproof::properties
